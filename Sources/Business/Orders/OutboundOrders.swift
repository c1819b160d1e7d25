import Kernel
import Store

/// What an order that no shopper pays for has beside other orders.
package struct OutboundOrder: Sendable {
    package let order: OrderID
    package let merchant: MerchantID
    package let purpose: FulfillmentPurpose
    /// The only site it may leave from; nil where any may send it.
    package let from: SiteID?
    /// Of a transfer.
    package let to: SiteID?
    /// The order that a replacement stands in for.
    package let original: OrderID?
    /// Of goods that are not for sale; nil takes what is for sale.
    package let condition: String?
    package let reason: String?

    package init(
        order: OrderID, merchant: MerchantID, purpose: FulfillmentPurpose, from: SiteID?, to: SiteID? = nil,
        original: OrderID? = nil, condition: String? = nil, reason: String? = nil
    ) {
        self.order = order
        self.merchant = merchant
        self.purpose = purpose
        self.from = from
        self.to = to
        self.original = original
        self.condition = condition
        self.reason = reason
    }
}

/// How somebody shows that goods were destroyed.
package struct DisposalProof: Sendable {
    /// Of the certificate, ticket or video.
    package let reference: String
    package let words: String
    /// SHA-256 of the document, 64 hexadecimal digits; nil where there is none.
    package let documentHash: String?

    package init(reference: String, words: String, documentHash: String?) {
        self.reference = reference
        self.words = words
        self.documentHash = documentHash
    }
}

package enum OutboundOrders {
    package static func add(_ one: OutboundOrder, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO outbound_order (order_id, merchant, purpose, from_site, to_site, original, condition, reason, created_at)
            VALUES (\(one.order), \(one.merchant), \(one.purpose), \(one.from), \(one.to), \(one.original), \(one.condition),
                \(one.reason), \(tx.now))
            """)
    }

    /// Those that are outbound orders; sales are absent.
    package static func load(_ orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: OutboundOrder] {
        let rows = try tx.query(
            """
            SELECT order_id, merchant, purpose, from_site, to_site, original, condition, reason FROM outbound_order
            WHERE order_id IN \(list: Set(orders).sorted()) ORDER BY order_id
            """
        ) {
            try OutboundOrder(
                order: $0.next(), merchant: $0.next(), purpose: $0.next(), from: $0.next(), to: $0.next(), original: $0.next(),
                condition: $0.next(), reason: $0.next())
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.order, $0) })
    }

    /// The sites that transfers among these orders go to; others are absent.
    package static func transfers(
        _ orders: some Sequence<OrderID>, in tx: Transaction
    ) throws -> [OrderID: SiteID] {
        try load(orders, in: tx).compactMapValues(\.to)
    }

    /// Keeps the proof of what was destroyed for these fulfillment orders of one order.
    package static func prove(
        _ fulfillments: [FulfillmentOrder], _ proof: DisposalProof, actor: String, occurred: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "ord": .int, "merchant": .int])
        for one in fulfillments { rows.add(one.id, one.order, one.merchant) }
        try tx.run(
            """
            INSERT INTO disposal_proof (fulfillment_order, order_id, merchant, reference, words, document_hash, actor,
                disposed_at, recorded_at)
            SELECT v.id, v.ord, v.merchant, \(proof.reference), \(proof.words), \(proof.documentHash), \(actor),
                \(occurred), \(tx.now) FROM (\(rows: rows)) AS v
            """, expecting: rows.count)
    }
}

extension Fulfillments {
    /// Puts off open fulfillment orders whose goods come later: each by the longest delay of its lines. Answers them as
    /// they stand then.
    package static func delay(
        _ delays: [FulfillmentLineID: Duration], in tx: Transaction
    ) throws -> [FulfillmentOrder] {
        let heads = try heads(of: delays.keys.sorted(), in: tx)
        var byHead: [FulfillmentID: Duration] = [:]
        for (line, delay) in delays { if let head = heads[line] { byHead[head] = max(byHead[head] ?? delay, delay) } }
        let open = try load(byHead.keys.sorted(), in: tx).filter { $0.state == .open }
        var rows = Rows(["id": .int, "by": .int])
        for one in open { rows.add(one.id, byHead[one.id]?.micros ?? 0) }
        try tx.run(
            """
            UPDATE fulfillment_order SET available_from = available_from + v.by, release_by = release_by + v.by,
                ship_by = ship_by + v.by, deliver_by = deliver_by + v.by
            FROM (\(rows: rows)) AS v WHERE fulfillment_order.id = v.id AND fulfillment_order.state = 'open'
            """, expecting: rows.count)
        return try load(open.map(\.id), in: tx)
    }
}
