import Exceptions
import Kernel
import Orders
import Store
import Transport

/// Parcels leave a site of ours, on a trip or with a courier. What leaves the site where it was packed is shipped, once.
enum Leaving {
    /// - Parameter state: `inTransit` or `handedOver`; each parcel is in a state from which that follows.
    /// - Returns: the parcels that left for the first time.
    static func run(_ parcels: [Parcel], to state: ParcelState, occurred: Instant, in tx: Transaction) throws -> Set<UnitID> {
        let changed = try Parcels.change(parcels.map(\.id), to: state, occurred: occurred, in: tx)
        guard changed == parcels.count else { throw StoreError.unexpected("a parcel did not become \(state.rawValue)") }
        let first = parcels.filter { $0.leftAt == nil }
        try OrderProgress.move(
            first.flatMap { $0.items.map { (component: $0.component, quantity: $0.quantity) } }, from: .packed, to: .shipped,
            in: tx)
        try TransferSupply.leave(first, in: tx)
        try finish(first, occurred: occurred, in: tx)
        return Set(first.map(\.id))
    }

    /// Fulfillment orders whose last parcel left are shipped; their ship-by clocks were met or missed.
    private static func finish(_ parcels: [Parcel], occurred: Instant, in tx: Transaction) throws {
        let whole = try Parcels.allLeft(parcels.map(\.fulfillment), in: tx)
        try Fulfillments.change(whole, to: .shipped, in: tx)
        let late = Set(parcels.filter { $0.shipBy + OrderClocks.grace < occurred }.map(\.fulfillment))
        try tx.closeClocks([OrderClocks.shipBy], of: whole.filter { !late.contains($0) }.map(\.raw), outcome: "met")
        try tx.closeClocks([OrderClocks.shipBy], of: whole.filter(late.contains).map(\.raw), outcome: "missed")
        try Exceptions.close(whole.map(\.description), kind: DueClocks.lateShipping, outcome: "shipped", occurred: occurred, in: tx)
        try OrderProgress.refresh(parcels.map(\.order), occurred: occurred, in: tx)
    }
}
