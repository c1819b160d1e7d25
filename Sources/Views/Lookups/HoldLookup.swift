import Kernel
import Store

/// A quantity kept for somebody for a short time.
package struct HoldView: Codable, Sendable {
    package let id: HoldID
    package let merchant: MerchantID
    package let sku: SKUID
    package let skuCode: String
    package let site: SiteID
    package let quantity: Quantity
    package let purpose: String
    package let reference: String
    /// `active`, `converted`, `released` or `expired`.
    package let state: String
    package let expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, merchant, sku, skuCode = "sku_code", site, quantity, purpose, reference, state, expiresAt = "expires_at"
    }

    /// - Throws: `NotFound` where there is no such hold for the reader.
    package static func find(_ id: HoldID, _ scope: Scope, in tx: Transaction) throws -> HoldView {
        let found = try tx.first(
            """
            SELECT h.id, h.owner, s.sku, k.code, s.site, h.quantity, h.purpose, h.reference, h.state, h.expires_at
            FROM hold h JOIN supply s ON s.id = h.supply JOIN sku k ON k.id = s.sku
            WHERE h.id = \(id) AND \(scope.owns(merchant: "h.owner"))
            """
        ) {
            try HoldView(
                id: $0.next(), merchant: $0.next(), sku: $0.next(), skuCode: $0.next(), site: $0.next(), quantity: $0.next(),
                purpose: $0.next(), reference: $0.next(), state: $0.next(), expiresAt: $0.next())
        }
        guard let found else { throw NotFound("hold", id) }
        return found
    }
}
