import Kernel
import Store

/// The latest orders that asked for some SKUs: what tells what will be asked for next, and where.
package struct RecentDemand: Sendable {
    package struct Order: Sendable {
        package let destination: Destination
        package let lines: [(sku: SKUID, quantity: Quantity)]
    }

    package struct Sample: Sendable {
        package let sku: SKUID
        /// Units asked for in the time looked at.
        package var seen: Int64 = 0
        /// Orders that asked for it, the latest first; not all of them where there are many.
        package var orders: [OrderID] = []
    }

    /// How long it took for the orders that were looked at to come in.
    package var span = Duration.zero
    package var bySKU: [SKUID: Sample] = [:]
    package var orders: [OrderID: Order] = [:]

    /// - Parameters:
    ///   - among: how many of the latest orders are looked at.
    ///   - each: how many orders of a SKU are told of.
    package static func load(of skus: [SKUID], among: Int, each: Int, in tx: Transaction) throws -> RecentDemand {
        var demand = RecentDemand()
        let first: OrderID = try tx.value("SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET \(among - 1)") ?? OrderID(0)
        guard let placed: Instant = try tx.value("SELECT recorded_at FROM orders WHERE id >= \(first) ORDER BY id LIMIT 1")
        else { return demand }
        demand.span = tx.now - placed
        // Components are made after their orders: the newest end of the table holds them all, and is read in its own order.
        let asked = try tx.query(
            """
            SELECT order_id, sku, ordered FROM order_component
            WHERE id > \(first.raw) AND order_id >= \(first) AND sku IN \(list: skus) AND taken_off IS NULL ORDER BY id DESC
            """
        ) { try ($0.next(OrderID.self), $0.next(SKUID.self), $0.next(Int64.self)) }
        for (order, sku, units) in asked {
            var sample = demand.bySKU[sku] ?? Sample(sku: sku)
            sample.seen += units
            if sample.orders.count < each, sample.orders.last != order { sample.orders.append(order) }
            demand.bySKU[sku] = sample
        }
        try demand.fill(in: tx)
        return demand
    }

    private mutating func fill(in tx: Transaction) throws {
        let ids = Set(bySKU.values.flatMap(\.orders)).sorted()
        let records = try OrderRecords.load(ids, in: tx).filter { $0.value.purpose == .sale }
        let lines = Dictionary(grouping: try OrderRecords.components(of: ids, in: tx), by: \.order)
        for (id, record) in records {
            orders[id] = Order(
                destination: record.destination, lines: (lines[id] ?? []).map { (sku: $0.sku, quantity: $0.ordered) })
        }
    }
}
