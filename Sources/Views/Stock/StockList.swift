import Kernel
import Merchants
import Orders
import Store

/// How a SKU stands to what is asked of it.
package enum StockStanding: String, CaseIterable, Sendable {
    /// More is promised than is there.
    case short
    /// Nothing is left to promise.
    case out
    /// It is gone within a week at the pace of the latest orders.
    case low
    case ok
}

/// Both books of one SKU, over all sites or at one.
package struct StockSummary: Sendable {
    package let sku: SKUID
    package let merchant: MerchantID
    package let code: String
    package let name: String
    /// In the sums of `StockSums`; all zero where no site ever had or expected it.
    package var sums = StockSums()
    /// Units that shoppers ask for in a day; nil where there are no orders to tell from.
    package var dailyDemand: Double?

    /// Days until what is available is gone; nil where nobody asks for it.
    package var daysOfCover: Double? { dailyDemand.flatMap { $0 > 0 ? Double(sums.available.rawValue) / $0 : nil } }

    package var standing: StockStanding {
        if sums.short > 0 { return .short }
        if sums.available == 0 { return .out }
        return daysOfCover.map { $0 < 7 } ?? false ? .low : .ok
    }
}

/// What there is of a SKU, who was promised it, and what comes.
package struct StockSums: Sendable, Equatable {
    /// In locations, totes and parcels of our sites, and as partners report it.
    package var onHand = Quantity(0)
    /// Of it, as partners report it: no movement of ours is behind it.
    package var reported = Quantity(0)
    /// For order lines and for those who are at a checkout.
    package var promised = Quantity(0)
    /// Promised and not there.
    package var short = Quantity(0)
    package var available = Quantity(0)
    /// On its way between two sites.
    package var inTransit = Quantity(0)
    /// Announced by its merchant, or promised ahead of any announcement.
    package var expected = Quantity(0)

    package init() {}

    package static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.onHand += b.onHand
        sum.reported += b.reported
        sum.promised += b.promised
        sum.short += b.short
        sum.available += b.available
        sum.inTransit += b.inTransit
        sum.expected += b.expected
        return sum
    }
}

/// Which SKUs a list is asked for; nil asks for all.
package struct StockListFilter: Sendable {
    package var merchant: MerchantID?
    package var site: SiteID?
    package var standing: StockStanding?
    /// A barcode, the beginning of a code, or part of a name.
    package var text: String?

    package init() {}
}

/// A page of SKUs, and where to go on.
package struct StockWindow: Sendable {
    package let lines: [StockSummary]
    /// Ask for what comes after it; nil where nothing does. There may be more although no row is here.
    package let next: SKUID?
    /// How many of the latest orders told the pace.
    package static let orders = 2000
}

extension StockSummary {
    /// A page by merchant and code; of one site, by merchant and id.
    ///
    /// - Parameter reach: how many SKUs one page is picked out of, where no index holds what is asked for.
    package static func window(
        _ filter: StockListFilter, _ scope: Scope, after id: SKUID?, limit: Int, reach: Int = 1000, in tx: Transaction
    ) throws -> StockWindow {
        let walk = StockWalk(filter, scope)
        var found: [StockSummary] = [], next: SKUID?
        if let text = filter.text, let named = try walk.named(text, limit: limit, in: tx) {
            found = named
        } else {
            let isPicky = filter.standing != nil || filter.text != nil
            found = try walk.lines(after: id, limit: isPicky ? reach : limit + 1, in: tx)
            if isPicky, found.count == reach { next = found.last?.sku }
            if let text = filter.text?.lowercased() { found = found.filter { $0.name.lowercased().contains(text) } }
        }
        found = try filled(found, at: walk.site, in: tx)
        if let standing = filter.standing { found = found.filter { $0.standing == standing } }
        guard found.count > limit else { return StockWindow(lines: found, next: next) }
        return StockWindow(lines: Array(found.prefix(limit)), next: found[limit - 1].sku)
    }

    /// The same lines with their sums, and, over all sites, with the pace at which they go.
    private static func filled(_ lines: [StockSummary], at site: SiteID?, in tx: Transaction) throws -> [StockSummary] {
        let skus = lines.map(\.sku)
        let sums = try StockSums.load(skus, at: site, in: tx)
        let demand = try site == nil ? RecentDemand.load(of: skus.sorted(), among: StockWindow.orders, each: 0, in: tx) : nil
        // Less than a day tells nothing of the days to come.
        let days = demand.map { max(1, Double($0.span.micros) / Double(Duration.days(1).micros)) }
        return lines.map { line in
            var line = line
            line.sums = sums[line.sku] ?? StockSums()
            line.dailyDemand = days.map { Double(demand?.bySKU[line.sku]?.seen ?? 0) / $0 }
            return line
        }
    }
}

extension StockSums {
    /// By SKU, over all sites or at one.
    package static func load(_ skus: [SKUID], at site: SiteID?, in tx: Transaction) throws -> [SKUID: StockSums] {
        let here: SQL = site.map { " AND site = \($0)" } ?? ""
        var sums = Dictionary(
            uniqueKeysWithValues: try tx.query(
                "SELECT sku, \(columns) FROM supply WHERE sku IN \(list: skus)\(here) GROUP BY sku ORDER BY sku"
            ) { (try $0.next(SKUID.self), try Self(&$0)) })
        let lying = try tx.query(
            "SELECT sku, SUM(on_hand) FROM stock WHERE sku IN \(list: skus)\(here) GROUP BY sku ORDER BY sku"
        ) { (try $0.next(SKUID.self), try $0.next(Quantity.self)) }
        for (sku, units) in lying { sums[sku, default: StockSums()].onHand += units }
        return sums
    }

    /// Over supplies; what lies in our own places is added from the other book.
    static let columns: SQL = """
        SUM(CASE WHEN kind = 'partner' THEN sellable ELSE 0 END), SUM(held + reserved), SUM(short),
        SUM(CASE WHEN kind IN ('on_hand', 'partner') AND stale = 0 AND sellable > held + reserved
            THEN sellable - held - reserved ELSE 0 END),
        SUM(CASE WHEN kind = 'transfer' THEN sellable ELSE 0 END),
        SUM(CASE WHEN kind IN ('inbound', 'preorder') THEN sellable ELSE 0 END)
        """

    init(_ row: inout RowReader) throws {
        (reported, promised, short) = try (row.next(), row.next(), row.next())
        onHand = reported
        (available, inTransit, expected) = try (row.next(), row.next(), row.next())
    }
}

/// The SKUs of a list in its order, each step along an index.
private struct StockWalk {
    let merchant: MerchantID?
    let site: SiteID?
    /// A carrier has no stock; somebody with one merchant or site asks for another.
    let isEmpty: Bool

    init(_ filter: StockListFilter, _ scope: Scope) {
        switch scope {
        case .network: (merchant, site, isEmpty) = (filter.merchant, filter.site, false)
        case .merchant(let own): (merchant, site, isEmpty) = (own, filter.site, filter.merchant.map { $0 != own } ?? false)
        case .site(let own): (merchant, site, isEmpty) = (filter.merchant, own, filter.site.map { $0 != own } ?? false)
        case .carrier: (merchant, site, isEmpty) = (nil, nil, true)
        }
    }

    func lines(after id: SKUID?, limit: Int, in tx: Transaction) throws -> [StockSummary] {
        if isEmpty { return [] }
        let last = try id.flatMap { id in
            try tx.first("SELECT merchant, code FROM sku WHERE id = \(id)") { (try $0.next(MerchantID.self), try $0.next(String.self)) }
        }
        guard let site else { return try everywhere(after: last, limit: limit, in: tx) }
        var along: SQL = "site = \(site)"
        if let merchant { along = along + " AND owner = \(merchant)" }
        if let id, let last { along = along + " AND (owner, sku) > (\(last.0), \(id))" }
        let here = try tx.query("SELECT DISTINCT owner, sku FROM supply WHERE \(along) ORDER BY owner, sku LIMIT \(limit)") {
            _ = try $0.next(MerchantID.self)
            return try $0.next(SKUID.self)
        }
        return try Self.read("id IN \(list: here) ORDER BY merchant, id", limit: limit, in: tx)
    }

    private func everywhere(after last: (MerchantID, String)?, limit: Int, in tx: Transaction) throws -> [StockSummary] {
        var along: SQL = "is_kit = 0"
        if let merchant {
            along = along + " AND merchant = \(merchant)"
            if let last { along = along + " AND code > \(last.1)" }
        } else if let last {
            along = along + " AND (merchant, code) > (\(last.0), \(last.1))"
        }
        return try Self.read(along + " ORDER BY merchant, code", limit: limit, in: tx)
    }

    /// Those with this barcode, else those whose codes begin so; nil where there are none.
    func named(_ text: String, limit: Int, in tx: Transaction) throws -> [StockSummary]? {
        if isEmpty { return [] }
        let scope: Scope = merchant.map(Scope.merchant) ?? .network
        var ids = try SKUID(text).map { [$0] } ?? BarcodeView.find(text, scope, in: tx).map(\.sku)
        if ids.isEmpty {
            let owners: SQL = merchant.map { "= \($0)" } ?? "IN (SELECT id FROM merchant)"
            for start in Set([text, text.uppercased()]).sorted() {
                ids += try tx.values(
                    """
                    SELECT id FROM sku WHERE merchant \(owners) AND code >= \(start) AND code < \(start + "\u{10FFFF}")
                    ORDER BY merchant, code LIMIT \(limit)
                    """)
            }
        }
        var beside: SQL = "id IN \(list: Set(ids).sorted()) AND is_kit = 0"
        if let merchant { beside = beside + " AND merchant = \(merchant)" }
        if let site { beside = beside + " AND EXISTS (SELECT 1 FROM supply own WHERE own.sku = sku.id AND own.site = \(site))" }
        let lines = try Self.read(beside + " ORDER BY merchant, code", limit: limit, in: tx)
        return lines.isEmpty ? nil : lines
    }

    /// - Parameter condition: ends in an order.
    private static func read(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [StockSummary] {
        try tx.query("SELECT id, merchant, code, name FROM sku WHERE \(condition) LIMIT \(limit)") {
            try StockSummary(sku: $0.next(), merchant: $0.next(), code: $0.next(), name: $0.next())
        }
    }
}
