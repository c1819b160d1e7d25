import Kernel
import Store

/// A pool with what is in it.
package struct PoolView: Codable, Sendable {
    /// What it has of one SKU at one site.
    package struct Level: Codable, Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let site: SiteID
        /// `on_hand`, `inbound`, `transfer` or `preorder`.
        package let kind: String
        package let availableFrom: Instant?
        package let sellable: Quantity
        package let held: Quantity
        package let reserved: Quantity
        package let available: Quantity

        private enum CodingKeys: String, CodingKey {
            case sku, skuCode = "sku_code", site, kind, availableFrom = "available_from", sellable, held, reserved, available
        }
    }

    package let id: PoolID
    package let merchant: MerchantID
    package let code: String
    package let kind: String
    package let channel: String?
    package let thenMain: Bool
    package let heldOnly: Bool
    package let state: String
    package private(set) var levels: [Level] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, code, kind, channel, thenMain = "then_main", heldOnly = "held_only", state, levels
    }

    /// Without levels, by id.
    package static func list(
        _ scope: Scope, after cursor: PoolID?, limit: Int, in tx: Transaction
    ) throws -> [PoolView] {
        try load("id > \(cursor?.raw ?? 0)", scope, limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such pool for the reader.
    package static func find(_ id: PoolID, _ scope: Scope, in tx: Transaction) throws -> PoolView {
        guard var pool = try load("id = \(id)", scope, 1, in: tx).first else { throw NotFound("pool", id) }
        pool.levels = try tx.query(
            """
            SELECT s.sku, k.code, s.site, s.kind, s.available_from, s.sellable, s.held, s.reserved FROM supply s
            JOIN sku k ON k.id = s.sku
            WHERE s.owner = \(pool.merchant) AND s.pool = \(pool.code) AND s.kind <> 'unsellable' ORDER BY s.sku, s.site, s.id
            """
        ) {
            let (sku, code, site, kind): (SKUID, String, SiteID, String) = try ($0.next(), $0.next(), $0.next(), $0.next())
            let (from, sellable, held, reserved): (Instant, Quantity, Quantity, Quantity) =
                try ($0.next(), $0.next(), $0.next(), $0.next())
            return Level(
                sku: sku, skuCode: code, site: site, kind: kind, availableFrom: kind == "on_hand" ? nil : from,
                sellable: sellable, held: held, reserved: reserved, available: max(0, sellable - held - reserved))
        }
        return pool
    }

    private static func load(_ condition: SQL, _ scope: Scope, _ limit: Int, in tx: Transaction) throws -> [PoolView] {
        try tx.query(
            """
            SELECT id, merchant, code, kind, channel, then_main, held_only, state FROM pool
            WHERE \(condition) AND \(scope.owns(merchant: "merchant")) ORDER BY id LIMIT \(limit)
            """
        ) {
            try PoolView(
                id: $0.next(), merchant: $0.next(), code: $0.next(), kind: $0.next(), channel: $0.next(),
                thenMain: $0.next(), heldOnly: $0.next(), state: $0.next())
        }
    }
}
