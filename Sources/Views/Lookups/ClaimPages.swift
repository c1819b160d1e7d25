import Claims
import Kernel
import Store

/// Money that somebody asks for what was lost or damaged, and what was said to it.
package struct ClaimView: Codable, Sendable {
    package let id: ClaimID
    package let kind: ClaimKind
    package let merchant: MerchantID
    /// The id of the parcel, movement or dispute.
    package let subject: String
    package let order: OrderID?
    package let orderNumber: String?
    package let carrier: CarrierID?
    package let sku: SKUID?
    package let skuCode: String?
    package let quantity: Quantity?
    package let reason: ClaimReason
    package let claimed: Money
    package let note: String
    package let state: ClaimState
    /// Nothing unless it was granted.
    package let granted: Money
    package let answer: String?
    package let reference: String?
    package let refund: RefundID?
    /// Until when it is to be sent, decided or answered.
    package let dueAt: Instant
    package let openedAt: Instant
    package let sentAt: Instant?
    package let closedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, kind, merchant, subject, order, orderNumber = "order_number", carrier, sku, skuCode = "sku_code", quantity, reason
        case claimed, note, state, granted, answer, reference, refund, dueAt = "due_at", openedAt = "opened_at", sentAt = "sent_at"
        case closedAt = "closed_at"
    }

    /// Which are asked for; nil asks for all.
    package struct Filter: Sendable {
        package var kind: ClaimKind?
        package var state: ClaimState?

        package init(kind: ClaimKind? = nil, state: ClaimState? = nil) { (self.kind, self.state) = (kind, state) }
    }

    /// - Throws: `NotFound` where there is no such claim for the reader.
    package static func find(_ id: ClaimID, _ scope: Scope, in tx: Transaction) throws -> ClaimView {
        guard let one = try list("c.id = \(id) AND \(owns(scope))", limit: 1, in: tx).first else { throw NotFound("claim", id) }
        return one
    }

    /// A page, the newest first.
    package static func page(_ filter: Filter, _ scope: Scope, after id: ClaimID?, limit: Int, in tx: Transaction) throws -> [ClaimView] {
        var condition = owns(scope)
        if let id { condition = condition + " AND c.id < \(id)" }
        if let kind = filter.kind { condition = condition + " AND c.kind = \(kind)" }
        if let state = filter.state { condition = condition + " AND c.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// All for the parcels of an order, the newest first.
    package static func of(_ order: OrderID, _ scope: Scope, in tx: Transaction) throws -> [ClaimView] {
        try list("c.order_id = \(order) AND \(owns(scope))", limit: 200, in: tx)
    }

    /// Those that stand or were granted for these things, in one way.
    package static func standing(
        _ kind: ClaimKind, for subjects: [String], _ scope: Scope, in tx: Transaction
    ) throws -> [String: ClaimView] {
        let found = try list(
            "c.kind = \(kind) AND c.subject IN \(list: subjects) AND c.stands = 1 AND \(owns(scope))", limit: 1000, in: tx)
        return Dictionary(found.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func owns(_ scope: Scope) -> SQL { scope.owns(merchant: "c.merchant") }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [ClaimView] {
        try tx.query(
            """
            SELECT c.currency, c.id, c.kind, c.merchant, c.subject, c.order_id, o.number, c.carrier, c.sku, s.code, c.quantity, c.reason,
                c.claimed_minor, c.note, c.state, c.granted_minor, c.answer, c.reference, c.refund, c.due_at, c.opened_at, c.sent_at,
                c.closed_at
            FROM claim c LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN sku s ON s.id = c.sku
            WHERE \(condition) ORDER BY c.id DESC LIMIT \(limit)
            """
        ) { row in
            let currency = try row.next(Currency.self)
            func money(_ row: inout RowReader) throws -> Money { Money(try row.next(), currency) }
            return try ClaimView(
                id: row.next(), kind: row.next(), merchant: row.next(), subject: row.next(), order: row.next(),
                orderNumber: row.next(), carrier: row.next(), sku: row.next(), skuCode: row.next(), quantity: row.next(),
                reason: row.next(), claimed: money(&row), note: row.next(), state: row.next(), granted: money(&row),
                answer: row.next(), reference: row.next(), refund: row.next(), dueAt: row.next(), openedAt: row.next(),
                sentAt: row.next(), closedAt: row.next())
        }
    }
}
