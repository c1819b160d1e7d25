import Exceptions
import Facilities
import Flows
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Returns
import Store
import Transport
import Views
import Warehouse

/// All modules of a network put together: the schema, and what goes on without a caller.
package struct Assembly: Sendable {
    package static let migrations: [Migration] =
        StoreSchema.migrations + IdentitySchema.migrations + MerchantsSchema.migrations + FacilitiesSchema.migrations
        + InventorySchema.migrations + OrdersSchema.migrations + WarehouseSchema.migrations + TransportSchema.migrations
        + ReturnsSchema.migrations + ExceptionsSchema.migrations + PartnersSchema.migrations + ViewsSchema.migrations
        + ImportSchema.migrations + CourierSchema.migrations

    package let network: NetworkCache
    package let orders: OrderDesk
    package let carriers: CarrierDesk

    package init(network: NetworkCache, orders: OrderDesk, carriers: CarrierDesk) {
        self.network = network
        self.orders = orders
        self.carriers = carriers
    }

    package var followers: [any Follower] {
        [
            ResourceBrokenClaims(desk: orders), FillBackorders(desk: orders), HandToPartners(network: network),
            ReturnGrants(desk: orders), StageCounts(),
        ]
    }

    package var clocks: [any ClockHandler] {
        [
            DueClocks(), LateTransfers(), PartnerClocks(network: network), ExpandUnits(desk: orders), TripClocks(desk: orders),
            ReturnClocks(),
        ]
    }

    package var workers: [any OutboxWorker] {
        [
            LabelWorker(carriers), ReturnLabelWorker(carriers), VoidWorker(carriers), ManifestWorker(carriers),
            InterceptWorker(carriers),
        ]
    }
}
