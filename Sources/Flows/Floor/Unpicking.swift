import Kernel
import Store
import Transport
import Warehouse

/// Tasks to take parcels apart and to put their goods back into bins.
enum Unpicking {
    /// - Parameter site: where the parcels stand.
    static func add(_ parcels: [Parcel], at site: SiteID, in tx: Transaction) throws {
        try Tasks.add(
            parcels.flatMap { parcel in
                parcel.items.map { item in
                    FloorTask(
                        id: tx.id(), kind: .unpick, site: site, fulfillment: parcel.fulfillment, owner: item.owner, sku: item.sku,
                        lot: item.lot, condition: item.condition, fromKind: "unit", from: parcel.id.raw, toKind: "location",
                        to: 0, quantity: item.quantity, walk: 0)
                }
            }, in: tx)
    }
}
