import Kernel
import Store
import Warehouse

/// A merchant's doubt about what was received, with the site's answer.
package struct DisputeView: Codable, Sendable {
    package let id: DisputeID
    package let asn: ASNID
    /// The merchant's number of the shipment.
    package let asnNumber: String
    package let merchant: MerchantID
    package let site: SiteID
    package let sku: SKUID
    package let skuCode: String
    package let claimed: Quantity
    package let received: Quantity
    package let note: String
    package let state: DisputeState
    package let found: Quantity
    package let owed: Quantity
    package let answer: String?
    package let openedAt: Instant
    package let closedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, asn, asnNumber = "asn_number", merchant, site, sku, skuCode = "sku_code", claimed, received, note, state, found, owed
        case answer, openedAt = "opened_at", closedAt = "closed_at"
    }

    /// Which are asked for; nil asks for all.
    package struct Filter: Sendable {
        package var asn: ASNID?
        package var state: DisputeState?

        package init(asn: ASNID? = nil, state: DisputeState? = nil) { (self.asn, self.state) = (asn, state) }
    }

    /// - Throws: `NotFound` where there is no such dispute for the reader.
    package static func find(_ id: DisputeID, _ scope: Scope, in tx: Transaction) throws -> DisputeView {
        guard let one = try list("d.id = \(id) AND \(owns(scope))", limit: 1, in: tx).first else { throw NotFound("dispute", id) }
        return one
    }

    /// A page, the newest first.
    package static func page(
        _ filter: Filter, _ scope: Scope, after id: DisputeID?, limit: Int, in tx: Transaction
    ) throws -> [DisputeView] {
        var condition = owns(scope)
        if let id { condition = condition + " AND d.id < \(id)" }
        if let asn = filter.asn { condition = condition + " AND d.asn = \(asn)" }
        if let state = filter.state { condition = condition + " AND d.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    private static func owns(_ scope: Scope) -> SQL { scope.owns(merchant: "d.merchant", site: "d.site") }

    private static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [DisputeView] {
        try tx.query(
            """
            SELECT d.id, d.asn, a.number, d.merchant, d.site, d.sku, s.code, d.claimed, d.received, d.note, d.state, d.found, d.owed,
                d.answer, d.opened_at, d.closed_at
            FROM inbound_dispute d JOIN asn a ON a.id = d.asn JOIN sku s ON s.id = d.sku
            WHERE \(condition) ORDER BY d.id DESC LIMIT \(limit)
            """
        ) {
            try DisputeView(
                id: $0.next(), asn: $0.next(), asnNumber: $0.next(), merchant: $0.next(), site: $0.next(), sku: $0.next(),
                skuCode: $0.next(), claimed: $0.next(), received: $0.next(), note: $0.next(), state: $0.next(), found: $0.next(),
                owed: $0.next(), answer: $0.next(), openedAt: $0.next(), closedAt: $0.next())
        }
    }
}
