import Kernel
import Store

package enum RefundState: String, SQLValue, CaseIterable, Codable {
    case due
    /// The payment side has it.
    case sent

    package static let transitions: [RefundState: Set<RefundState>] = [.due: [.sent]]
}

/// What a shopper is to get: for one return, or as money alone.
package struct Refund: Sendable {
    package let id: RefundID
    /// Nil where nothing comes back for it: goodwill, or a claim that was granted.
    package let rma: RMAID?
    package let merchant: MerchantID
    package let order: OrderID
    package let refundOn: RefundTrigger
    package let currency: Currency
    package let parts: RefundParts
    package let state: RefundState
    package let dueBy: Instant

    package init(
        id: RefundID, rma: RMAID?, merchant: MerchantID, order: OrderID, refundOn: RefundTrigger, currency: Currency,
        parts: RefundParts, dueBy: Instant
    ) {
        self.id = id
        self.rma = rma
        self.merchant = merchant
        self.order = order
        self.refundOn = refundOn
        self.currency = currency
        self.parts = parts
        self.dueBy = dueBy
        state = .due
    }

    init(_ row: inout RowReader) throws {
        (id, rma, merchant, order) = try (row.next(), row.next(), row.next(), row.next())
        (refundOn, currency) = try (row.next(), row.next())
        parts = try RefundParts(&row)
        (state, dueBy) = try (row.next(), row.next())
    }
}

package struct RefundItem: Sendable {
    package let item: RMAItemID
    package let component: ComponentID
    package let quantity: Quantity

    package init(item: RMAItemID, component: ComponentID, quantity: Quantity) {
        self.item = item
        self.component = component
        self.quantity = quantity
    }
}

package enum Refunds {
    package static func add(_ refunds: [(refund: Refund, items: [RefundItem])], occurred: Instant, in tx: Transaction) throws {
        var heads = Rows([
            "id": .int, "rma": .int, "merchant": .int, "ord": .int, "refund_on": .text, "currency": .text, "items": .int,
            "tax": .int, "shipping": .int, "fee": .int, "label": .int, "amount": .int, "due": .int,
        ])
        var lines = Rows(["refund": .int, "item": .int, "ord": .int, "component": .int, "quantity": .int])
        for (one, items) in refunds {
            let parts = one.parts
            heads.add(
                one.id, one.rma?.raw ?? 0, one.merchant, one.order, one.refundOn, one.currency, parts.items, parts.tax, parts.shipping,
                parts.fee, parts.label, parts.amount, one.dueBy)
            for item in items { lines.add(one.id, item.item, one.order, item.component, item.quantity) }
            tx.emit(.refund(one, NewEvent.refundDueType, at: occurred))
        }
        try tx.run(
            """
            INSERT INTO refund (id, rma, merchant, order_id, refund_on, currency, items_minor, tax_minor, shipping_minor,
                fee_minor, label_minor, amount_minor, state, due_by, created_at)
            SELECT v.id, NULLIF(v.rma, 0), v.merchant, v.ord, v.refund_on, v.currency, v.items, v.tax, v.shipping, v.fee, v.label,
                v.amount, 'due', v.due, \(occurred) FROM (\(rows: heads)) AS v
            """)
        try tx.run(
            """
            INSERT INTO refund_item (refund, item, order_id, component, quantity)
            SELECT v.refund, v.item, v.ord, v.component, v.quantity FROM (\(rows: lines)) AS v
            """)
    }

    private static func list(_ condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [Refund] {
        try tx.query(
            """
            SELECT id, rma, merchant, order_id, refund_on, currency, items_minor, tax_minor, shipping_minor, fee_minor,
                label_minor, state, due_by
            FROM refund WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) { try Refund(&$0) }
    }

    package static func load(_ ids: some Sequence<RefundID>, in tx: Transaction) throws -> [Refund] {
        try list("id IN \(list: Set(ids).sorted())", in: tx)
    }

    package static func of(_ returns: some Sequence<RMAID>, in tx: Transaction) throws -> [RMAID: Refund] {
        let found = try list("rma IN \(list: Set(returns).sorted())", in: tx)
        return Dictionary(uniqueKeysWithValues: found.compactMap { one in one.rma.map { ($0, one) } })
    }

    package static func due(limit: Int, in tx: Transaction) throws -> [Refund] {
        try list("state = 'due'", limit: limit, in: tx)
    }

    /// - Parameter reference: the payment side's, by refund.
    package static func sent(
        _ refunds: [(refund: Refund, reference: String)], actor: String, occurred: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "reference": .text])
        for (one, reference) in refunds.sorted(by: { $0.refund.id < $1.refund.id }) {
            rows.add(one.id, reference)
            tx.emit(.refund(one, NewEvent.refundSentType, actor: actor, at: occurred))
        }
        try tx.run(
            """
            UPDATE refund SET state = 'sent', sent_at = \(occurred), reference = v.reference FROM (\(rows: rows)) AS v
            WHERE refund.id = v.id AND refund.state = 'due'
            """, expecting: rows.count)
    }

    /// What was sent for these orders in all.
    package static func sums(_ orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: Int64] {
        let sums = try tx.query(
            """
            SELECT order_id, SUM(amount_minor) FROM refund WHERE order_id IN \(list: Set(orders).sorted()) AND state = 'sent'
            GROUP BY order_id ORDER BY order_id
            """
        ) { try ($0.next(OrderID.self), $0.next(Int64.self)) }
        return Dictionary(uniqueKeysWithValues: sums)
    }
}
