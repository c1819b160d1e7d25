import Kernel
import Store

/// All that one merchant has at a partner's site at a moment, as the partner counts it.
package struct StockReport: Sendable {
    package struct Line: Sendable {
        package let sku: SKUID
        /// `new` is sellable.
        package let condition: String
        package let quantity: Quantity

        package init(sku: SKUID, condition: String, quantity: Quantity) {
            self.sku = sku
            self.condition = condition
            self.quantity = quantity
        }
    }

    package let id: StockReportID
    package let site: SiteID
    package let merchant: MerchantID
    package let asOf: Instant
    package let lines: [Line]

    package init(id: StockReportID, site: SiteID, merchant: MerchantID, asOf: Instant, lines: [Line]) {
        self.id = id
        self.site = site
        self.merchant = merchant
        self.asOf = asOf
        self.lines = lines
    }
}

package enum StockReports {
    /// The newest one taken of a merchant's goods at a site.
    package static func newest(
        of merchant: MerchantID, at site: SiteID, in tx: Transaction
    ) throws -> (id: StockReportID, asOf: Instant)? {
        try tx.first(
            """
            SELECT id, as_of FROM stock_report WHERE site = \(site) AND merchant = \(merchant) ORDER BY as_of DESC, id LIMIT 1
            """
        ) { try (id: $0.next(), asOf: $0.next()) }
    }

    package static func find(
        _ ids: [StockReportID], in tx: Transaction
    ) throws -> [(id: StockReportID, site: SiteID, merchant: MerchantID)] {
        try tx.query("SELECT id, site, merchant FROM stock_report WHERE id IN \(list: ids) ORDER BY id") {
            try (id: $0.next(), site: $0.next(), merchant: $0.next())
        }
    }

    /// Keeps a report; answers what it says of each SKU that is sellable, with 0 for those that it names no more.
    package static func add(_ report: StockReport, actor: String, in tx: Transaction) throws -> [SKUID: Quantity] {
        try tx.run(
            """
            INSERT INTO stock_report (id, site, merchant, as_of, recorded_at, actor)
            VALUES (\(report.id), \(report.site), \(report.merchant), \(report.asOf), \(tx.now), \(actor))
            """)
        var lines = Rows(["sku": .int, "condition": .text, "quantity": .int])
        for line in report.lines { lines.add(line.sku, line.condition, line.quantity) }
        try tx.run(
            """
            INSERT INTO stock_report_line (report, sku, condition, quantity)
            SELECT \(report.id), v.sku, v.condition, v.quantity FROM (\(rows: lines)) AS v
            """)
        var stands = Dictionary(
            uniqueKeysWithValues: try tx.values(
                "SELECT sku FROM partner_stock WHERE site = \(report.site) AND owner = \(report.merchant) ORDER BY sku",
                as: SKUID.self
            ).map { ($0, Quantity(0)) })
        for line in report.lines where line.condition == "new" { stands[line.sku] = line.quantity }
        for line in report.lines where stands[line.sku] == nil { stands[line.sku] = 0 }
        try keep(stands, report, in: tx)
        return stands
    }

    private static func keep(_ stands: [SKUID: Quantity], _ report: StockReport, in tx: Transaction) throws {
        var rows = Rows(["sku": .int, "reported": .int])
        for (sku, quantity) in stands.sorted(by: { $0.key < $1.key }) { rows.add(sku, quantity) }
        try tx.run(
            """
            INSERT INTO partner_stock (site, sku, owner, reported, as_of)
            SELECT \(report.site), v.sku, \(report.merchant), v.reported, \(report.asOf) FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (site, sku) DO UPDATE SET reported = excluded.reported, as_of = excluded.as_of
            """)
    }

    /// As of when the newest reports are, by SKU.
    package static func asOf(_ skus: [SKUID], at site: SiteID, in tx: Transaction) throws -> [SKUID: Instant] {
        let rows = try tx.query(
            "SELECT sku, as_of FROM partner_stock WHERE site = \(site) AND sku IN \(list: Set(skus).sorted()) ORDER BY sku"
        ) { try ($0.next(SKUID.self), $0.next(Instant.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
