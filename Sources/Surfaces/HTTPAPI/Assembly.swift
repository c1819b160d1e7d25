import Edges
import Flows
import Logging
import Store

/// The API over a store: its endpoints, and what the server needs beside them.
package struct HTTPAPIAssembly: Sendable {
    package let keys: StoreKeys
    package let requests: StoreRequests
    package let endpoints: [Endpoint]
    private let store: Store

    /// - Parameter targets: where webhooks may be sent.
    package init(store: Store, orders: OrderDesk, targets: WebhookTargets = WebhookTargets()) {
        self.store = store
        keys = StoreKeys(store)
        requests = StoreRequests(store)
        endpoints = Self.endpoints(APIDesk(store: store, orders: orders, targets: targets, keys: keys))
    }

    private static func endpoints(_ desk: APIDesk) -> [Endpoint] {
        let all = [
            OrderRoutes(desk: desk).endpoints, PromiseRoutes(desk: desk).endpoints, StockRoutes(desk: desk).endpoints,
            OrderLifeRoutes(desk: desk).endpoints, LiveSessionRoutes(desk: desk).endpoints,
            HoldRoutes(desk: desk).endpoints, PoolRoutes(desk: desk).endpoints, DropRoutes(desk: desk).endpoints,
            AvailabilityRoutes(desk: desk).endpoints,
            DisputeRoutes(desk: desk).endpoints,
            GoodwillRoutes(desk: desk).endpoints,
            ClaimRoutes(desk: desk).endpoints,
            InboundRoutes(desk: desk).endpoints, OutboundRoutes(desk: desk).endpoints,
            SiteRoutes(desk: desk).endpoints, CapacityRoutes(desk: desk).endpoints, FloorRoutes(desk: desk).endpoints,
            ShippingRoutes(desk: desk).endpoints, LabelRoutes(desk: desk).endpoints, NetworkFlowRoutes(desk: desk).endpoints,
            TripRoutes(desk: desk).endpoints, CatalogRoutes(desk: desk).endpoints, NetworkRoutes(desk: desk).endpoints,
            PartnerRoutes(desk: desk).endpoints, AgreementRoutes(desk: desk).endpoints, SourcingRoutes(desk: desk).endpoints,
            FulfillmentRequestRoutes(desk: desk).endpoints, ReturnRoutes(desk: desk).endpoints,
            ExceptionRoutes(desk: desk).endpoints, SerialRoutes(desk: desk).endpoints,
            WebhookRoutes(desk: desk).endpoints, KeyRoutes(desk: desk).endpoints,
        ]
        return all.flatMap(\.self).throughStore()
    }

    /// - Parameters:
    ///   - metricsAccess: who may read `/metrics`.
    ///   - version: of the program.
    package func parts(
        metrics: PrometheusRegistry, metricsAccess: Access = .open, logger: Logger, version: String
    ) -> ServerParts {
        ServerParts(
            keys: keys, ledger: requests,
            health: { [store] in _ = try await store.read { try $0.value("SELECT 1", as: Int.self) } },
            metrics: metrics, metricsAccess: metricsAccess, logger: logger, title: Self.title(version))
    }

    private static func title(_ version: String) -> DocumentTitle {
        DocumentTitle(
            title: "Waybill", version: version,
            description: """
                Fulfillment from the order to the door. Send a key as `Authorization: Bearer wb_…`. Money is in minor units \
                of its currency, moments are RFC 3339, ids are opaque. What is not the caller's own is not there (404); what \
                a role may not do at all is refused (403).
                """,
            chapters: [
                ("Orders", "Placed, recorded, cancelled, followed."), ("Promises", "What would be promised."),
                ("Availability", "How many can be promised, now and when more."), ("Holds", "Goods kept for a while."),
                ("Pools", "Goods set aside for a channel, a drop, a creator."), ("Drops", "Timed live sales, and the lines for them."),
                ("Stock", "Both books."), ("Inbound", "What comes to the sites."),
                ("Outbound", "Transfers, removals, disposals, samples, replacements."),
                ("Sites", "Sites, their locations and their work."), ("Floor", "The work of hands."),
                ("Parcels", "Parcels and their papers."),
                ("Network", "Between the sites: bags, trips, what is inside what."), ("Tracking", "What carriers report."),
                ("Returns", "What comes back."),
                ("Claims", "Money for what was lost or damaged."),
                ("Merchants", "The tenants of the network."), ("Catalog", "What merchants sell."),
                ("Sourcing", "Which sites ship what, how merchants want it, and why it was chosen."),
                ("Partners", "What sites that others run are asked for, and what they answer."),
                ("Fulfillment requests", "Goods that another order system has sold, sent by us."),
                ("Exceptions", "What needs a person."), ("Events", "The log."),
                ("Webhooks", "Who is told of events."), ("Keys", "Who may call."),
                ("Operations", "The server itself."),
            ])
    }
}
