import Kernel
import Orders
import Partners
import Store
import Transport

/// Which parcels of an order can be stopped, and how.
struct StoppedParcels {
    /// Loose where they were packed: taken apart there.
    let here: [Parcel]
    /// In a bag, on a trip or at another of our sites: every next scan says *pull*.
    let inNetwork: [Parcel]
    /// With a carrier, who is asked.
    let withCarrier: [Parcel]

    init(of parcels: [Parcel], in tx: Transaction) throws {
        let ours = parcels.filter { $0.state.isWithUs && !$0.pull }
        let loose = try HandlingUnits.loose(ours.map(\.id), in: tx)
        let isHere = { (one: Parcel) in one.leftAt == nil && loose.contains(one.id) }
        here = ours.filter(isHere)
        inNetwork = ours.filter { !isHere($0) }
        let partners = try HandoffFacts.sent(parcels.map(\.id), in: tx)
        let courier = parcels.filter { $0.state.isWithCarrier && $0.state != .returning && !partners.contains($0.id) }
        let asked = courier.isEmpty
            ? [] : Set(try Interceptions.of(courier.map(\.id), of: courier[0].order, in: tx).filter { $0.state != .refused }.map(\.parcel))
        withCarrier = courier.filter { !asked.contains($0.id) }
    }

    /// What is stopped without asking anybody.
    var stopped: Quantity { (here + inNetwork).reduce(Quantity(0)) { $0 + $1.units } }

    /// Of these parcels, those on a trailer that has left, told of it or not.
    static func onTheRoad(_ parcels: [Parcel], in tx: Transaction) throws -> Set<UnitID> {
        let holders = try HandlingUnits.holders(of: parcels.map(\.id), in: tx)
        return Set(holders.filter { $0.value.kind == "carrier" }.keys)
    }

    /// Every next scan says *pull*; the label is given back.
    static func mark(_ parcels: [Parcel], reason: String, actor: String, in tx: Transaction) throws {
        let fresh = parcels.filter { !$0.pull }
        try Parcels.pull(fresh.map(\.id), in: tx)
        try ChooseRoutes.ended(fresh.map(\.id), "taken out", in: tx)
        try VoidLabels.of(fresh, reason: reason, in: tx)
        try Parcels.change(fresh.filter { $0.state == .labelled }.map(\.id), to: .packed, occurred: tx.now, in: tx)
        for parcel in fresh { tx.emit(.parcel(parcel, NewEvent.parcelPulledType, actor: actor, at: tx.now)) }
    }

    /// Parcels that stand loose where they were packed are taken apart.
    static func void(_ parcels: [Parcel], actor: String, in tx: Transaction) throws {
        try Parcels.pull(parcels.filter { !$0.pull }.map(\.id), in: tx)
        try VoidLabels.of(parcels, reason: "order cancelled", in: tx)
        try Parcels.change(parcels.map(\.id), to: .voided, occurred: tx.now, in: tx)
        try OrderProgress.move(
            parcels.flatMap { $0.items.map { (component: $0.component, quantity: $0.quantity) } }, from: .packed, to: .cancelled,
            in: tx)
        try Routes.giveUp(parcels.map(\.id), in: tx)
        try ChooseRoutes.ended(parcels.map(\.id), "taken apart", in: tx)
        for parcel in parcels { tx.emit(.parcel(parcel, NewEvent.parcelVoidedType, actor: actor, at: tx.now)) }
        for (site, group) in Dictionary(grouping: parcels, by: \.site).sorted(by: { $0.key < $1.key }) {
            try Unpicking.add(group, at: site, in: tx)
        }
    }
}
