import Edges
import Exceptions
import Inventory
import Kernel
import Orders
import Store
import Transport

/// Takes carriers' reports in, each once, in any order. What arrived leaves the book; what came back or is lost has an
/// owner.
package struct RecordTracking: Flow {
    let issuer: String
    let updates: [TrackingUpdate]

    /// - Parameter issuer: of the labels whose numbers are reported.
    package init(issuer: String, _ updates: [TrackingUpdate]) {
        self.issuer = issuer
        self.updates = updates
    }

    package struct Taken: Sendable, Equatable {
        package let recorded: Int
        package let known: Int
        /// Numbers that no label of this issuer has.
        package let strangers: [String]
    }

    package func run(in tx: Transaction) throws -> Taken {
        let parcelOf = try Labels.parcels(issuer: issuer, numbers: updates.map(\.trackingNumber), in: tx)
        let ours = updates.filter { parcelOf[$0.trackingNumber] != nil }
        let reports = ours.compactMap { one in
            parcelOf[one.trackingNumber].map { parcel in
                (
                    parcel: parcel, vendorEvent: "\(one.vendorCode) \(one.at.micros)", code: one.code.rawValue,
                    reason: one.reason?.rawValue, occurred: one.at, proof: one.proof
                )
            }
        }
        let fresh = try TrackingLog.add(reports, in: tx)
        let parcels = Dictionary(
            uniqueKeysWithValues: try Parcels.load(fresh.map { reports[$0].parcel }, in: tx).map { ($0.id, $0) })
        var work = TrackingWork(transfers: try OutboundOrders.transfers(parcels.values.map(\.order), in: tx))
        for index in fresh.sorted(by: { ours[$0].at != ours[$1].at ? ours[$0].at < ours[$1].at : $0 < $1 }) {
            if let parcel = parcels[reports[index].parcel] { work.take(ours[index], parcel) }
        }
        try work.write(in: tx)
        let back = fresh.filter { parcels[reports[$0].parcel] == nil }.sorted { (ours[$0].at, $0) < (ours[$1].at, $1) }
        try ReturnScans.take(back.map { (reports[$0].parcel, ours[$0]) }, in: tx)
        let strangers = updates.map(\.trackingNumber).filter { parcelOf[$0] == nil }
        return Taken(recorded: fresh.count, known: ours.count - fresh.count, strangers: Set(strangers).sorted())
    }
}

/// What a set of reports does to parcels and the books.
private struct TrackingWork {
    /// Where transfers go; only the site's own receipt says that they are there.
    private let transfers: [OrderID: SiteID]
    private var state: [UnitID: ParcelState] = [:]
    private var steps: [ParcelStep] = []
    private var events: [NewEvent] = []
    private var exceptions: [(exception: NewException, order: OrderID?)] = []

    init(transfers: [OrderID: SiteID]) { self.transfers = transfers }

    mutating func take(_ update: TrackingUpdate, _ parcel: Parcel) {
        let current = state[parcel.id] ?? parcel.state
        let next = Self.state(after: update.code).flatMap { next -> ParcelState? in
            let isKnownBySite = next == .delivered && transfers[parcel.order] != nil
            return !isKnownBySite && ParcelState.transitions[current]?.contains(next) ?? false ? next : nil
        }
        var payload: [String: JSON] = [
            "code": .string(update.code.rawValue), "place": .string(update.place),
            "reason": update.reason.map { .string($0.rawValue) } ?? .null,
        ]
        if let next { payload.merge(["from": .string(current.rawValue), "to": .string(next.rawValue)]) { _, new in new } }
        events.append(
            .parcel(parcel, NewEvent.parcelTrackedType, actor: "carrier", at: update.at, payload: .object(payload)))
        guard let next else { return }
        state[parcel.id] = next
        steps.append(ParcelStep(parcel: parcel, from: current, to: next, at: update.at))
        if next == .lost || next == .returning { exceptions.append((.about(parcel, update), parcel.order)) }
    }

    /// Nil: the report changes nothing but the story.
    private static func state(after code: TrackingCode) -> ParcelState? {
        switch code {
        case .outForDelivery: .outForDelivery
        case .attempted: .attempted
        case .availableForPickup: .availableForPickup
        case .delivered: .delivered
        case .returnToOrigin: .returning
        case .returned: .returned
        case .lost: .lost
        case .labelCreated, .handedOver, .inTransit, .arrivedAtHub, .departedHub, .damaged, .exception: nil
        }
    }

    func write(in tx: Transaction) throws {
        for event in events { tx.emit(event) }
        try OpenForOrders.run(exceptions, in: tx)
        for round in rounds {
            for state in Set(round.map(\.to)).sorted(by: { $0.rawValue < $1.rawValue }) {
                try Parcels.change(round.filter { $0.to == state }.map { ($0.parcel.id, $0.at) }, to: state, in: tx)
            }
            try ParcelEnds.turnUp(round.filter { $0.from == .lost }, in: tx)
            try arrive(round.filter { $0.to == .delivered }, in: tx)
            try comeBack(round.filter { $0.to == .returned }, in: tx)
            try lose(round.filter { $0.to == .lost }, in: tx)
        }
        try TransferSupply.stop(steps, transfers, in: tx)
        try ParcelEnds.close(steps, in: tx)
    }

    /// The steps in turns, in each of which a parcel takes at most one.
    private var rounds: [[ParcelStep]] {
        var taken: [UnitID: Int] = [:], rounds: [[ParcelStep]] = []
        for step in steps {
            let round = taken[step.parcel.id, default: 0]
            taken[step.parcel.id] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append(step)
        }
        return rounds
    }

    private func arrive(_ steps: [ParcelStep], in tx: Transaction) throws {
        try ParcelEnds.move(steps, to: .outside(.shopper), reason: .deliver, .delivered, in: tx)
        try HandlingUnits.hand(steps.map { ($0.parcel.id, .shopper, $0.at) }, in: tx)
    }

    /// Back at the site it left: the goods stay in the parcel until somebody opens and grades them.
    private func comeBack(_ steps: [ParcelStep], in tx: Transaction) throws {
        try ParcelEnds.progress(steps, .returned, in: tx)
        try HandlingUnits.hand(steps.map { ($0.parcel.id, .site($0.parcel.site), $0.at) }, in: tx)
    }

    private func lose(_ steps: [ParcelStep], in tx: Transaction) throws {
        try ParcelEnds.move(steps, to: .outside(.lost), reason: .loss, .lost, in: tx)
    }
}

extension NewException {
    /// A parcel that will not arrive as promised.
    fileprivate static func about(_ parcel: Parcel, _ update: TrackingUpdate) -> NewException {
        NewException(
            update.code == .lost ? "parcel.lost" : "parcel.return_to_origin", subject: parcel.id,
            merchant: parcel.merchant, site: parcel.site, ownerRole: .operator, due: update.at + .hours(48),
            detail: "The carrier reports \(update.code.rawValue) for \(parcel.order): \(update.reason?.rawValue ?? "no reason").")
    }
}
