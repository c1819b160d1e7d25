import Kernel
import Store

/// What is known of the worth of a SKU's units where they lie.
package struct StockValue: Sendable {
    /// When somebody last asked that it be valued.
    package let askedAt: Instant
    /// Minor units of the operator's currency; a site that is not there has nothing worth keeping.
    package var bySite: [SiteID: Int64]
}

package enum StockValues {
    /// As they stand now, by SKU; one that was never valued is absent.
    package static func load(of skus: some Sequence<SKUID>, in tx: Transaction) throws -> [SKUID: StockValue] {
        let rows = try tx.query(
            """
            SELECT a.sku, a.asked_at, COALESCE(v.site, 0), COALESCE(v.value, 0) FROM stock_valuation a
            LEFT JOIN stock_value v ON v.sku = a.sku AND v.until_at = \(Instant.distantFuture)
            WHERE a.sku IN \(list: Set(skus).sorted()) ORDER BY a.sku, v.site
            """
        ) { try ($0.next(SKUID.self), $0.next(Instant.self), $0.next(SiteID.self), $0.next(Int64.self)) }
        var found: [SKUID: StockValue] = [:]
        for (sku, asked, site, value) in rows {
            found[sku, default: StockValue(askedAt: asked, bySite: [:])].bySite[site] = value > 0 ? value : nil
        }
        return found
    }

    /// Puts SKUs down to be valued.
    package static func ask(_ skus: [SKUID], in tx: Transaction) throws {
        var rows = Rows(["sku": .int])
        for sku in skus.sorted() { rows.add(sku) }
        try tx.run(
            """
            INSERT INTO stock_valuation (sku, asked_at, open) SELECT v.sku, \(tx.now), 1 FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku) DO UPDATE SET asked_at = excluded.asked_at, open = 1
            """)
    }

    /// Those that wait to be valued, the longest waiting first.
    package static func asked(limit: Int, in tx: Transaction) throws -> [SKUID] {
        try tx.values(
            "SELECT sku FROM stock_valuation WHERE open = 1 ORDER BY asked_at, sku LIMIT \(limit) \(.forUpdate)", as: SKUID.self)
    }

    /// Writes what SKUs are worth from now on; what stays as it was is not written again.
    package static func set(_ values: [SKUID: [SiteID: Int64]], in tx: Transaction) throws {
        let known = try load(of: values.keys, in: tx)
        var ended = Rows(["sku": .int, "site": .int]), begun = Rows(["sku": .int, "site": .int, "value": .int])
        for (sku, new) in values.sorted(by: { $0.key < $1.key }) {
            let old = known[sku]?.bySite ?? [:]
            for site in Set(old.keys).union(new.keys).sorted() where old[site] != new[site] {
                if old[site] != nil { ended.add(sku, site) }
                if let value = new[site], value > 0 { begun.add(sku, site, value) }
            }
        }
        try tx.run(
            """
            UPDATE stock_value SET until_at = \(tx.now) FROM (\(rows: ended)) AS v
            WHERE stock_value.sku = v.sku AND stock_value.site = v.site AND until_at = \(Instant.distantFuture)
            """)
        try tx.run(
            """
            INSERT INTO stock_value (sku, site, value, from_at, until_at)
            SELECT v.sku, v.site, v.value, \(tx.now), \(Instant.distantFuture) FROM (\(rows: begun)) AS v WHERE true
            ON CONFLICT (sku, site, from_at) DO UPDATE SET value = excluded.value, until_at = excluded.until_at
            """)
        try tx.run(
            "UPDATE stock_valuation SET valued_at = \(tx.now), open = 0 WHERE sku IN \(list: values.keys.sorted())")
    }
}
