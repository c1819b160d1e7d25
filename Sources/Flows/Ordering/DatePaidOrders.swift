import Decisions
import Facilities
import Inventory
import Kernel
import Orders
import Store

/// Gives orders that have just been paid for their dates, reckoned from now.
enum DatePaidOrders {
    static func run(_ orders: [OrderRecord], _ desk: OrderDesk, in tx: Transaction) throws {
        guard !orders.isEmpty else { return }
        let network = try desk.network.network(in: tx)
        let byID = Dictionary(uniqueKeysWithValues: orders.map { ($0.id, $0) })
        let open = try Fulfillments.of(orders.map(\.id), in: tx).filter { $0.state == .open }
        var capacity = try CapacityLedger(network, locked: true, in: tx)
        let redated = open.map { dated($0, byID[$0.order], network, now: tx.now, &capacity) }
        try Fulfillments.redate(redated.map { ($0.id, $0.releaseBy, $0.shipBy, $0.deliverBy) }, in: tx)
        try capacity.write(in: tx)
        try OrderClocks.set([], redated, in: tx)
        try promise(orders, redated, in: tx)
        try SessionHold.renew(orders.map(\.id), in: tx)
    }

    /// As it stands where its site or service no longer promises anything: the clock will tell.
    private static func dated(
        _ one: FulfillmentOrder, _ order: OrderRecord?, _ network: Network, now: Instant, _ capacity: inout CapacityLedger
    ) -> FulfillmentOrder {
        guard let order, let site = network.site(one.site), let service = network.service(one.service) else { return one }
        let finder = WayFinder(network: network, destination: order.destination.coordinates)
        let load = WorkLoad(units: one.lines.reduce(0) { $0 + $1.quantity.rawValue })
        let question = WayFinder.Question(
            site: site, service: service, ordered: now, availableFrom: one.availableFrom > now ? one.availableFrom : nil,
            load: load)
        let found = finder.quote(question, deadline: order.promisedBy, &capacity)
        var unlimited = capacity.withoutLimits
        guard let quote = found ?? finder.quote(question, deadline: order.promisedBy, &unlimited) else { return one }
        var dated = one
        dated.releaseBy = quote.promise.releaseBy
        dated.shipBy = quote.promise.shipBy
        dated.deliverBy = quote.promise.promisedBy
        capacity.take(found == nil ? capacity.overbooked(load, at: one.site) : quote.promise.bookings, for: one)
        return dated
    }

    /// Those that wait for nothing but their payment have their first date now.
    private static func promise(
        _ orders: [OrderRecord], _ fulfillments: [FulfillmentOrder], in tx: Transaction
    ) throws {
        let waiting = Dictionary(grouping: try OrderRecords.components(of: orders.map(\.id), in: tx), by: \.order)
            .mapValues { $0.reduce(Quantity(0)) { $0 + $1.waiting } }
        let dates = Dictionary(grouping: fulfillments, by: \.order).compactMapValues { $0.map(\.deliverBy).max() }
        let new = orders.compactMap { order -> (order: OrderRecord, date: Instant)? in
            guard order.purpose.hasPromise, order.promisedBy == nil, waiting[order.id] ?? 0 == 0, let date = dates[order.id]
            else { return nil }
            return (order, date)
        }
        try OrderRecords.promise(new, in: tx)
        try OrderClocks.setPromised(new, in: tx)
    }
}
