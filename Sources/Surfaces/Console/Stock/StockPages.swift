import Identity
import Kernel
import Store
import Views

/// Inventory: what there is of each SKU, who was promised it and what comes, down to the movements behind a number.
struct StockPages {
    /// Who sees the stock of many merchants.
    static let readers: Set<AccountRole> = .network.union([.lead])
    /// Who sees one SKU: merchants their own.
    static let owners: Set<AccountRole> = readers.union([.merchant])
    static let rows = 50

    var pages: [Page] {
        [
            .get("/stock", "stock.title", for: Self.readers, at: Place(.goods, 10, "stock")) { try await Self.list($0) },
            .get("/skus/{sku}", "stock.one", for: Self.owners) { visit in
                let id = try visit.id("sku", SKUID.self), scope = visit.scope
                let (story, ledger) = try await visit.read { tx in
                    let story = try StockStory.read(id, scope, in: tx)
                    return (story, try LedgerWindow.latest(of: id, scope, limit: 8, in: tx))
                }
                return SKUPage(story, ledger, visit).answer
            },
        ] + LedgerPages().pages + BinsPages().pages
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", SKUID.self)
        var filter = StockListFilter()
        filter.merchant = visit.queryID("merchant", MerchantID.self)
        filter.site = visit.queryID("site", SiteID.self)
        filter.standing = visit.query["standing"].flatMap(StockStanding.init(rawValue:))
        filter.text = visit.query["q"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        let wanted = filter
        let (window, names, merchants) = try await visit.read { tx in
            let window = try StockSummary.window(wanted, scope, after: after, limit: rows, in: tx)
            let names = try Names(merchants: window.lines.map(\.merchant), in: tx)
            return (window, names, try MerchantView.page(.network, after: nil, limit: 200, in: tx))
        }
        let list = StockTable(window, names, visit, isAtSite: wanted.site != nil || scope != .network)
        return .content(
            "\(filters(names, merchants, visit))<div id=\"stock\" data-live>\(list.markup)</div>",
            actions: .link(texts["bins.title"], to: "/bins"))
    }

    private static func filters(_ names: Names, _ merchants: [MerchantView], _ visit: Visit) -> Markup {
        let texts = visit.texts, any = Form.Option("", texts["orders.any"])
        var fields: [Form.Field] = [
            .input("q", texts["orders.q"], type: "search", placeholder: texts["stock.q_hint"]),
            .choice(
                "standing", texts["orders.state"],
                [any] + StockStanding.allCases.map { Form.Option($0.rawValue, texts["stock_is.\($0.rawValue)"]) }),
            .choice("merchant", texts["orders.merchant"], [any] + merchants.map { Form.Option($0.id.description, $0.name) }),
        ]
        if visit.scope == .network { fields.append(siteChoice(names, visit)) }
        return Filters(visit, fields).markup
    }

    static func siteChoice(_ names: Names, _ visit: Visit) -> Form.Field {
        let sites = names.sites.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let all = [Form.Option("", visit.texts["orders.any"])] + sites.map { Form.Option($0.key.description, $0.value) }
        return .choice("site", visit.texts["stock.site"], all)
    }
}

/// SKUs as rows of a table; each number leads to what is behind it.
struct StockTable {
    let window: StockWindow
    let names: Names
    let visit: Visit
    /// The numbers are of one site, of which no pace is known.
    let isAtSite: Bool

    init(_ window: StockWindow, _ names: Names, _ visit: Visit, isAtSite: Bool) {
        (self.window, self.names, self.visit, self.isAtSite) = (window, names, visit, isAtSite)
    }

    private var texts: Texts { visit.texts }

    var markup: Markup {
        let numbers = ["on_hand", "promised", "available", "in_transit", "expected"]
        var columns: [Table.Column] = [.init(texts["stock.sku"]), .init(texts["stock.name"]), .init(texts["orders.merchant"])]
        columns += numbers.map { Table.Column(texts["stock.\($0)"], number: true) }
        if !isAtSite { columns.append(.init(texts["stock.cover"], number: true)) }
        columns.append(.init(texts["orders.state"]))
        return Table(
            texts["stock.title"], columns: columns, rows: window.lines.map(row), empty: empty,
            pager: Pager(visit, nextKey: window.next?.description)
        ).markup(visit.format)
    }

    private func row(_ line: StockSummary) -> Table.Row {
        let path = "/skus/\(line.sku)", site = visit.query["site"].flatMap { $0.isEmpty ? nil : "?site=\($0)" } ?? ""
        let sums = line.sums, standing = StandingWords(line, texts)
        var cells: [Cell] = [
            .code(line.code), .text(line.name), .text(names.merchant(line.merchant)),
            number(sums.onHand, to: "\(path)/movements\(site)"), number(sums.promised, to: "\(path)/claims\(site)"),
            .markup("<b>\(visit.format.count(sums.available.rawValue))</b>"), number(sums.inTransit, to: "\(path)#coming"),
            number(sums.expected, to: "\(path)#coming"),
        ]
        if !isAtSite { cells.append(.optional(line.daysOfCover) { .text(StandingWords.cover($0, texts)) }) }
        cells.append(.badge(standing.badge))
        return Table.Row(cells, to: path, tone: standing.badge.tone == .bad || standing.badge.tone == .warn ? standing.badge.tone : nil)
    }

    private func number(_ units: Quantity, to path: String) -> Cell {
        units == 0 ? .empty : .link(visit.format.count(units.rawValue), to: path)
    }

    private var empty: Table.Empty {
        if window.next != nil { return .init(texts["stock.further"], texts["stock.further_hint"]) }
        return .init(texts["stock.none"], texts["stock.none_hint"])
    }
}

/// How a SKU stands, in a word, and how long it lasts.
struct StandingWords {
    let badge: Badge

    init(_ line: StockSummary, _ texts: Texts) {
        let tones: [StockStanding: Tone] = [.short: .bad, .out: .warn, .low: .warn, .ok: .good]
        badge = Badge(texts["stock_is.\(line.standing.rawValue)"], tones[line.standing] ?? .plain)
    }

    /// `12 d`; a year and more is `> 365 d`.
    static func cover(_ days: Double, _ texts: Texts) -> String {
        days > 365 ? "> 365 \(texts["unit.d"])" : "\(Int(days)) \(texts["unit.d"])"
    }
}

extension LedgerWindow {
    /// The newest movements of a SKU.
    static func latest(of sku: SKUID, _ scope: Scope, limit: Int, in tx: Transaction) throws -> LedgerWindow {
        try LedgerLine.window(of: sku, LedgerFilter(), scope, after: nil, limit: limit, in: tx)
    }
}
