import Claims
import Drops
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
import Sourcing
import Store
import Transport
import Views
import Warehouse
import Webhooks

/// All modules of a network put together: the schema, and what goes on without a caller.
package struct Assembly: Sendable {
    package static let migrations: [Migration] =
        StoreSchema.migrations + IdentitySchema.migrations + MerchantsSchema.migrations + FacilitiesSchema.migrations
        + InventorySchema.migrations + OrdersSchema.migrations + WarehouseSchema.migrations + TransportSchema.migrations
        + ReturnsSchema.migrations + ExceptionsSchema.migrations + PartnersSchema.migrations + WebhooksSchema.migrations
        + SourcingSchema.migrations + DropsSchema.migrations + ViewsSchema.migrations + ImportSchema.migrations
        + CourierSchema.migrations
        + ClaimsSchema.migrations

    package let network: NetworkCache
    package let orders: OrderDesk
    package let carriers: CarrierDesk
    /// Nil where nobody is told of anything, as in a rehearsal.
    package let webhooks: WebhookDesk?

    package init(network: NetworkCache, orders: OrderDesk, carriers: CarrierDesk, webhooks: WebhookDesk? = nil) {
        self.network = network
        self.orders = orders
        self.carriers = carriers
        self.webhooks = webhooks
    }

    package var followers: [any Follower] {
        let all: [any Follower] = [
            ResourceBrokenClaims(desk: orders), FillBackorders(desk: orders), FollowLines(), HandToPartners(network: network),
            ReturnGrants(desk: orders), ReviewSites(), StageCounts(),
        ]
        return all + (webhooks == nil ? [] : [GatherDeliveries()])
    }

    package var clocks: [any ClockHandler] {
        [
            OrderHoldClocks(desk: orders), LiveSessionClocks(desk: orders),
            DueClocks(), DropClocks(), LateTransfers(), LabelClocks(), PartnerClocks(network: network),
            ExpandUnits(desk: orders),
            ClaimClocks(),
            TripClocks(desk: orders), ReturnClocks(), RunReplays(), SweepDeliveries(), EscalateExceptions(),
            CloseBooks(), ValueStock(desk: orders), ReviewSite(desk: orders),
        ]
    }

    package var workers: [any OutboxWorker] {
        let all: [any OutboxWorker] = [
            LabelWorker(carriers), ReturnLabelWorker(carriers), VoidWorker(carriers), FetchWorker(carriers),
            ManifestWorker(carriers), InterceptWorker(carriers), RedirectWorker(carriers),
        ]
        return all + (webhooks.map { [WebhookWorker($0)] } ?? [])
    }
}
