import Exceptions
import Kernel
import Returns
import Store
import Transport

/// What trips do to the parcels of returns on their way to a desk; the units move with the others.
extension NetworkMoves {
    func depart(_ returns: [ReturnParcel], trip: Trip?, occurred: Instant, actor: String, in tx: Transaction) throws {
        let leaving = returns.filter { $0.atSite != nil && (trip == nil || $0.atSite == trip?.origin) }
        let gone = try ReturnParcels.change(leaving, to: .inTransit, in: tx)
        for (site, group) in Dictionary(grouping: gone, by: \.atSite).sorted(by: { ($0.key?.raw ?? 0) < ($1.key?.raw ?? 0) }) {
            if let site { try Routes.done(group.map(\.unit), from: site, in: tx) }
        }
        try tell(gone, .inTransit, at: nil, trip: trip, occurred: occurred, actor: actor, in: tx)
    }

    /// They stand at a site, wherever the book had them: at their desk they wait to be opened; elsewhere they go on, by
    /// another way where the plan does not begin here or has left without them.
    func arrive(
        _ returns: [ReturnParcel], at site: SiteID, trip: Trip?, occurred: Instant, actor: String, in tx: Transaction
    ) throws {
        let late = returns.filter { $0.atSite != nil && $0.atSite != site }
        try depart(late.filter { $0.atSite == trip?.origin }, trip: trip, occurred: trip?.departed ?? occurred, actor: actor, in: tx)
        try depart(late.filter { $0.atSite != trip?.origin }, trip: nil, occurred: occurred, actor: actor, in: tx)
        let coming = try ReturnParcels.load(returns.map(\.unit), in: tx).filter { $0.atSite != site }
        let home = try ReturnParcels.change(coming.filter { $0.site == site }, to: .arrived, at: site, in: tx)
        let between = try ReturnParcels.change(coming.filter { $0.site != site }, to: .droppedOff, at: site, in: tx)
        try tell(home, .arrived, at: site, trip: trip, occurred: occurred, actor: actor, in: tx)
        try tell(between, .droppedOff, at: site, trip: trip, occurred: occurred, actor: actor, in: tx)
        try Routes.giveUp(home.map(\.unit), in: tx)
        try Exceptions.close(
            (home + between).map(\.rma.description), kind: ReturnExceptions.parcelLost, outcome: "turned up", in: tx)
        try goOn(between, from: site, in: tx)
    }

    private func goOn(_ returns: [ReturnParcel], from site: SiteID, in tx: Transaction) throws {
        guard !returns.isEmpty else { return }
        let next = try Routes.next(of: returns.map(\.unit), at: site, in: tx)
        let strayed = returns.filter { one in next[one.unit].map { $0.departs <= tx.now } ?? true }
        try ReturnRoutes.again(strayed.map { ($0, site) }, desk.network.network(in: tx), in: tx)
    }

    /// Given up for lost on the way to a desk. The shopper has done their part.
    func lose(_ returns: [ReturnParcel], occurred: Instant, actor: String, in tx: Transaction) throws {
        let lost = try ReturnParcels.change(returns, to: .lost, in: tx)
        guard !lost.isEmpty else { return }
        try Routes.giveUp(lost.map(\.unit), in: tx)
        try tell(lost, .lost, at: nil, trip: nil, occurred: occurred, actor: actor, in: tx)
        let rmas = Dictionary(uniqueKeysWithValues: try RMAs.load(lost.map(\.rma), in: tx).map { ($0.id, $0) })
        try Exceptions.open(
            lost.compactMap { parcel in
                rmas[parcel.rma].map { .lostReturn(parcel, $0, by: "It was lost between our sites", at: occurred) }
            }, occurred: occurred, actor: actor, in: tx)
    }

    private func tell(
        _ returns: [ReturnParcel], _ state: ReturnParcelState, at site: SiteID?, trip: Trip?, occurred: Instant, actor: String,
        in tx: Transaction
    ) throws {
        guard !returns.isEmpty else { return }
        let orders = Dictionary(uniqueKeysWithValues: try RMAs.load(returns.map(\.rma), in: tx).map { ($0.id, $0.order) })
        for one in returns {
            guard let order = orders[one.rma] else { throw StoreError.unexpected("\(one.rma) is gone") }
            tx.emit(
                .returnParcel(one, of: order, state, at: site, trip: trip?.id, actor: actor, occurred: occurred))
        }
    }

    /// Of units, the parcels that go to shoppers and those that come back.
    func parcels(_ units: [UnitID], in tx: Transaction) throws -> (sent: [Parcel], back: [ReturnParcel]) {
        guard !units.isEmpty else { return ([], []) }
        let sent = try Parcels.load(units, in: tx)
        return (sent, sent.count == Set(units).count ? [] : try ReturnParcels.load(units, in: tx))
    }
}
