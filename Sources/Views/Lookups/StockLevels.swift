import Kernel
import Store

/// Both books of one SKU at one site: what is there, and who was promised it.
package struct StockLevel: Codable, Sendable {
    package let merchant: MerchantID
    package let sku: SKUID
    package let skuCode: String
    package let site: SiteID
    package let siteCode: String
    /// In locations, totes and parcels of the site.
    package let onHand: Quantity
    /// Chosen for a pick, bin by bin.
    package let allocated: Quantity
    /// On hand where it may be promised, or reported by the partner who has it.
    package let sellable: Quantity
    package let held: Quantity
    package let reserved: Quantity
    /// Promised and not there: to be sourced elsewhere.
    package let short: Quantity
    package let availableToPromise: Quantity
    /// Announced and not here yet.
    package let inbound: Quantity

    private enum CodingKeys: String, CodingKey {
        case merchant, sku, skuCode = "sku_code", site, siteCode = "site_code", onHand = "on_hand", allocated, sellable, held
        case reserved, short, availableToPromise = "available_to_promise", inbound
    }

    package var cursor: StockCursor { StockCursor(sku: sku, site: site) }
}

/// A place in the list of stock levels.
package struct StockCursor: Codable, Sendable {
    package let sku: SKUID
    package let site: SiteID
}

/// Which levels are asked for; nil asks for all.
package struct StockFilter: Sendable {
    package var merchant: MerchantID?
    package var sku: SKUID?
    package var code: String?
    package var site: SiteID?

    package init(merchant: MerchantID? = nil, sku: SKUID? = nil, code: String? = nil, site: SiteID? = nil) {
        self.merchant = merchant
        self.sku = sku
        self.code = code
        self.site = site
    }
}

extension StockLevel {
    /// A page of levels by SKU and site. Whatever is on hand has a supply, so that the supplies are the list.
    package static func page(
        _ filter: StockFilter, _ scope: Scope, after cursor: StockCursor?, limit: Int, in tx: Transaction
    ) throws -> [StockLevel] {
        var condition = scope.owns(merchant: "s.owner", site: "s.site")
        if let cursor { condition = condition + " AND (s.sku, s.site) > (\(cursor.sku), \(cursor.site))" }
        if let merchant = filter.merchant { condition = condition + " AND s.owner = \(merchant)" }
        if let sku = filter.sku { condition = condition + " AND s.sku = \(sku)" }
        if let site = filter.site { condition = condition + " AND s.site = \(site)" }
        if let code = filter.code { condition = condition + " AND s.sku IN (SELECT id FROM sku WHERE code = \(code))" }
        return try tx.query(
            """
            SELECT g.owner, g.sku, k.code, g.site, t.code,
                (SELECT COALESCE(SUM(b.on_hand), 0) FROM stock b WHERE b.sku = g.sku AND b.site = g.site AND b.owner = g.owner),
                (SELECT COALESCE(SUM(b.allocated), 0) FROM stock b WHERE b.sku = g.sku AND b.site = g.site AND b.owner = g.owner),
                g.sellable, g.held, g.reserved, g.short, g.available, g.inbound
            FROM (
                SELECT s.owner, s.sku, s.site,
                    SUM(CASE WHEN s.kind IN ('on_hand', 'partner') THEN s.sellable ELSE 0 END) AS sellable, SUM(s.held) AS held,
                    SUM(s.reserved) AS reserved, SUM(s.short) AS short,
                    SUM(CASE WHEN s.kind IN ('on_hand', 'partner') AND s.stale = 0 AND s.sellable > s.held + s.reserved
                        THEN s.sellable - s.held - s.reserved ELSE 0 END) AS available,
                    SUM(CASE WHEN s.kind NOT IN ('on_hand', 'partner', 'unsellable') THEN s.sellable ELSE 0 END) AS inbound
                FROM supply s WHERE \(condition)
                GROUP BY s.owner, s.sku, s.site ORDER BY s.sku, s.site, s.owner LIMIT \(limit)) AS g
            JOIN sku k ON k.id = g.sku JOIN site t ON t.id = g.site ORDER BY g.sku, g.site, g.owner
            """
        ) {
            try StockLevel(
                merchant: $0.next(), sku: $0.next(), skuCode: $0.next(), site: $0.next(), siteCode: $0.next(),
                onHand: $0.next(), allocated: $0.next(), sellable: $0.next(), held: $0.next(), reserved: $0.next(),
                short: $0.next(), availableToPromise: $0.next(), inbound: $0.next())
        }
    }
}
