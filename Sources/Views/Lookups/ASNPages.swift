import Kernel
import Store
import Warehouse

/// An inbound shipment with what came of it.
package struct ASNView: Codable, Sendable {
    package struct Line: Codable, Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let expected: Quantity
        package let received: Quantity

        private enum CodingKeys: String, CodingKey { case sku, skuCode = "sku_code", expected, received }
    }

    package let id: ASNID
    package let merchant: MerchantID
    package let site: SiteID
    package let number: String
    package let state: ASNState
    package let expectedAt: Instant
    package var lines: [Line] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, site, number, state, expectedAt = "expected_at", lines
    }
}

/// Which inbound shipments are asked for; nil asks for all.
package struct ASNFilter: Sendable {
    package var merchant: MerchantID?
    package var site: SiteID?
    package var state: ASNState?

    package init(merchant: MerchantID? = nil, site: SiteID? = nil, state: ASNState? = nil) {
        self.merchant = merchant
        self.site = site
        self.state = state
    }
}

extension ASNView {
    /// - Throws: `NotFound` where there is no such ASN for the reader.
    package static func find(_ id: ASNID, _ scope: Scope, in tx: Transaction) throws -> ASNView {
        let found = try list("id = \(id) AND \(scope.owns(merchant: "merchant", site: "site"))", limit: 1, in: tx)
        guard let asn = found.first else { throw NotFound("asn", id) }
        return asn
    }

    /// A page, the newest first.
    package static func page(
        _ filter: ASNFilter, _ scope: Scope, after id: ASNID?, limit: Int, in tx: Transaction
    ) throws -> [ASNView] {
        var condition = scope.owns(merchant: "merchant", site: "site")
        if let id { condition = condition + " AND id < \(id)" }
        if let merchant = filter.merchant { condition = condition + " AND merchant = \(merchant)" }
        if let site = filter.site { condition = condition + " AND site = \(site)" }
        if let state = filter.state { condition = condition + " AND state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [ASNView] {
        var found = try tx.query(
            "SELECT id, merchant, site, number, state, expected_at FROM asn WHERE \(condition) ORDER BY id DESC LIMIT \(limit)"
        ) {
            try ASNView(
                id: $0.next(), merchant: $0.next(), site: $0.next(), number: $0.next(), state: $0.next(), expectedAt: $0.next())
        }
        let lines = try tx.query(
            """
            SELECT l.asn, l.sku, s.code, l.expected, l.received FROM asn_line l JOIN sku s ON s.id = l.sku
            WHERE l.asn IN \(list: found.map(\.id)) ORDER BY l.asn, l.id
            """
        ) {
            let asn = try $0.next(ASNID.self)
            return try (asn, Line(sku: $0.next(), skuCode: $0.next(), expected: $0.next(), received: $0.next()))
        }
        let byASN = Dictionary(grouping: lines, by: \.0)
        for index in found.indices { found[index].lines = (byASN[found[index].id] ?? []).map(\.1) }
        return found
    }
}
