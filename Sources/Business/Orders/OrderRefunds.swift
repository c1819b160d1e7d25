import Kernel
import Store

/// What of an order's money belongs to one component, and how many of its units are where.
package struct RefundBasis: Sendable {
    package let component: ComponentID
    package let order: OrderID
    package let line: LineID
    package let sku: SKUID
    package let perLine: Quantity
    package let ordered: Quantity
    package let delivered: Quantity
    package let returned: Quantity
    package var refunded: Quantity
    /// Of all ordered units, with the discount taken off.
    package let price: Int64
    package let tax: Int64
    /// Of what the shopper paid for the line's shipping.
    package let shipping: Int64

    /// What `units` more come to. The parts of all units together are exactly the whole, in whatever steps they are taken.
    package func share(_ units: Quantity) -> (price: Int64, tax: Int64, shipping: Int64) {
        func part(_ whole: Int64) -> Int64 {
            func upTo(_ count: Quantity) -> Int64 {
                let product = whole.multipliedFullWidth(by: count.rawValue)
                return ordered.rawValue.dividingFullWidth(product).quotient
            }
            return upTo(refunded + units) - upTo(refunded)
        }
        return (part(price), part(tax), part(shipping))
    }
}

package enum OrderRefunds {
    package static func basis(of orders: some Sequence<OrderID>, in tx: Transaction) throws -> [ComponentID: RefundBasis] {
        let rows = try tx.query(
            """
            SELECT c.id, c.order_id, c.line, c.sku, c.per_line, c.ordered, c.delivered, c.returned, c.refunded, c.price_minor,
                c.tax_minor, l.shipping_minor
            FROM order_component c JOIN order_line l ON l.id = c.line
            WHERE c.order_id IN \(list: Set(orders).sorted()) ORDER BY c.line, c.id
            """
        ) {
            try RefundBasis(
                component: $0.next(), order: $0.next(), line: $0.next(), sku: $0.next(), perLine: $0.next(), ordered: $0.next(),
                delivered: $0.next(), returned: $0.next(), refunded: $0.next(), price: $0.next(), tax: $0.next(),
                shipping: $0.next())
        }
        var found: [ComponentID: RefundBasis] = [:]
        for line in Dictionary(grouping: rows, by: \.line).values {
            let shares = Money.split(line[0].shipping, by: line.map(\.price))
            for (one, shipping) in zip(line, shares) { found[one.component] = one.with(shipping: shipping) }
        }
        return found
    }

    /// Units and money that shoppers get back. Guarded: never more than arrived or came back, never more than was paid.
    package static func record(
        _ units: [(component: ComponentID, quantity: Quantity)], amounts: [(order: OrderID, minor: Int64)], in tx: Transaction
    ) throws {
        var sums: [ComponentID: Int64] = [:], money: [OrderID: Int64] = [:]
        for unit in units { sums[unit.component, default: 0] += unit.quantity.rawValue }
        for amount in amounts { money[amount.order, default: 0] += amount.minor }
        var orders = Rows(["id": .int, "m": .int]), components = Rows(["id": .int, "q": .int])
        for (id, minor) in money.sorted(by: { $0.key < $1.key }) { orders.add(id, minor) }
        for (id, quantity) in sums.sorted(by: { $0.key < $1.key }) { components.add(id, quantity) }
        try tx.run(
            """
            UPDATE orders SET refunded_minor = refunded_minor + v.m FROM (\(rows: orders)) AS v
            WHERE orders.id = v.id AND refunded_minor + v.m <= total_minor
            """, expecting: orders.count)
        try tx.run(
            """
            UPDATE order_component SET refunded = refunded + v.q FROM (\(rows: components)) AS v
            WHERE order_component.id = v.id AND refunded + v.q <= delivered + returned
            """, expecting: components.count)
    }

    /// What the shoppers of these orders paid in all.
    package static func totals(of orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: Int64] {
        let rows = try tx.query("SELECT id, total_minor FROM orders WHERE id IN \(list: Set(orders).sorted()) ORDER BY id") {
            try ($0.next(OrderID.self), $0.next(Int64.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

extension RefundBasis {
    fileprivate func with(shipping: Int64) -> RefundBasis {
        RefundBasis(
            component: component, order: order, line: line, sku: sku, perLine: perLine, ordered: ordered,
            delivered: delivered, returned: returned, refunded: refunded, price: price, tax: tax, shipping: shipping)
    }
}
