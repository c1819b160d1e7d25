import Kernel
import Store

/// Something that keeps an order from being released: an address to check, a fraud review, a merchant's wish.
package enum OrderHolds {
    /// A clock on each hold that ends by itself, at its end.
    package static let clock = "order.hold_until"

    /// One of its kind that is on is replaced.
    /// - Parameter until: it ends then by itself; nil: when somebody lets the order go.
    package static func place(
        _ order: OrderRecord, kind: String, reason: String, until: Instant? = nil, in tx: Transaction
    ) throws {
        try release(order.id, kind: kind, as: "replaced", in: tx)
        let id = tx.id(HoldID.self)
        try tx.run(
            """
            INSERT INTO order_hold (id, order_id, kind, reason, placed_at, until_at)
            VALUES (\(id), \(order.id), \(kind), \(reason), \(tx.now), \(until))
            """)
        if let until { try tx.schedule(clock, source: kind, due: [(id.raw, order.merchant, until, ["order": .id(order.id)])]) }
    }

    /// Answers how many holds were open.
    @discardableResult
    package static func release(_ order: OrderID, kind: String, as outcome: String = "released", in tx: Transaction) throws -> Int {
        let open: [HoldID] = try tx.values(
            "SELECT id FROM order_hold WHERE order_id = \(order) AND kind = \(kind) AND released_at IS NULL ORDER BY id")
        guard !open.isEmpty else { return 0 }
        try tx.run("UPDATE order_hold SET released_at = \(tx.now) WHERE id IN \(list: open)", expecting: open.count)
        try tx.closeClocks([clock], of: open.map(\.raw), outcome: outcome)
        return open.count
    }

    /// Ends holds whose time has come; answers those that were still on.
    package static func end(_ ids: [HoldID], in tx: Transaction) throws -> [(hold: HoldID, order: OrderID, kind: String)] {
        let open = try tx.query(
            "SELECT id, order_id, kind FROM order_hold WHERE id IN \(list: ids) AND released_at IS NULL ORDER BY id \(.forUpdate)"
        ) { try (hold: $0.next(HoldID.self), order: $0.next(OrderID.self), kind: $0.next(String.self)) }
        try tx.run("UPDATE order_hold SET released_at = \(tx.now) WHERE id IN \(list: open.map(\.hold))")
        return open
    }
}
