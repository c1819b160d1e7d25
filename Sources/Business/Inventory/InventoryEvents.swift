import Kernel
import Store

/// What the stock and commitment books say, keyed by SKU.
extension NewEvent {
    package static let supplyGrewType = "inventory.supply_grew"
    package static let claimsBrokenType = "inventory.claims_broken"

    /// There is more of a SKU to promise at a site.
    package static func supplyGrew(
        _ key: SellableChange.Key, kind: SupplyKind, by quantity: Quantity, pool: String = Pool.main, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            supplyGrewType, key: key.sku.description, occurred: occurred, site: key.site, owner: key.owner,
            quantity: quantity.rawValue, unit: "each",
            payload: ["sku": .id(key.sku), "kind": .string(kind.rawValue), "pool": .string(pool)])
    }

    /// A fact took supply below what is promised; these reservations have to find goods elsewhere.
    package static func claimsBroken(
        _ key: SellableChange.Key, reservations: [ReservationID], quantity: Quantity, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            claimsBrokenType, key: key.sku.description, occurred: occurred, site: key.site, owner: key.owner,
            quantity: quantity.rawValue, unit: "each",
            payload: ["sku": .id(key.sku), "reservations": .array(reservations.map { .id($0) })])
    }

    /// Goods are kept for somebody for a while.
    static func holdPlaced(_ id: HoldID, _ hold: NewHold, at occurred: Instant) -> NewEvent {
        NewEvent(
            "hold.placed", key: id.description, occurred: occurred, owner: hold.owner,
            quantity: hold.claims.reduce(0) { $0 + $1.quantity.rawValue }, unit: "each",
            payload: [
                "hold": .id(id), "pool": .string(hold.pool), "purpose": .string(hold.purpose),
                "expires_at": .string(hold.expires.description),
            ])
    }

    /// A hold has ended: `hold.confirmed`, `hold.voided` or `hold.expired`.
    static func holdEnded(_ hold: Hold, _ state: HoldState, order: OrderID?, at occurred: Instant) -> NewEvent {
        NewEvent(
            "hold.\(state.rawValue)", key: hold.id.description, occurred: occurred, owner: hold.owner,
            quantity: hold.claims.reduce(0) { $0 + $1.quantity.rawValue }, unit: "each",
            payload: [
                "hold": .id(hold.id), "pool": .string(hold.pool), "purpose": .string(hold.purpose),
                "order": order.map(JSON.id) ?? .null,
            ])
    }
}
