import Inventory
import Kernel
import Merchants
import Orders
import Store

/// One SKU of a merchant over all sites: what is there, what comes, and how long it lasts as it sells now.
package struct StockAhead: Sendable {
    /// What stands at one site, or is on its way to it.
    package struct Part: Sendable {
        package let site: String
        /// In the bins of our sites, or as a partner reports it; without what is in totes and parcels.
        package let onHand: Quantity
        package let sellable: Quantity
        package let promised: Quantity
        package let short: Quantity
        /// The partner's report is overdue, so that nothing new is promised.
        package let isStale: Bool
    }

    package struct Arrival: Sendable {
        package let site: String
        package let at: Instant
        package let quantity: Quantity
    }

    /// Why units are there and may not be sold, or why there are none; in the order in which they are told.
    package enum Hindrance: String, CaseIterable, Sendable {
        case unmeasured
        case nothingThere = "nothing_there"
        /// Damaged, held, in quarantine, or not in a place that sells.
        case setAside = "set_aside"
        case stale
        /// All of it is promised.
        case promised
        /// More is promised than is there.
        case short
    }

    package let sku: SKUID
    package let code: String
    package let name: String
    package let isKit: Bool
    package let isMeasured: Bool
    package let parts: [Part]
    /// By date.
    package let arrivals: [Arrival]
    /// Units asked for in a day, by the merchant's latest orders.
    package let perDay: Double

    package var onHand: Quantity { parts.reduce(0) { $0 + $1.onHand } }
    package var sellable: Quantity { parts.reduce(0) { $0 + $1.sellable } }
    package var promised: Quantity { parts.reduce(0) { $0 + $1.promised } }
    package var inbound: Quantity { arrivals.reduce(0) { $0 + $1.quantity } }
    /// What may be sold now.
    package var available: Quantity { parts.reduce(0) { $1.isStale ? $0 : $0 + max(0, $1.sellable - $1.promised) } }
    /// Days until the last one is sold; nil where nothing sells.
    package var coverDays: Int64? { perDay > 0 ? Int64((Double(available.rawValue) / perDay).rounded(.down)) : nil }

    package var hindrances: [Hindrance] {
        guard !isKit else { return [] }
        let all: [(Hindrance, Bool)] = [
            (.unmeasured, !isMeasured), (.nothingThere, onHand == 0 && sellable == 0),
            (.setAside, parts.contains { $0.onHand > $0.sellable }), (.stale, parts.contains(where: \.isStale)),
            (.promised, available == 0 && sellable > 0), (.short, parts.contains { $0.short > 0 }),
        ]
        return all.filter(\.1).map(\.0)
    }

    /// Units that may be sold at the end of each day from today on, as it sells now and comes as announced.
    /// What is asked for while there is none is lost.
    package func outlook(days: Int, from now: Instant) -> [Double] {
        var level = Double(available.rawValue), seen = Instant.distantPast, levels: [Double] = []
        for day in 0..<days {
            let end = now + .days(day)
            if day > 0 { level = max(0, level - perDay) }
            level += arrivals.reduce(0) { $1.at > seen && $1.at <= end ? $0 + Double($1.quantity.rawValue) : $0 }
            seen = end
            levels.append(level)
        }
        return levels
    }
}

extension StockAhead {
    /// A page of a merchant's SKUs by code.
    package static func page(
        of merchant: MerchantID, prefix: String = "", after code: String?, limit: Int, in tx: Transaction
    ) throws -> [StockAhead] {
        try read(Catalog.list(of: merchant, after: code, prefix: prefix, limit: limit, in: tx), of: merchant, in: tx)
    }

    /// - Throws: `NotFound` where the merchant has no such SKU.
    package static func find(_ id: SKUID, of merchant: MerchantID, in tx: Transaction) throws -> StockAhead {
        let found = try Catalog.find([id], in: tx)[id]
        guard let sku = found, sku.merchant == merchant, let one = try read([sku], of: merchant, in: tx).first
        else { throw NotFound("sku", id) }
        return one
    }

    private static func read(_ skus: [SKU], of merchant: MerchantID, in tx: Transaction) throws -> [StockAhead] {
        let ids = skus.map(\.id)
        let parts = Dictionary(grouping: try parts(of: ids, in: tx), by: \.0)
        let arrivals = Dictionary(grouping: try arrivals(of: ids, in: tx), by: \.0)
        let pace = try SalesPace.read(of: merchant, ids, in: tx)
        return skus.map { sku in
            StockAhead(
                sku: sku.id, code: sku.code, name: sku.name, isKit: sku.isKit,
                isMeasured: sku.packaging.contains { $0.kind == .each && $0.dimensions != nil && $0.weight != nil },
                parts: (parts[sku.id] ?? []).map(\.1), arrivals: (arrivals[sku.id] ?? []).map(\.1),
                perDay: pace.perDay(sku.id))
        }
    }

    private static func parts(of skus: [SKUID], in tx: Transaction) throws -> [(SKUID, Part)] {
        try tx.query(
            """
            SELECT g.sku, t.name,
                (SELECT COALESCE(SUM(b.on_hand), 0) FROM stock b
                    WHERE b.sku = g.sku AND b.site = g.site AND b.place_kind = 'location') + g.reported,
                g.sellable, g.promised, g.short, g.stale
            FROM (
                SELECT s.sku, s.site, SUM(s.sellable) AS sellable, SUM(s.held + s.reserved) AS promised, SUM(s.short) AS short,
                    MAX(s.stale) AS stale,
                    SUM(CASE WHEN s.kind = 'partner' THEN s.sellable ELSE 0 END) AS reported
                FROM supply s WHERE s.sku IN \(list: skus) AND s.kind IN ('on_hand', 'partner')
                GROUP BY s.sku, s.site) AS g
            JOIN site t ON t.id = g.site ORDER BY g.sku, g.site
            """
        ) {
            let sku = try $0.next(SKUID.self)
            return try (
                sku,
                Part(
                    site: $0.next(), onHand: $0.next(), sellable: $0.next(), promised: $0.next(), short: $0.next(), isStale: $0.next())
            )
        }
    }

    private static func arrivals(of skus: [SKUID], in tx: Transaction) throws -> [(SKUID, Arrival)] {
        try tx.query(
            """
            SELECT s.sku, t.name, s.available_from, s.sellable FROM supply s JOIN site t ON t.id = s.site
            WHERE s.sku IN \(list: skus) AND s.kind IN ('inbound', 'transfer') AND s.sellable > 0
            ORDER BY s.sku, s.available_from, s.id
            """
        ) {
            let sku = try $0.next(SKUID.self)
            return try (sku, Arrival(site: $0.next(), at: $0.next(), quantity: $0.next()))
        }
    }
}
