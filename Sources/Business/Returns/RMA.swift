import Kernel
import Store

/// What a shopper gets, in minor units of the order's currency.
package struct RefundParts: Hashable, Sendable {
    package var items: Int64 = 0
    package var tax: Int64 = 0
    package var shipping: Int64 = 0
    /// Kept for restocking.
    package var fee: Int64 = 0
    /// Kept for the label.
    package var label: Int64 = 0

    package var amount: Int64 { items + tax + shipping - fee - label }

    package init() {}

    /// The same where no more than `left` minor units are left to give: what is over comes off the items, then tax and shipping.
    package func atMost(_ left: Int64) -> RefundParts {
        var parts = self, over = max(0, amount - left)
        for path in [\RefundParts.items, \.tax, \.shipping] {
            let less = min(over, parts[keyPath: path])
            parts[keyPath: path] -= less
            over -= less
        }
        return parts
    }

    init(_ row: inout RowReader) throws {
        (items, tax, shipping, fee, label) = try (row.next(), row.next(), row.next(), row.next(), row.next())
    }
}

/// A return: what a shopper may send back, or what came back by itself.
package struct RMA: Sendable {
    package let id: RMAID
    package let merchant: MerchantID
    package let order: OrderID
    package let kind: ReturnKind
    /// The caller's; unique with the merchant and kind.
    package let number: String
    package let contentHash: String
    package var state: RMAState
    package let resolution: Resolution
    package let method: ReturnMethod
    package let refundOn: RefundTrigger
    /// Where the goods go.
    package let site: SiteID
    /// The parcel that came back undelivered; nil for the other kinds.
    package let parcel: UnitID?
    package let currency: Currency
    /// The shopper keeps the goods.
    package let keep: Bool
    package let terms: ReturnTerms
    /// Told to the shopper.
    package let expected: RefundParts
    /// The order placed for an exchange or replacement.
    package let replacement: OrderID?
    package let requestedAt: Instant
    package let expiresAt: Instant?
    package let receivedAt: Instant?
    package let closedAt: Instant?

    package init(
        id: RMAID, merchant: MerchantID, order: OrderID, kind: ReturnKind, number: String, contentHash: String,
        state: RMAState, resolution: Resolution = .refund, method: ReturnMethod, refundOn: RefundTrigger, site: SiteID,
        parcel: UnitID? = nil, currency: Currency, keep: Bool = false, terms: ReturnTerms, expected: RefundParts,
        requestedAt: Instant, expiresAt: Instant? = nil, receivedAt: Instant? = nil
    ) {
        self.id = id
        self.merchant = merchant
        self.order = order
        self.kind = kind
        self.number = number
        self.contentHash = contentHash
        self.state = state
        self.resolution = resolution
        self.method = method
        self.refundOn = refundOn
        self.site = site
        self.parcel = parcel
        self.currency = currency
        self.keep = keep
        self.terms = terms
        self.expected = expected
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
        self.receivedAt = receivedAt
        replacement = nil
        closedAt = nil
    }

    init(_ row: inout RowReader) throws {
        (id, merchant, order, kind) = try (row.next(), row.next(), row.next(), row.next())
        (number, contentHash, state, resolution) = try (row.next(), row.next(), row.next(), row.next())
        (method, refundOn, site) = try (row.next(), row.next(), row.next())
        let parcel: Int64 = try row.next()
        self.parcel = parcel == 0 ? nil : UnitID(parcel)
        (currency, keep) = try (row.next(), row.next())
        terms = try ReturnTerms(text: row.next())
        expected = try RefundParts(&row)
        (replacement, requestedAt, expiresAt) = try (row.next(), row.next(), row.next())
        (receivedAt, closedAt) = try (row.next(), row.next())
    }
}

package enum RMAs {
    private static let columns: SQL = """
        id, merchant, order_id, kind, number, content_hash, state, resolution, method, refund_on, site, parcel, currency,
        keep, terms, items_minor, tax_minor, shipping_minor, fee_minor, label_minor, replacement, requested_at, expires_at,
        received_at, closed_at
        """

    /// Those that match, by id, locked.
    package static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [RMA] {
        try tx.query("SELECT \(columns) FROM rma WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)") { try RMA(&$0) }
    }

    package static func load(_ ids: some Sequence<RMAID>, in tx: Transaction) throws -> [RMA] {
        try load(where: "id IN \(list: Set(ids).sorted())", in: tx)
    }

    package static func load(_ id: RMAID, in tx: Transaction) throws -> RMA {
        guard let found = try load([id], in: tx).first else { throw NotFound("return", id) }
        return found
    }

    /// Those that callers asked for under these numbers.
    package static func known(_ keys: [(merchant: MerchantID, number: String)], in tx: Transaction) throws -> [RMA] {
        var rows = Rows(["merchant": .int, "number": .text])
        for key in keys { rows.add(key.merchant, key.number) }
        guard !rows.isEmpty else { return [] }
        let ids = try tx.query(
            """
            SELECT r.id FROM (\(rows: rows)) AS v
            JOIN rma r ON r.merchant = v.merchant AND r.kind = 'request' AND r.number = v.number ORDER BY r.id
            """
        ) { try $0.next(RMAID.self) }
        return try load(ids, in: tx)
    }

    /// Those of these orders under which goods may still come.
    package static func awaited(for orders: some Sequence<OrderID>, in tx: Transaction) throws -> [RMA] {
        try load(
            where: "order_id IN \(list: Set(orders).sorted()) AND state IN ('authorised', 'in_transit') AND keep = 0", in: tx)
    }

    /// Of these parcels, those that were opened as never delivered.
    package static func opened(_ parcels: [UnitID], in tx: Transaction) throws -> [UnitID] {
        try tx.values("SELECT parcel FROM rma WHERE parcel <> 0 AND parcel IN \(list: parcels) ORDER BY parcel")
    }

    package static func add(_ returns: [RMA], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "merchant": .int, "ord": .int, "kind": .text, "number": .text, "hash": .text, "state": .text,
            "resolution": .text, "method": .text, "refund_on": .text, "site": .int, "parcel": .int, "currency": .text,
            "keep": .int, "terms": .text, "items": .int, "tax": .int, "shipping": .int, "fee": .int, "label": .int,
            "requested": .int, "expires": .int, "received": .int,
        ])
        for one in returns {
            let told = one.expected
            rows.add(
                one.id, one.merchant, one.order, one.kind, one.number, one.contentHash, one.state, one.resolution, one.method,
                one.refundOn, one.site, one.parcel?.raw ?? 0, one.currency, one.keep, try one.terms.text, told.items, told.tax,
                told.shipping, told.fee, told.label, one.requestedAt, one.expiresAt, one.receivedAt)
            tx.emit(.rma(one, one.state, at: one.requestedAt))
        }
        try tx.run(
            """
            INSERT INTO rma (id, merchant, order_id, kind, number, content_hash, state, resolution, method, refund_on, site,
                parcel, currency, keep, terms, items_minor, tax_minor, shipping_minor, fee_minor, label_minor, requested_at,
                expires_at, received_at)
            SELECT v.id, v.merchant, v.ord, v.kind, v.number, v.hash, v.state, v.resolution, v.method, v.refund_on, v.site,
                v.parcel, v.currency, v.keep, v.terms, v.items, v.tax, v.shipping, v.fee, v.label, v.requested, v.expires,
                v.received FROM (\(rows: rows)) AS v
            """)
    }

    /// Takes returns on; the table of transitions guards it. Answers them as they are now.
    /// - Parameter why: of an end; for people.
    @discardableResult
    package static func change(
        _ returns: [RMA], to state: RMAState, why: String? = nil, actor: String = "system", occurred: Instant, in tx: Transaction
    ) throws -> [RMA] {
        guard !returns.isEmpty else { return [] }
        let from = RMAState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
        let isEnd = RMAState.transitions[state] == nil
        try tx.run(
            """
            UPDATE rma SET state = \(state), why = COALESCE(\(why), why),
                received_at = CASE WHEN \(state) = 'received' THEN \(occurred) ELSE received_at END,
                closed_at = \(isEnd ? occurred : nil)
            WHERE id IN \(list: returns.map(\.id)) AND state IN \(list: from)
            """, expecting: returns.count)
        return returns.map { one in
            var changed = one
            changed.state = state
            tx.emit(.rma(changed, state, actor: actor, at: occurred))
            return changed
        }
    }

    /// The order that stands in for what comes back.
    package static func replace(_ id: RMAID, with order: OrderID, in tx: Transaction) throws {
        try tx.run("UPDATE rma SET replacement = \(order) WHERE id = \(id) AND replacement IS NULL", expecting: 1)
    }
}
