import Kernel
import Store
import Transport

/// Cancelled parcels were taken out at a site: their goods go back to a bin there.
package struct PullParcels: Flow {
    let site: SiteID
    let parcels: [UnitID]
    let desk: OrderDesk
    let occurred: Instant
    let actor: String

    package init(_ parcels: [UnitID], at site: SiteID, desk: OrderDesk, occurred: Instant, actor: String) {
        self.site = site
        self.parcels = parcels
        self.desk = desk
        self.occurred = occurred
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case notCancelled(UnitID)
        case gone(UnitID, ParcelState)

        package static let codes = ["parcel.not_cancelled", "parcel.gone"]
        package var code: String { if case .gone = self { Self.codes[1] } else { Self.codes[0] } }
        package var message: String {
            switch self {
            case .notCancelled(let id): "\(id) is not to be pulled; it goes on."
            case .gone(let id, let state): "\(id) is \(state.rawValue)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws {
        let found = try Parcels.load(parcels, in: tx)
        if let missing = parcels.first(where: { id in !found.contains { $0.id == id } }) { throw NotFound("parcel", missing) }
        for parcel in found {
            guard parcel.pull else { throw Refused.notCancelled(parcel.id) }
            guard parcel.state.isWithUs else { throw Refused.gone(parcel.id, parcel.state) }
        }
        let loose = try HandlingUnits.loose(parcels, in: tx)
        let moved = loose.subtracting(try HandlingUnits.standing(loose.sorted(), at: site, in: tx)).sorted()
        try Containment.take(parcels, holder: .site(site), occurred: occurred, in: tx)
        try HandlingUnits.hand(moved, to: .site(site), occurred: occurred, in: tx)
        let moves = NetworkMoves(desk: desk)
        let away = found.filter { $0.atSite != site }
        try moves.arrive(away, at: site, trip: nil, isOver: true, occurred: occurred, actor: actor, in: tx)
        let now = try Parcels.load(parcels, in: tx).filter { $0.state.isWithUs }
        try moves.stop(now, at: site, occurred: occurred, actor: actor, in: tx)
    }
}
