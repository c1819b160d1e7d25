import Kernel
import Store

/// Why the units of an order are where they are, decision by decision.
package struct SourcingView: Codable, Sendable {
    package struct Decision: Codable, Sendable {
        package let decidedAt: Instant
        package let reason: Payload

        private enum CodingKeys: String, CodingKey { case decidedAt = "decided_at", reason }
    }

    package let order: OrderID
    /// When it was placed first; what was filled or moved later after it.
    package let decisions: [Decision]

    /// - Throws: `NotFound` where there is no such order for the reader.
    package static func find(_ id: OrderID, _ scope: Scope, in tx: Transaction) throws -> SourcingView {
        let first = try tx.first(
            "SELECT recorded_at, sourcing FROM orders WHERE id = \(id) AND \(scope.owns(merchant: "merchant"))", decode)
        guard let first else { throw NotFound("order", id) }
        let later = try tx.query(
            "SELECT decided_at, reason FROM sourcing_decision WHERE order_id = \(id) ORDER BY id LIMIT 1000", decode)
        return SourcingView(order: id, decisions: [first] + later)
    }

    private static func decode(_ row: inout RowReader) throws -> Decision {
        try Decision(decidedAt: row.next(), reason: Payload(row.next()))
    }
}
