import Exceptions
import Inventory
import Kernel
import Orders
import Store
import Transport

/// What trips do to parcels and the books behind them, set by set.
struct NetworkMoves {
    let desk: OrderDesk

    /// Parcels that are on a trip are told so. Those that were told already are passed over.
    func depart(_ parcels: [Parcel], trip: Trip?, occurred: Instant, actor: String, in tx: Transaction) throws {
        let here = parcels.filter { $0.atSite != nil && ($0.state == .packed || $0.state == .labelled) }
        let leaving = here.filter { trip == nil || $0.atSite == trip?.origin }
        guard !leaving.isEmpty else { return }
        let first = try Leaving.run(leaving, to: .inTransit, occurred: occurred, in: tx)
        for (site, group) in Dictionary(grouping: leaving, by: \.atSite).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            if let site { try Routes.done(group.map(\.id), from: site, in: tx) }
        }
        for parcel in leaving {
            var payload: [String: JSON] = [:]
            if let trip {
                payload = ["trip": .id(trip.id), "origin": .id(trip.origin), "destination": .id(trip.destination)]
            }
            if first.contains(parcel.id) {
                payload["from"] = .string(Position.packed.rawValue)
                payload["to"] = .string(Position.shipped.rawValue)
            }
            tx.emit(.parcel(parcel, NewEvent.parcelDepartedType, actor: actor, at: occurred, payload: .object(payload)))
        }
    }

    /// Parcels stand at a site, wherever the book had them. What is there against its plan gets another way; what was
    /// given up for lost is kept back; what no trip of ours can bring needs a person.
    func arrive(
        _ parcels: [Parcel], at site: SiteID, trip: Trip?, isOver: Bool, occurred: Instant, actor: String, in tx: Transaction
    ) throws {
        let late = parcels.filter { $0.atSite != nil && $0.atSite != site && ($0.state == .packed || $0.state == .labelled) }
        let known = late.filter { !isOver && $0.atSite == trip?.origin }.map(\.id)
        try depart(late.filter { known.contains($0.id) }, trip: trip, occurred: trip?.departed ?? occurred, actor: actor, in: tx)
        try depart(late.filter { !known.contains($0.id) }, trip: nil, occurred: occurred, actor: actor, in: tx)
        let gone = parcels.filter { $0.state == .lost }
        try stop(turnUp(gone, at: site, occurred: occurred, in: tx), at: site, occurred: occurred, actor: actor, in: tx)
        let arriving = late + parcels.filter { $0.state == .inTransit }
        try Parcels.stand(arriving.map(\.id), at: site, in: tx)
        for parcel in arriving {
            tx.emit(
                .parcel(
                    parcel, NewEvent.parcelArrivedType, actor: actor, at: occurred,
                    payload: ["trip": trip.map { .id($0.id) } ?? .null, "at_site": .id(site), "is_over": .bool(isOver)]))
        }
        let strays = parcels.filter { $0.state.isWithCarrier || $0.state == .delivered }
        try OpenAtStake.run(
            strays.map { .stray($0, at: site, due: occurred + .hours(24)) }, occurred: occurred, actor: actor, in: tx)
        try correct(arriving.filter { !$0.pull }, at: site, isOver: isOver, in: tx)
    }

    /// Another way for those whose plan goes on elsewhere, was given up on the way here, or has left without them.
    private func correct(_ parcels: [Parcel], at site: SiteID, isOver: Bool, in tx: Transaction) throws {
        if isOver { return try Reroute(desk: desk).run(parcels, at: site, in: tx) }
        let plans = Dictionary(grouping: try Routes.of(parcels.map(\.id), in: tx), by: \.leg.parcel)
        let strayed = parcels.filter { parcel in
            let legs = plans[parcel.id] ?? [], planned = legs.filter { $0.state == .planned }
            if planned.isEmpty { return legs.last?.state == .missed }
            // What comes too late for its next departure has missed it.
            guard let next = planned.first(where: { $0.leg.origin == site }) else { return true }
            return next.leg.departs <= tx.now
        }
        try Reroute(desk: desk).run(strayed, at: site, in: tx)
    }

    /// Parcels that were given up for lost: their goods are in the book again.
    private func turnUp(_ parcels: [Parcel], at site: SiteID, occurred: Instant, in tx: Transaction) throws -> [Parcel] {
        try ParcelEnds.turnUp(
            parcels.map { ParcelStep(parcel: $0, from: .lost, to: .returned, at: occurred) }, in: tx)
        for parcel in parcels {
            tx.emit(
                .parcel(
                    parcel, NewEvent.parcelMissingType, at: occurred,
                    payload: ["from": .string(Position.lost.rawValue), "to": .string(Position.shipped.rawValue)]))
        }
        return parcels
    }

    /// Parcels that were taken out where they stand: their goods go back to a bin there. What never left the site where it
    /// was packed was never shipped.
    func stop(_ parcels: [Parcel], at site: SiteID, occurred: Instant, actor: String, in tx: Transaction) throws {
        guard !parcels.isEmpty else { return }
        let (left, kept) = (parcels.filter { $0.leftAt != nil }, parcels.filter { $0.leftAt == nil })
        try Parcels.giveBack(left.map(\.id), at: site, in: tx)
        try Parcels.change(kept.map(\.id), to: .voided, occurred: occurred, in: tx)
        try OrderProgress.move(units(left), from: .shipped, to: .returned, in: tx)
        try OrderProgress.move(units(kept), from: .packed, to: .cancelled, in: tx)
        for parcel in left {
            tx.emit(
                .parcel(
                    parcel, NewEvent.parcelStoppedType, actor: actor, at: occurred,
                    payload: [
                        "at_site": .id(site), "from": .string(Position.shipped.rawValue),
                        "to": .string(Position.returned.rawValue),
                    ]))
        }
        for parcel in kept { tx.emit(.parcel(parcel, NewEvent.parcelVoidedType, actor: actor, at: occurred)) }
        try endTransfers(left.filter { $0.state != .lost }, as: .returned, occurred: occurred, in: tx)
        try Unpicking.add(parcels, at: site, in: tx)
        try Routes.giveUp(parcels.map(\.id), in: tx)
        try settle(parcels, occurred: occurred, in: tx)
    }

    /// Parcels given up for lost between our sites: their goods leave the book.
    func lose(_ parcels: [Parcel], occurred: Instant, actor: String, in tx: Transaction) throws {
        try depart(parcels, trip: nil, occurred: occurred, actor: actor, in: tx)
        let lost = try Parcels.load(parcels.map(\.id), in: tx).filter { $0.state == .inTransit }
        try Parcels.change(lost.map(\.id), to: .lost, occurred: occurred, in: tx)
        try ParcelEnds.move(
            lost.map { ParcelStep(parcel: $0, from: .inTransit, to: .lost, at: occurred) }, to: .outside(.lost), reason: .loss,
            .lost, actor: actor, in: tx)
        try endTransfers(lost, as: .lost, occurred: occurred, in: tx)
        try VoidLabels.of(lost, reason: "lost between our sites", in: tx)
        try Routes.giveUp(lost.map(\.id), in: tx)
        for parcel in lost {
            tx.emit(
                .parcel(
                    parcel, NewEvent.parcelMissingType, actor: actor, at: occurred,
                    payload: ["from": .string(Position.shipped.rawValue), "to": .string(Position.lost.rawValue)]))
        }
        try settle(lost, occurred: occurred, in: tx)
    }

    /// What was promised of transfers that will not arrive has to be found elsewhere.
    private func endTransfers(_ parcels: [Parcel], as state: ParcelState, occurred: Instant, in tx: Transaction) throws {
        let sites = try OutboundOrders.transfers(parcels.map(\.order), in: tx)
        try TransferSupply.stop(
            parcels.map { ParcelStep(parcel: $0, from: .inTransit, to: state, at: occurred) }, sites, in: tx)
    }

    private func settle(_ parcels: [Parcel], occurred: Instant, in tx: Transaction) throws {
        let whole = try Parcels.complete(
            parcels.map(\.fulfillment), in: [.delivered, .returned, .lost, .voided], tx: tx)
        try Fulfillments.change(whole, to: .closed, in: tx)
        try ParcelEnds.settleOrders(parcels.map { ($0.order, occurred) }, in: tx)
    }

    private func units(_ parcels: [Parcel]) -> [(component: ComponentID, quantity: Quantity)] {
        parcels.flatMap { $0.items.map { (component: $0.component, quantity: $0.quantity) } }
    }
}

extension NewException {
    /// A parcel is where no plan and no book can have it.
    fileprivate static func stray(_ parcel: Parcel, at site: SiteID, due: Instant) -> NewException {
        NewException(
            "unit.stray", subject: parcel.id, merchant: parcel.merchant, site: site, ownerRole: .operator, due: due,
            detail: "Found here though it is \(parcel.state.rawValue). Ask its carrier.")
    }
}
