import Kernel
import Store

/// What the stock and commitment books say, keyed by SKU.
extension NewEvent {
    package static let supplyGrewType = "inventory.supply_grew"
    package static let claimsBrokenType = "inventory.claims_broken"

    /// There is more of a SKU to promise at a site.
    package static func supplyGrew(
        _ key: SellableChange.Key, kind: SupplyKind, by quantity: Quantity, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            supplyGrewType, key: key.sku.description, occurred: occurred, site: key.site, owner: key.owner,
            quantity: quantity.rawValue, unit: "each", payload: ["sku": .id(key.sku), "kind": .string(kind.rawValue)])
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
}
