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
        try insert(order.id, order.merchant, kind, reason, until, in: tx)
    }

    private static func insert(
        _ order: OrderID, _ merchant: MerchantID, _ kind: String, _ reason: String, _ until: Instant?, in tx: Transaction
    ) throws {
        let id = tx.id(HoldID.self)
        try tx.run(
            """
            INSERT INTO order_hold (id, order_id, kind, reason, placed_at, until_at)
            VALUES (\(id), \(order), \(kind), \(reason), \(tx.now), \(until))
            """)
        if let until { try tx.schedule(clock, source: kind, due: [(id.raw, merchant, until, ["order": .id(order)])]) }
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

    /// What keeps an order keeps others as well, for the same reason and time; one of its kind that is on there stays.
    package static func copy(from order: OrderID, to others: [OrderID], of merchant: MerchantID, in tx: Transaction) throws {
        let open = try tx.query(
            "SELECT kind, reason, until_at FROM order_hold WHERE order_id = \(order) AND released_at IS NULL ORDER BY id"
        ) { try (kind: $0.next(String.self), reason: $0.next(String.self), until: $0.next(Instant?.self)) }
        guard !open.isEmpty else { return }
        let known = try tx.query(
            "SELECT order_id, kind FROM order_hold WHERE order_id IN \(list: others) AND released_at IS NULL ORDER BY id"
        ) { try (order: $0.next(OrderID.self), kind: $0.next(String.self)) }
        for other in others {
            for hold in open where !known.contains(where: { $0.order == other && $0.kind == hold.kind }) {
                try insert(other, merchant, hold.kind, hold.reason, hold.until, in: tx)
            }
        }
    }

    /// Nothing keeps an order any more.
    package static func releaseAll(_ order: OrderID, in tx: Transaction) throws {
        let kinds: [String] = try tx.values(
            "SELECT DISTINCT kind FROM order_hold WHERE order_id = \(order) AND released_at IS NULL ORDER BY kind")
        for kind in kinds { try release(order, kind: kind, in: tx) }
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
