import Kernel
import Store

/// Something that keeps an order from being released: an address to check, a fraud review, a merchant's wish.
package enum OrderHolds {
    package static func place(_ orders: [OrderID], kind: String, reason: String, in tx: Transaction) throws {
        var rows = Rows(["id": .int, "ord": .int])
        for order in orders { rows.add(tx.id(HoldID.self), order) }
        try tx.run(
            """
            INSERT INTO order_hold (id, order_id, kind, reason, placed_at)
            SELECT v.id, v.ord, \(kind), \(reason), \(tx.now) FROM (\(rows: rows)) AS v
            """)
    }

    /// Answers how many holds were open.
    @discardableResult
    package static func release(_ order: OrderID, kind: String, in tx: Transaction) throws -> Int {
        try tx.run(
            """
            UPDATE order_hold SET released_at = \(tx.now)
            WHERE order_id = \(order) AND kind = \(kind) AND released_at IS NULL
            """)
    }
}
