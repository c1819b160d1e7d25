import Inventory
import Kernel
import Merchants
import Orders
import Store

/// What an order would be promised if it were placed now. Reads only, locks nothing and keeps nothing.
package struct QuotePromise: Sendable {
    package struct Part: Sendable {
        package let site: SiteID
        package let service: ServiceID
        package let shipBy: Instant
        package let deliverBy: Instant
        /// Minor units of the operator's currency.
        package let shipping: Int64
        package let handling: Int64
        package let units: Quantity
    }

    package struct Answer: Sendable {
        package let promisedBy: Instant?
        package let shipBy: Instant?
        package let reserved: Quantity
        package let waiting: Quantity
        package let parts: [Part]
    }

    let flow: PlaceOrder

    /// - Parameter request: its number is of no account.
    package init(_ request: OrderRequest, desk: OrderDesk) {
        // The question is what it would be promised if it were paid for now.
        var request = request
        request.payment = .paid
        flow = PlaceOrder(request, desk: desk)
    }

    /// - Throws: what placing would be refused with.
    package func run(in tx: Transaction) throws -> Answer {
        var loaded = try load(in: tx)
        let placed = try flow.decide(&loaded, in: tx)
        let parts = loaded.taken.flatMap(\.sourced.fulfillments).map { one in
            Part(
                site: one.site, service: one.service, shipBy: one.shipBy, deliverBy: one.deliverBy, shipping: one.shipping,
                handling: one.handling, units: one.lines.reduce(0) { $0 + $1.quantity })
        }
        return Answer(
            promisedBy: placed.promisedBy, shipBy: placed.shipBy, reserved: placed.reserved, waiting: placed.waiting,
            parts: parts)
    }

    private func load(in tx: Transaction) throws -> PlaceOrder.Loaded {
        let request = flow.request
        let merchants = try Merchant.find([request.merchant], in: tx)
        let goods = try flow.desk.catalog.facts(
            Set(request.lines.map { SKUCode(request.merchant, $0.sku) }), of: merchants, in: tx)
        let supplies = try Supply.load(of: goods.stocked, locked: false, in: tx)
        let network = try flow.desk.network.network(in: tx)
        return PlaceOrder.Loaded(
            network: network, merchants: merchants.mapValues(\.catalog), goods: goods, ledger: SupplyLedger(supplies),
            grounds: try SourcingGrounds(of: [request.merchant], supplies, in: tx),
            claims: try OrderClaims([request], goods.stocked.sorted(), in: tx),
            capacity: try CapacityLedger(network, locked: false, in: tx), known: [:], earlier: [:], desk: flow.desk)
    }
}
