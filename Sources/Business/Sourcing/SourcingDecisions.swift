import Kernel
import Store

/// Why units of an order were sourced as they were after it was placed: their goods had gone, a site could not keep its
/// dates, or what they waited for came. The first decision stands with the order.
package enum SourcingDecisions {
    package static func add(
        _ all: [(order: OrderID, merchant: MerchantID, reason: JSONMembers)], in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "ord": .int, "merchant": .int, "reason": .text])
        for one in all { rows.add(tx.id(SourcingDecisionID.self), one.order, one.merchant, one.reason.text) }
        try tx.run(
            """
            INSERT INTO sourcing_decision (id, order_id, merchant, decided_at, reason)
            SELECT v.id, v.ord, v.merchant, \(tx.now), v.reason FROM (\(rows: rows)) AS v
            """)
    }
}
