import Inventory
import Kernel
import Orders
import Store

/// An order that no shopper pays for: a transfer, removal, disposal, sample or replacement.
package struct OutboundView: Codable, Sendable {
    /// Where the units of a SKU are; together they are `quantity`.
    package struct Line: Codable, Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let quantity: Quantity
        /// Not yet with a carrier, nor disposed of.
        package let open: Quantity
        package let underWay: Quantity
        /// At the far site, the merchant or the shopper.
        package let arrived: Quantity
        package let returned: Quantity
        package let lost: Quantity
        package let disposed: Quantity
        package let cancelled: Quantity

        private enum CodingKeys: String, CodingKey {
            case sku, skuCode = "sku_code", quantity, open, underWay = "under_way", arrived, returned, lost, disposed, cancelled
        }
    }

    package struct Proof: Codable, Sendable {
        package let fulfillmentOrder: FulfillmentID
        package let reference: String
        package let words: String
        package let documentHash: String?
        package let disposedAt: Instant

        private enum CodingKeys: String, CodingKey {
            case fulfillmentOrder = "fulfillment_order", reference, words, documentHash = "document_sha256"
            case disposedAt = "disposed_at"
        }
    }

    package let id: OrderID
    package let merchant: MerchantID
    package let purpose: FulfillmentPurpose
    package let channel: String
    package let number: String
    package let state: OrderState
    package let from: SiteID?
    package let to: SiteID?
    package let original: OrderID?
    package let condition: Condition?
    package let reason: String?
    package let placedAt: Instant
    package let shipBy: Instant?
    /// When the goods of a transfer under way are expected at the far site.
    package let expectedAt: Instant?
    package var lines: [Line] = []
    package var proofs: [Proof] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, purpose, channel, number, state, from, to, original, condition, reason, placedAt = "placed_at"
        case shipBy = "ship_by", expectedAt = "expected_at", lines, proofs
    }
}

/// Which outbound orders are asked for; nil asks for all.
package struct OutboundFilter: Sendable {
    package var merchant: MerchantID?
    package var purpose: FulfillmentPurpose?
    package var state: OrderState?
    package var from: SiteID?
    package var to: SiteID?

    package init(
        merchant: MerchantID? = nil, purpose: FulfillmentPurpose? = nil, state: OrderState? = nil, from: SiteID? = nil,
        to: SiteID? = nil
    ) {
        self.merchant = merchant
        self.purpose = purpose
        self.state = state
        self.from = from
        self.to = to
    }
}

extension OutboundView {
    /// - Throws: `NotFound` where there is no such outbound order for the reader.
    package static func find(_ id: OrderID, _ scope: Scope, in tx: Transaction) throws -> OutboundView {
        guard let found = try list("b.order_id = \(id) AND \(owns(scope))", limit: 1, in: tx).first else {
            throw NotFound("outbound_order", id)
        }
        return found
    }

    /// A page, the newest first.
    package static func page(
        _ filter: OutboundFilter, _ scope: Scope, after id: OrderID?, limit: Int, in tx: Transaction
    ) throws -> [OutboundView] {
        var condition = owns(scope)
        if let id { condition = condition + " AND b.order_id < \(id)" }
        if let merchant = filter.merchant { condition = condition + " AND b.merchant = \(merchant)" }
        if let purpose = filter.purpose { condition = condition + " AND b.purpose = \(purpose)" }
        if let state = filter.state { condition = condition + " AND o.state = \(state)" }
        if let from = filter.from { condition = condition + " AND b.from_site = \(from)" }
        if let to = filter.to { condition = condition + " AND b.to_site = \(to)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// A site sees what leaves it and what comes to it.
    private static func owns(_ scope: Scope) -> SQL {
        if case .site(let site) = scope { return "(b.from_site = \(site) OR b.to_site = \(site))" }
        return scope.owns(merchant: "b.merchant")
    }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [OutboundView] {
        var found = try tx.query(
            """
            SELECT o.id, o.merchant, o.purpose, o.channel, o.number, o.state, b.from_site, b.to_site, b.original, b.condition,
                b.reason, o.placed_at, o.ship_by,
                (SELECT MAX(s.available_from) FROM order_component c JOIN supply s ON s.sku = c.sku AND s.site = b.to_site
                    AND s.owner = b.merchant AND s.source = b.order_id AND s.sellable > 0 WHERE c.order_id = o.id)
            FROM outbound_order b JOIN orders o ON o.id = b.order_id WHERE \(condition) ORDER BY b.order_id DESC LIMIT \(limit)
            """
        ) {
            try OutboundView(
                id: $0.next(), merchant: $0.next(), purpose: $0.next(), channel: $0.next(), number: $0.next(), state: $0.next(),
                from: $0.next(), to: $0.next(), original: $0.next(), condition: $0.next(), reason: $0.next(),
                placedAt: $0.next(), shipBy: $0.next(), expectedAt: $0.next())
        }
        let lines = Dictionary(grouping: try lines(of: found.map(\.id), in: tx), by: \.0)
        let proofs = Dictionary(grouping: try proofs(of: found.map(\.id), in: tx), by: \.0)
        for index in found.indices {
            found[index].lines = (lines[found[index].id] ?? []).map(\.1)
            found[index].proofs = (proofs[found[index].id] ?? []).map(\.1)
        }
        return found
    }

    private static func lines(of orders: [OrderID], in tx: Transaction) throws -> [(OrderID, Line)] {
        try tx.query(
            """
            SELECT c.order_id, c.sku, k.code, c.ordered, c.waiting + c.reserved + c.picked + c.packed, c.shipped, c.delivered,
                c.returned, c.lost, c.disposed, c.cancelled
            FROM order_component c JOIN sku k ON k.id = c.sku WHERE c.order_id IN \(list: orders) ORDER BY c.order_id, c.id
            """
        ) {
            let order = try $0.next(OrderID.self)
            return try (
                order,
                Line(
                    sku: $0.next(), skuCode: $0.next(), quantity: $0.next(), open: $0.next(), underWay: $0.next(),
                    arrived: $0.next(), returned: $0.next(), lost: $0.next(), disposed: $0.next(), cancelled: $0.next())
            )
        }
    }

    private static func proofs(of orders: [OrderID], in tx: Transaction) throws -> [(OrderID, Proof)] {
        try tx.query(
            """
            SELECT order_id, fulfillment_order, reference, words, document_hash, disposed_at FROM disposal_proof
            WHERE order_id IN \(list: orders) ORDER BY order_id, fulfillment_order
            """
        ) {
            let order = try $0.next(OrderID.self)
            return try (
                order,
                Proof(
                    fulfillmentOrder: $0.next(), reference: $0.next(), words: $0.next(), documentHash: $0.next(),
                    disposedAt: $0.next())
            )
        }
    }
}
