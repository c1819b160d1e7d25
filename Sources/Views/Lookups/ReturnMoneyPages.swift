import Kernel
import Returns
import Store

/// Goods that came back, and what becomes of them.
package struct GoodsView: Codable, Sendable {
    package let id: GoodsID
    /// Nil where nobody knows of which return they are.
    package let rma: RMAID?
    package let owner: MerchantID
    package let site: SiteID
    package let location: LocationID
    package let sku: SKUID
    package let skuCode: String
    package let quantity: Quantity
    package let finding: GoodsFinding
    package let state: GoodsState
    package let grade: Grade?
    package let disposition: Disposition?
    package let proof: String?
    /// To be put away, or done.
    package let task: TaskID?
    package let receivedAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, rma = "return", owner, site, location, sku, skuCode = "sku_code", quantity, finding, state, grade, disposition
        case proof, task, receivedAt = "received_at"
    }

    /// A page of those the reader may see, in the order of ids.
    package static func page(
        site: SiteID?, state: GoodsState?, disposition: Disposition?, _ scope: Scope, after id: GoodsID?, limit: Int,
        in tx: Transaction
    ) throws -> [GoodsView] {
        var condition: SQL = "g.id > \(id?.raw ?? -1) AND \(scope.owns(merchant: "g.owner", site: "g.site"))"
        if let site { condition = condition + " AND g.site = \(site)" }
        if let state { condition = condition + " AND g.state = \(state)" }
        if let disposition { condition = condition + " AND g.disposition = \(disposition)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// Those of these ids, in the order of ids.
    package static func all(_ ids: [GoodsID], in tx: Transaction) throws -> [GoodsView] {
        try list("g.id IN \(list: ids)", limit: 10_000, in: tx)
    }

    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [GoodsView] {
        try tx.query(
            """
            SELECT g.id, g.rma, g.owner, g.site, g.location, g.sku, s.code, g.quantity, g.finding, g.state, g.grade,
                g.disposition, g.proof, g.task, g.received_at
            FROM returned_goods g JOIN sku s ON s.id = g.sku WHERE \(condition) ORDER BY g.id LIMIT \(limit)
            """
        ) {
            let id = try $0.next(GoodsID.self), rma = try $0.next(Int64.self)
            return try GoodsView(
                id: id, rma: rma == 0 ? nil : RMAID(rma), owner: $0.next(), site: $0.next(), location: $0.next(),
                sku: $0.next(), skuCode: $0.next(), quantity: $0.next(), finding: $0.next(), state: $0.next(),
                grade: $0.next(), disposition: $0.next(), proof: $0.next(), task: $0.next(), receivedAt: $0.next())
        }
    }
}

/// What a shopper is to get, or got.
package struct RefundView: Codable, Sendable {
    package let id: RefundID
    /// Nil where nothing comes back for it: goodwill, or a claim that was granted.
    package let rma: RMAID?
    package let order: OrderID
    package let merchant: MerchantID
    package let state: RefundState
    package let amount: Money
    package let items: Money
    package let tax: Money
    package let shipping: Money
    package let restockingFee: Money
    package let labelFee: Money
    package let dueBy: Instant
    package let sentAt: Instant?
    package let reference: String?

    private enum CodingKeys: String, CodingKey {
        case id, rma = "return", order, merchant, state, amount, items, tax, shipping, restockingFee = "restocking_fee"
        case labelFee = "label_fee", dueBy = "due_by", sentAt = "sent_at", reference
    }

    /// A page of those the reader may see, in the order of ids.
    package static func page(
        _ state: RefundState?, _ scope: Scope, after id: RefundID?, limit: Int, in tx: Transaction
    ) throws -> [RefundView] {
        var condition: SQL = "id > \(id?.raw ?? -1) AND \(scope.owns(merchant: "merchant"))"
        if let state { condition = condition + " AND state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such refund for the reader.
    package static func find(_ id: RefundID, _ scope: Scope, in tx: Transaction) throws -> RefundView {
        let found = try list("id = \(id) AND \(scope.owns(merchant: "merchant"))", limit: 1, in: tx).first
        guard let found else { throw NotFound("refund", id) }
        return found
    }

    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [RefundView] {
        try tx.query(
            """
            SELECT currency, id, rma, order_id, merchant, state, amount_minor, items_minor, tax_minor, shipping_minor,
                fee_minor, label_minor, due_by, sent_at, reference
            FROM refund WHERE \(condition) ORDER BY id LIMIT \(limit)
            """
        ) { row in
            let currency = try row.next(Currency.self)
            func money(_ row: inout RowReader) throws -> Money { Money(try row.next(), currency) }
            return try RefundView(
                id: row.next(), rma: row.next(), order: row.next(), merchant: row.next(), state: row.next(),
                amount: money(&row), items: money(&row), tax: money(&row), shipping: money(&row), restockingFee: money(&row),
                labelFee: money(&row), dueBy: row.next(), sentAt: row.next(), reference: row.next())
        }
    }
}

/// What was given to a shopper for goods that never came.
package struct DebtView: Codable, Sendable {
    package let id: DebtID
    package let rma: RMAID
    package let order: OrderID
    package let merchant: MerchantID
    package let units: Quantity
    package let amount: Money
    package let state: DebtState
    package let openedAt: Instant
    package let due: Instant
    package let closedAt: Instant?
    package let note: String?

    private enum CodingKeys: String, CodingKey {
        case id, rma = "return", order, merchant, units, amount, state, openedAt = "opened_at", due, closedAt = "closed_at", note
    }

    /// A page of those the reader may see, in the order of ids.
    package static func page(
        _ state: DebtState?, _ scope: Scope, after id: DebtID?, limit: Int, in tx: Transaction
    ) throws -> [DebtView] {
        var condition: SQL = "id > \(id?.raw ?? -1) AND \(scope.owns(merchant: "merchant"))"
        if let state { condition = condition + " AND state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [DebtView] {
        try tx.query(
            """
            SELECT id, rma, order_id, merchant, units, amount_minor, currency, state, opened_at, due, closed_at, note
            FROM return_debt WHERE \(condition) ORDER BY id LIMIT \(limit)
            """
        ) {
            try DebtView(
                id: $0.next(), rma: $0.next(), order: $0.next(), merchant: $0.next(), units: $0.next(), amount: $0.nextMoney(),
                state: $0.next(), openedAt: $0.next(), due: $0.next(), closedAt: $0.next(), note: $0.next())
        }
    }
}
