import Inventory
import Kernel
import Store

/// Everything about the stock of one SKU: site by site, bin by bin, and what comes.
package struct StockStory: Sendable {
    package struct AtSite: Sendable {
        package let site: SiteID
        package let sums: StockSums
    }

    /// What comes and can be promised already.
    package struct Coming: Sendable {
        package let site: SiteID
        package let kind: SupplyKind
        /// The shipment or the transfer's order; nil for what is promised ahead of any.
        package let asn: ASNID?
        package let order: OrderID?
        /// As its merchant numbers it.
        package let number: String?
        package let from: Instant
        package let quantity: Quantity
        package let promised: Quantity
    }

    package let sku: SKUView
    package let line: StockSummary
    package let sites: [AtSite]
    /// The fullest first; at most `most`.
    package let cells: [StockCell]
    package let coming: [Coming]
    /// Of goods tracked by serial: those in stock, at most `most`.
    package let serials: [String]
    package let lots: [LotView]
    package let names: Names

    package static let most = 100

    /// - Throws: `NotFound` where there is no such SKU for the reader.
    package static func read(_ id: SKUID, _ scope: Scope, in tx: Transaction) throws -> StockStory {
        let sku = try SKUView.find(id, scope, in: tx)
        var filter = StockListFilter()
        filter.text = id.description
        let window = try StockSummary.window(filter, scope, after: nil, limit: 1, in: tx)
        let line = window.lines.first ?? StockSummary(sku: id, merchant: sku.merchant, code: sku.code, name: sku.name)
        let mine = scope.owns(merchant: "owner", site: "site")
        return StockStory(
            sku: sku, line: line, sites: try sites(of: id, mine, in: tx),
            cells: try StockCell.list(
                "s.sku = \(id) AND \(scope.owns(merchant: "s.owner", site: "s.site"))", order: "s.on_hand DESC, s.id", limit: most,
                in: tx),
            coming: try coming(id, mine, in: tx),
            serials: sku.serialTracked
                ? try tx.values(
                    """
                    SELECT serial FROM serial WHERE owner = \(sku.merchant) AND sku = \(id) AND state = 'in_stock' AND \(mine)
                    ORDER BY serial LIMIT \(most)
                    """) : [],
            lots: sku.lotTracked ? try LotView.of(id, scope, in: tx) : [], names: try Names(merchants: [sku.merchant], in: tx))
    }

    private static func sites(of sku: SKUID, _ mine: SQL, in tx: Transaction) throws -> [AtSite] {
        let lying = Dictionary(
            uniqueKeysWithValues: try tx.query(
                "SELECT site, SUM(on_hand) FROM stock WHERE sku = \(sku) AND \(mine) GROUP BY site ORDER BY site"
            ) { (try $0.next(SiteID.self), try $0.next(Quantity.self)) })
        return try tx.query(
            "SELECT site, \(StockSums.columns) FROM supply WHERE sku = \(sku) AND \(mine) GROUP BY site ORDER BY site"
        ) {
            let site = try $0.next(SiteID.self)
            var sums = try StockSums(&$0)
            sums.onHand += lying[site] ?? 0
            return AtSite(site: site, sums: sums)
        }
    }

    private static func coming(_ sku: SKUID, _ mine: SQL, in tx: Transaction) throws -> [Coming] {
        let found = try tx.query(
            """
            SELECT site, kind, source, available_from, sellable, held + reserved FROM supply
            WHERE sku = \(sku) AND kind IN ('inbound', 'transfer', 'preorder') AND sellable > 0 AND \(mine)
            ORDER BY available_from, id LIMIT \(most)
            """
        ) {
            (
                site: try $0.next(SiteID.self), kind: try $0.next(SupplyKind.self), source: try $0.next(Int64.self),
                from: try $0.next(Instant.self), sellable: try $0.next(Quantity.self), promised: try $0.next(Quantity.self)
            )
        }
        let sources = found.map(\.source)
        let asns = try numbers("SELECT id, number FROM asn WHERE id IN \(list: sources) ORDER BY id", in: tx)
        let orders = try numbers("SELECT id, number FROM orders WHERE id IN \(list: sources) ORDER BY id", in: tx)
        return found.map { one in
            Coming(
                site: one.site, kind: one.kind, asn: asns[one.source].map { _ in ASNID(one.source) },
                order: orders[one.source].map { _ in OrderID(one.source) }, number: asns[one.source] ?? orders[one.source],
                from: one.from, quantity: one.sellable, promised: one.promised)
        }
    }

    private static func numbers(_ sql: SQL, in tx: Transaction) throws -> [Int64: String] {
        Dictionary(uniqueKeysWithValues: try tx.query(sql) { (try $0.next(Int64.self), try $0.next(String.self)) })
    }
}

/// What of one SKU and lot lies in one place in one condition.
package struct StockCell: Sendable {
    package let id: StockID
    package let merchant: MerchantID
    package let sku: SKUID
    package let skuCode: String
    package let name: String
    package let site: SiteID
    package let location: LocationID?
    package let unit: UnitID?
    /// Of the location or unit.
    package let code: String
    package let lot: String?
    package let expires: CivilDate?
    package let condition: Condition
    package let onHand: Quantity
    /// Chosen for picks that are not done yet.
    package let allocated: Quantity
    package let isSellable: Bool

    /// - Parameter condition: on `s`, the balance.
    static func list(_ condition: SQL, order: SQL, limit: Int, in tx: Transaction) throws -> [StockCell] {
        try tx.query(
            """
            SELECT s.id, s.owner, s.sku, k.code, k.name, s.site, s.place_kind, s.place, COALESCE(l.code, u.code, ''), t.code,
                t.expires_on, s.condition, s.on_hand, s.allocated, s.sellable
            FROM stock s JOIN sku k ON k.id = s.sku
            LEFT JOIN location l ON l.id = s.place AND s.place_kind = 'location'
            LEFT JOIN handling_unit u ON u.id = s.place AND s.place_kind = 'unit' LEFT JOIN lot t ON t.id = s.lot
            WHERE \(condition) AND s.on_hand > 0 ORDER BY \(order) LIMIT \(limit)
            """
        ) { row in
            let (id, merchant, sku): (StockID, MerchantID, SKUID) = try (row.next(), row.next(), row.next())
            let (skuCode, name, site): (String, String, SiteID) = try (row.next(), row.next(), row.next())
            let (kind, place): (PlaceKind, Int64) = try (row.next(), row.next())
            return try StockCell(
                id: id, merchant: merchant, sku: sku, skuCode: skuCode, name: name, site: site,
                location: kind == .location ? LocationID(place) : nil, unit: kind == .unit ? UnitID(place) : nil,
                code: row.next(), lot: row.next(), expires: row.next(), condition: row.next(), onHand: row.next(),
                allocated: row.next(), isSellable: row.next())
        }
    }
}

/// A lot of a SKU with what lies of it.
package struct LotView: Sendable {
    package let code: String
    package let expires: CivilDate?
    /// `ok`, `hold` or `recalled`.
    package let state: String
    package let onHand: Quantity

    /// Those that lie somewhere, the first to expire first.
    static func of(_ sku: SKUID, _ scope: Scope, in tx: Transaction) throws -> [LotView] {
        try tx.query(
            """
            SELECT t.code, t.expires_on, t.state, SUM(s.on_hand) FROM stock s JOIN lot t ON t.id = s.lot
            WHERE s.sku = \(sku) AND s.on_hand > 0 AND \(scope.owns(merchant: "s.owner", site: "s.site"))
            GROUP BY t.id, t.code, t.expires_on, t.state ORDER BY COALESCE(t.expires_on, 99999999), t.id LIMIT \(StockStory.most)
            """
        ) { try LotView(code: $0.next(), expires: $0.next(), state: $0.next(), onHand: $0.next()) }
    }
}
