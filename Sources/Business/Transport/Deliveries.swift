import Kernel
import Store

/// Units of a component that went out in one parcel and arrived.
package struct DeliveredUnits: Sendable {
    package let parcel: UnitID
    package let order: OrderID
    package let component: ComponentID
    package let sku: SKUID
    package let lot: LotID?
    package let quantity: Quantity
    /// Where the parcel was packed.
    package let site: SiteID
    package let service: ServiceID
    package let at: Instant
}

package enum Deliveries {
    /// All that arrived of these orders, by order, parcel and component.
    package static func of(_ orders: some Sequence<OrderID>, in tx: Transaction) throws -> [DeliveredUnits] {
        try tx.query(
            """
            SELECT p.id, i.order_id, i.component, i.sku, MIN(i.lot), SUM(i.quantity - i.missing), p.site, p.service, p.delivered_at
            FROM parcel p JOIN parcel_item i ON i.parcel = p.id
            WHERE p.order_id IN \(list: Set(orders).sorted()) AND p.state = 'delivered'
            GROUP BY p.id, i.order_id, i.component, i.sku, p.site, p.service, p.delivered_at
            ORDER BY i.order_id, p.id, i.component
            """
        ) {
            let (parcel, order, component, sku): (UnitID, OrderID, ComponentID, SKUID) =
                try ($0.next(), $0.next(), $0.next(), $0.next())
            let lot: Int64 = try $0.next()
            return try DeliveredUnits(
                parcel: parcel, order: order, component: component, sku: sku, lot: lot == 0 ? nil : LotID(lot),
                quantity: $0.next(), site: $0.next(), service: $0.next(), at: $0.next())
        }
    }

    /// Of these parcels, those that a carrier has or had.
    package static func handedOver(_ parcels: [UnitID], in tx: Transaction) throws -> Set<UnitID> {
        Set(try tx.values(
            "SELECT id FROM parcel WHERE id IN \(list: parcels) AND handed_over_at IS NOT NULL ORDER BY id"))
    }

    /// Where these parcels were packed.
    package static func sites(of parcels: some Sequence<UnitID>, in tx: Transaction) throws -> [UnitID: SiteID] {
        let rows = try tx.query("SELECT id, site FROM parcel WHERE id IN \(list: Set(parcels).sorted()) ORDER BY id") {
            try ($0.next(UnitID.self), $0.next(SiteID.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
