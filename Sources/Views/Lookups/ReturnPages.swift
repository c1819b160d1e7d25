import Kernel
import Orders
import Returns
import Store

/// A return with its items, its goods and its money.
package struct ReturnView: Codable, Sendable {
    /// What the shopper was told to expect.
    package struct Expected: Codable, Sendable {
        package let items: Money
        package let tax: Money
        package let shipping: Money
        package let restockingFee: Money
        package let labelFee: Money
        package let total: Money

        private enum CodingKeys: String, CodingKey {
            case items, tax, shipping, restockingFee = "restocking_fee", labelFee = "label_fee", total
        }
    }

    /// How many units were announced, and how they ended.
    package struct Item: Codable, Sendable {
        package let id: RMAItemID
        package let component: ComponentID
        package let sku: SKUID
        package let skuCode: String
        package let reason: ReturnReason
        package let announced: Quantity
        package let kept: Quantity
        package let received: Quantity
        package let missing: Quantity
        package let withdrawn: Quantity
        /// Refunded, or sent again.
        package let granted: Quantity

        private enum CodingKeys: String, CodingKey {
            case id, component, sku, skuCode = "sku_code", reason, announced, kept, received, missing, withdrawn, granted
        }
    }

    package let id: RMAID
    package let merchant: MerchantID
    package let order: OrderID
    package let kind: ReturnKind
    package let number: String
    package let state: RMAState
    package let resolution: Resolution
    package let method: ReturnMethod
    package let refundOn: RefundTrigger
    /// Where the goods go.
    package let site: SiteID
    /// The shopper keeps the goods.
    package let keep: Bool
    package let expected: Expected
    /// The order placed for an exchange or replacement.
    package let replacement: OrderID?
    package let requestedAt: Instant
    package let expiresAt: Instant?
    package let receivedAt: Instant?
    package let closedAt: Instant?
    package let why: String?
    /// Shown as a QR code where the goods are handed in; nil where nothing travels.
    package let code: String?
    package let parcel: UnitID?
    package let parcelState: ReturnParcelState?
    package let trackingNumber: String?
    package var items: [Item] = []
    package var goods: [GoodsView] = []
    package var refund: RefundView?
    package var debt: DebtView?

    private enum CodingKeys: String, CodingKey {
        case id, merchant, order, kind, number, state, resolution, method, refundOn = "refund_on", site, keep, expected
        case replacement, requestedAt = "requested_at", expiresAt = "expires_at", receivedAt = "received_at"
        case closedAt = "closed_at", why, code, parcel, parcelState = "parcel_state", trackingNumber = "tracking_number"
        case items, goods, refund, debt
    }
}

/// Which returns a list is asked for; nil asks for all.
package struct ReturnFilter: Sendable {
    package var order: OrderID?
    package var merchant: MerchantID?
    package var site: SiteID?
    package var state: RMAState?

    package init(order: OrderID? = nil, merchant: MerchantID? = nil, site: SiteID? = nil, state: RMAState? = nil) {
        self.order = order
        self.merchant = merchant
        self.site = site
        self.state = state
    }
}

extension ReturnView {
    /// On `r`, the return. A site has those that come to it.
    static func owns(_ scope: Scope) -> SQL { scope.owns(merchant: "r.merchant", site: "r.site") }

    /// - Throws: `NotFound` where there is no such return for the reader.
    package static func find(_ id: RMAID, _ scope: Scope, in tx: Transaction) throws -> ReturnView {
        let found = try list("r.id = \(id) AND \(owns(scope))", limit: 1, in: tx).first
        guard let found else { throw NotFound("return", id) }
        return found
    }

    /// A page, the newest first.
    package static func page(
        _ filter: ReturnFilter, _ scope: Scope, after id: RMAID?, limit: Int, in tx: Transaction
    ) throws -> [ReturnView] {
        var condition = owns(scope)
        if let id { condition = condition + " AND r.id < \(id)" }
        if let order = filter.order { condition = condition + " AND r.order_id = \(order)" }
        if let merchant = filter.merchant { condition = condition + " AND r.merchant = \(merchant)" }
        if let site = filter.site { condition = condition + " AND r.site = \(site)" }
        if let state = filter.state { condition = condition + " AND r.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    static func list(_ condition: SQL, newestFirst: Bool = true, limit: Int, in tx: Transaction) throws -> [ReturnView] {
        let order = newestFirst ? "DESC" : "ASC"
        var found = try tx.query(
            """
            SELECT r.id, r.merchant, r.order_id, r.kind, r.number, r.state, r.resolution, r.method, r.refund_on, r.site, r.keep,
                r.currency, r.items_minor, r.tax_minor, r.shipping_minor, r.fee_minor, r.label_minor, r.replacement,
                r.requested_at, r.expires_at, r.received_at, r.closed_at, r.why, u.code, p.unit, p.state, l.number
            FROM rma r LEFT JOIN return_parcel p ON p.rma = r.id LEFT JOIN handling_unit u ON u.id = p.unit
            LEFT JOIN label l ON l.id = p.label
            WHERE \(condition) ORDER BY r.id \(verbatim: order) LIMIT \(limit)
            """
        ) {
            try ReturnView(
                id: $0.next(), merchant: $0.next(), order: $0.next(), kind: $0.next(), number: $0.next(), state: $0.next(),
                resolution: $0.next(), method: $0.next(), refundOn: $0.next(), site: $0.next(), keep: $0.next(),
                expected: Expected(&$0), replacement: $0.next(), requestedAt: $0.next(), expiresAt: $0.next(),
                receivedAt: $0.next(), closedAt: $0.next(), why: $0.next(), code: $0.next(), parcel: $0.next(),
                parcelState: $0.next(), trackingNumber: $0.next())
        }
        let ids = found.map(\.id)
        let items = Dictionary(grouping: try items(of: ids, in: tx), by: \.0)
        let goods = Dictionary(grouping: try GoodsView.list("g.rma IN \(list: ids)", limit: 10_000, in: tx), by: \.rma)
        let refunds = Dictionary(grouping: try RefundView.list("rma IN \(list: ids)", limit: 10_000, in: tx), by: \.rma)
        let debts = Dictionary(grouping: try DebtView.list("rma IN \(list: ids)", limit: 10_000, in: tx), by: \.rma)
        for index in found.indices {
            let id = found[index].id
            found[index].items = (items[id] ?? []).map(\.1)
            // Goods of somebody else in the box are nothing that this merchant is told of.
            found[index].goods = (goods[id] ?? []).filter { $0.owner == found[index].merchant }
            found[index].refund = refunds[id]?.first
            found[index].debt = debts[id]?.first
        }
        return found
    }

    private static func items(of ids: [RMAID], in tx: Transaction) throws -> [(RMAID, Item)] {
        try tx.query(
            """
            SELECT i.rma, i.id, i.component, i.sku, s.code, i.reason, i.announced, i.kept, i.received, i.missing, i.withdrawn,
                i.granted
            FROM rma_item i JOIN sku s ON s.id = i.sku WHERE i.rma IN \(list: ids) ORDER BY i.rma, i.id
            """
        ) {
            let rma = try $0.next(RMAID.self)
            return try (
                rma,
                Item(
                    id: $0.next(), component: $0.next(), sku: $0.next(), skuCode: $0.next(), reason: $0.next(),
                    announced: $0.next(), kept: $0.next(), received: $0.next(), missing: $0.next(), withdrawn: $0.next(),
                    granted: $0.next())
            )
        }
    }
}

extension ReturnView.Expected {
    fileprivate init(_ row: inout RowReader) throws {
        let currency = try row.next(Currency.self)
        let amounts = try (0..<5).map { _ in try row.next(Int64.self) }
        let money = amounts.map { Money($0, currency) }
        self.init(
            items: money[0], tax: money[1], shipping: money[2], restockingFee: money[3], labelFee: money[4],
            total: Money(amounts[0] + amounts[1] + amounts[2] - amounts[3] - amounts[4], currency))
    }
}
