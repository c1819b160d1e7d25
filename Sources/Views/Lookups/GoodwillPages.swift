import Kernel
import Returns
import Store

/// Money that a shopper was given although nothing comes back, and how far its refund is.
package struct GoodwillView: Codable, Sendable {
    package let refund: RefundID
    package let order: OrderID
    package let merchant: MerchantID
    package let number: String
    package let amount: Money
    package let reason: GoodwillReason
    package let note: String
    package let giver: GoodwillGiver
    /// Who gave it, as the log names them.
    package let actor: String
    package let givenAt: Instant
    package let state: RefundState
    package let dueBy: Instant
    package let sentAt: Instant?
    package let reference: String?

    private enum CodingKeys: String, CodingKey {
        case refund, order, merchant, number, amount, reason, note, giver, actor, givenAt = "given_at", state, dueBy = "due_by"
        case sentAt = "sent_at", reference
    }

    /// All of an order, in the order in which it was given.
    package static func of(_ order: OrderID, _ scope: Scope, in tx: Transaction) throws -> [GoodwillView] {
        try tx.query(
            """
            SELECT g.refund, g.order_id, g.merchant, g.number, g.amount_minor, g.currency, g.reason, g.note, g.giver, g.actor,
                g.given_at, r.state, r.due_by, r.sent_at, r.reference
            FROM goodwill g JOIN refund r ON r.id = g.refund
            WHERE g.order_id = \(order) AND \(scope.owns(merchant: "g.merchant")) ORDER BY g.refund LIMIT 1000
            """
        ) {
            try GoodwillView(
                refund: $0.next(), order: $0.next(), merchant: $0.next(), number: $0.next(), amount: $0.nextMoney(),
                reason: $0.next(), note: $0.next(), giver: $0.next(), actor: $0.next(), givenAt: $0.next(), state: $0.next(),
                dueBy: $0.next(), sentAt: $0.next(), reference: $0.next())
        }
    }
}
