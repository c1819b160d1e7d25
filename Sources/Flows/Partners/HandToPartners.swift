import Exceptions
import Facilities
import Kernel
import Orders
import Partners
import Store

/// Shows fulfillment orders of sites that others run to those who run them, as soon as the order is paid and not held.
package struct HandToPartners: Follower {
    package let name = "flows.partners"
    package let types: Set<String> = [
        NewEvent.fulfillmentType, NewEvent.orderPaymentType, NewEvent.orderHoldReleasedType,
    ]
    let network: NetworkCache

    package init(network: NetworkCache) { self.network = network }

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let network = try network.network(in: tx)
        let sites = network.sites.filter { $0.mode != .own }.map(\.id)
        guard !sites.isEmpty else { return }
        let orders = Set(events.filter { $0.site.map(sites.contains) ?? true }.compactMap { OrderID($0.key) }).sorted()
        try HandOn.run(try Fulfillments.ready(of: orders, at: sites, in: tx), network, in: tx)
    }
}

/// Hands open fulfillment orders to the partners of their sites, under the agreements of the day.
enum HandOn {
    static let unagreed = "partner.no_agreement"

    static func run(_ ready: [FulfillmentOrder], _ network: Network, in tx: Transaction) throws {
        for (site, group) in Dictionary(grouping: ready, by: \.site).sorted(by: { $0.key < $1.key }) {
            guard let place = network.site(site) else { throw NotFound("site", site) }
            let agreements = try Agreements.holding(
                at: site, of: group.map(\.merchant), on: place.zone.day(of: tx.now), in: tx)
            let held = group.filter { agreements[$0.merchant] == nil }
            try OpenAtStake.run(held.map(Self.unagreed), in: tx)
            try send(group.filter { $0.lines.contains { $0.quantity > 0 } }, agreements, in: tx)
        }
    }

    private static func send(
        _ group: [FulfillmentOrder], _ agreements: [MerchantID: Agreement], in tx: Transaction
    ) throws {
        let sent = group.compactMap { one in
            agreements[one.merchant].map { agreement in
                Handoff(
                    id: one.id, merchant: one.merchant, order: one.order, site: one.site, sentAt: tx.now,
                    acceptBy: tx.now + .minutes(agreement.acceptMinutes), shipBy: one.shipBy + OrderClocks.grace,
                    deliverBy: one.deliverBy,
                    lines: one.lines.filter { $0.quantity > 0 }.map {
                        HandoffLine(id: $0.id, component: $0.component, sku: $0.sku, asked: $0.quantity)
                    })
            }
        }
        try Handoffs.add(sent, in: tx)
        try Fulfillments.change(sent.map(\.id), to: .released, in: tx)
        try tx.schedule(PartnerClocks.acceptBy, source: "agreement", due: sent.map { ($0.id.raw, $0.merchant, $0.acceptBy, [:]) })
        try tx.schedule(PartnerClocks.shipBy, source: "promise", due: sent.map { ($0.id.raw, $0.merchant, $0.shipBy, [:]) })
        try Exceptions.close(sent.map(\.id.description), kind: unagreed, outcome: "sent", in: tx)
    }

    private static func unagreed(_ one: FulfillmentOrder) -> NewException {
        NewException(
            unagreed, subject: one.id, merchant: one.merchant, site: one.site, ownerRole: .operator, due: one.shipBy,
            detail: "\(one.merchant) has no agreement with \(one.site) today, so its partner is not asked.")
    }
}
