import Kernel
import Store

/// Why a shopper is given something although nothing comes back.
package enum GoodwillReason: String, SQLValue, CaseIterable, Codable {
    case late
    case damaged
    case wrongItem = "wrong_item"
    case missing
    case service
    case other
}

/// Money that a shopper is given although nothing comes back. It is paid as any refund is.
package struct Goodwill: Sendable {
    package let refund: RefundID
    package let order: OrderID
    package let merchant: MerchantID
    /// The caller's; unique with the order.
    package let number: String
    package let amount: Money
    package let reason: GoodwillReason
    /// What there is to say; nothing personal.
    package let note: String
    package let giver: GoodwillGiver

    package init(
        refund: RefundID, order: OrderID, merchant: MerchantID, number: String, amount: Money, reason: GoodwillReason, note: String,
        giver: GoodwillGiver
    ) {
        (self.refund, self.order, self.merchant, self.number) = (refund, order, merchant, number)
        (self.amount, self.reason, self.note, self.giver) = (amount, reason, note, giver)
    }
}

package enum Goodwills {
    package static func add(_ one: Goodwill, actor: String, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO goodwill (refund, order_id, merchant, number, amount_minor, currency, reason, note, giver, actor, given_at)
            VALUES (\(one.refund), \(one.order), \(one.merchant), \(one.number), \(one.amount.minor), \(one.amount.currency),
                \(one.reason), \(one.note), \(one.giver), \(actor), \(tx.now))
            """, expecting: 1)
        tx.emit(.goodwill(one, actor: actor, at: tx.now))
    }

    /// All of an order, in the order in which it was given.
    package static func of(_ order: OrderID, in tx: Transaction) throws -> [Goodwill] {
        try tx.query(
            """
            SELECT refund, order_id, merchant, number, amount_minor, currency, reason, note, giver FROM goodwill
            WHERE order_id = \(order) ORDER BY refund
            """
        ) {
            try Goodwill(
                refund: $0.next(), order: $0.next(), merchant: $0.next(), number: $0.next(), amount: Money($0.next(), $0.next()),
                reason: $0.next(), note: $0.next(), giver: $0.next())
        }
    }
}

enum GoodwillSchema {
    static let statements = [
        """
        CREATE TABLE goodwill (
            refund BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, merchant BIGINT NOT NULL, number TEXT NOT NULL,
            amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), currency TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (reason IN ('late', 'damaged', 'wrong_item', 'missing', 'service', 'other')),
            note TEXT NOT NULL, giver TEXT NOT NULL CHECK (giver IN ('merchant', 'operator', 'support')), actor TEXT NOT NULL,
            given_at BIGINT NOT NULL, UNIQUE (order_id, number))
        """,
        // The latest that has begun holds.
        """
        CREATE TABLE goodwill_limit (
            merchant BIGINT NOT NULL, giver TEXT NOT NULL CHECK (giver IN ('operator', 'support')), from_at BIGINT NOT NULL,
            most_minor BIGINT NOT NULL CHECK (most_minor >= 0), currency TEXT NOT NULL,
            share_ppm BIGINT NOT NULL CHECK (share_ppm >= 0 AND share_ppm <= 1000000), actor TEXT NOT NULL,
            PRIMARY KEY (merchant, giver, from_at))
        """,
    ]
}
