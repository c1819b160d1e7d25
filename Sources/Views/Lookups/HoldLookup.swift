import Kernel
import Store

/// A quantity kept for somebody for a short time.
package struct HoldView: Codable, Sendable {
    /// What is kept of one SKU at one site.
    package struct Claim: Codable, Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let site: SiteID
        package let quantity: Quantity

        private enum CodingKeys: String, CodingKey { case sku, skuCode = "sku_code", site, quantity }
    }

    package let id: HoldID
    package let merchant: MerchantID
    package let pool: String
    package let purpose: String
    package let reference: String
    /// `active`, `confirmed`, `voided` or `expired`.
    package let state: String
    package let expiresAt: Instant
    /// The order that took it.
    package let order: OrderID?
    package private(set) var claims: [Claim] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, pool, purpose, reference, state, expiresAt = "expires_at", order, claims
    }

    /// - Throws: `NotFound` where there is no such hold for the reader.
    package static func find(_ id: HoldID, _ scope: Scope, in tx: Transaction) throws -> HoldView {
        let found = try tx.first(
            """
            SELECT id, owner, pool, purpose, reference, state, expires_at, order_id FROM hold
            WHERE id = \(id) AND \(scope.owns(merchant: "owner"))
            """
        ) {
            try HoldView(
                id: $0.next(), merchant: $0.next(), pool: $0.next(), purpose: $0.next(), reference: $0.next(),
                state: $0.next(), expiresAt: $0.next(), order: $0.next())
        }
        guard var hold = found else { throw NotFound("hold", id) }
        hold.claims = try tx.query(
            """
            SELECT c.sku, k.code, s.site, c.quantity FROM hold_claim c JOIN supply s ON s.id = c.supply JOIN sku k ON k.id = c.sku
            WHERE c.hold = \(id) ORDER BY c.supply
            """
        ) { try Claim(sku: $0.next(), skuCode: $0.next(), site: $0.next(), quantity: $0.next()) }
        return hold
    }
}
