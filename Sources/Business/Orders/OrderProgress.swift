import Kernel
import Store

/// Where a unit of an order is. Each unit stands in exactly one of these positions at any time.
package enum Position: String, CaseIterable, Sendable {
    case waiting
    case reserved
    case picked
    case packed
    case shipped
    case delivered
    case returned
    case lost
    case disposed
    case cancelled

    package static let transitions: [Position: Set<Position>] = [
        .waiting: [.reserved, .cancelled],
        .reserved: [.waiting, .picked, .cancelled],
        .picked: [.packed, .reserved, .disposed, .cancelled],
        .packed: [.shipped, .picked, .cancelled],
        .shipped: [.delivered, .returned, .lost],
        .delivered: [.returned],
        .lost: [.shipped],
    ]
}

/// Moves units of order components from one position to another; the state of their orders follows.
package enum OrderProgress {
    /// Guarded: a component that has fewer units in `from` is a broken invariant of the caller.
    package static func move(
        _ units: [(component: ComponentID, quantity: Quantity)], from: Position, to: Position, in tx: Transaction
    ) throws {
        precondition(Position.transitions[from]?.contains(to) ?? false, "units never go from \(from) to \(to)")
        var sums: [ComponentID: Int64] = [:]
        for unit in units { sums[unit.component, default: 0] += unit.quantity.rawValue }
        var rows = Rows(["id": .int, "q": .int])
        for (id, quantity) in sums.sorted(by: { $0.key < $1.key }) where quantity > 0 { rows.add(id, quantity) }
        let (a, b) = (from.rawValue, to.rawValue)
        try tx.run(
            """
            UPDATE order_component SET \(verbatim: a) = \(verbatim: a) - v.q, \(verbatim: b) = \(verbatim: b) + v.q
            FROM (\(rows: rows)) AS v WHERE order_component.id = v.id AND \(verbatim: a) >= v.q
            """, expecting: rows.count)
    }

    /// Brings the state of orders in line with their units; answers those whose state changed.
    @discardableResult
    package static func refresh(
        _ orders: [OrderID], occurred: Instant, in tx: Transaction
    ) throws -> [(order: OrderID, state: OrderState)] {
        try refresh(Dictionary(orders.map { ($0, occurred) }, uniquingKeysWith: { first, _ in first }), in: tx)
    }

    /// As above, each order at its own time.
    @discardableResult
    package static func refresh(
        _ moments: [OrderID: Instant], in tx: Transaction
    ) throws -> [(order: OrderID, state: OrderState)] {
        guard !moments.isEmpty else { return [] }
        let ids = moments.keys.sorted()
        let current = try tx.query(
            """
            SELECT o.id, o.merchant, o.state, SUM(c.waiting + c.reserved + c.picked + c.packed), SUM(c.shipped),
                SUM(c.delivered), SUM(c.returned), SUM(c.lost), SUM(c.disposed)
            FROM orders o JOIN order_component c ON c.order_id = o.id WHERE o.id IN \(list: ids)
            GROUP BY o.id, o.merchant, o.state ORDER BY o.id
            """
        ) {
            (
                id: try $0.next(OrderID.self), merchant: try $0.next(MerchantID.self), state: try $0.next(OrderState.self),
                new: try state(
                    open: $0.next(), shipped: $0.next(), delivered: $0.next(), returned: $0.next(), lost: $0.next(),
                    disposed: $0.next())
            )
        }
        let changed = current.filter { $0.state != $0.new }
        var rows = Rows(["id": .int, "state": .text, "at": .int])
        for one in changed {
            let moment = moments[one.id] ?? tx.now
            rows.add(one.id, one.new, moment)
            tx.emit(.orderState(one.id, one.merchant, one.new, at: moment))
        }
        try tx.run(
            """
            UPDATE orders SET state = v.state, delivered_at = CASE WHEN v.state = 'delivered' THEN v.at ELSE delivered_at END
            FROM (\(rows: rows)) AS v WHERE orders.id = v.id
            """)
        return changed.map { ($0.id, $0.new) }
    }

    /// The state of an order with this many units in each position.
    package static func state(
        open: Int64, shipped: Int64, delivered: Int64, returned: Int64, lost: Int64, disposed: Int64 = 0
    ) -> OrderState {
        if open > 0 { return .open }
        if shipped > 0 { return .shipped }
        if delivered > 0 { return .delivered }
        if lost > 0 { return .lost }
        if returned > 0 { return .returned }
        return disposed > 0 ? .disposed : .cancelled
    }
}
