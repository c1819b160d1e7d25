import Identity
import Kernel
import Views

/// Stock and what it will do: what may be sold, how long it lasts, what comes, and why something cannot be sold.
struct PortalStock {
    private static let rows = 50, ahead = 28

    var pages: [Page] {
        [
            PortalPages.first("/portal/stock", "portal.stock", at: Place(.goods, 5, "stock", for: [.merchant])) {
                try await Self.list($0)
            },
            .get("/portal/stock/{sku}", "portal.stock", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("sku", SKUID.self), merchant = portal.id
                let (one, channels) = try await visit.read { tx in
                    (try StockAhead.find(id, of: merchant, in: tx), try ChannelSale.read(id, of: merchant, in: tx))
                }
                return Self.show(one, channels, portal)
            },
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, texts, merchant) = (portal.visit, portal.texts, portal.id)
        let (prefix, after) = (visit.query["prefix"] ?? "", visit.query["after"])
        let found = try await visit.read { try StockAhead.page(of: merchant, prefix: prefix, after: after, limit: rows + 1, in: $0) }
        let (all, nextKey) = found.page(rows, key: \.code)
        let table = Table(
            texts["portal.stock"],
            columns: portal.columns(["sku", "code"])
                + portal.columns(["on_hand", "sellable", "promised", "available", "inbound", "per_day", "cover"], number: true)
                + portal.columns(["hindered"]),
            rows: all.map { row($0, portal) },
            empty: .init(
                texts["portal.no_skus"], texts["portal.no_skus_hint"],
                action: portal.link("portal.new_sku", to: "/portal/catalog/new")),
            pager: Pager(visit, nextKey: nextKey))
        let filters = Filters(visit, portal.fields + [.input("prefix", texts["portal.code_begins"], type: "search")])
        return .content("\(filters.markup)\(table.markup(portal.format))", crumbs: [portal.crumb("portal.title", "/portal")])
    }

    private static func row(_ one: StockAhead, _ portal: PortalVisit) -> Table.Row {
        let why = one.hindrances.map { Badge(portal.texts["portal.why.\($0.rawValue)"], $0 == .short ? .bad : .warn).markup }
        return Table.Row(
            [
                .text(one.name), .code(one.code), .quantity(one.onHand.rawValue), .quantity(one.sellable.rawValue),
                .quantity(one.promised.rawValue), .quantity(one.available.rawValue), .quantity(one.inbound.rawValue),
                .text(rate(one)), cover(one, portal.texts), .markup(why.joined(" ")),
            ], to: portal.path("/portal/stock/\(one.sku)"), tone: one.available == 0 && one.perDay > 0 ? .bad : nil)
    }

    private static func rate(_ one: StockAhead) -> String {
        let tenths = Int64((one.perDay * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    static func cover(_ one: StockAhead, _ texts: Texts) -> Cell {
        guard let days = one.coverDays else { return .empty }
        return .badge(Badge(texts.count("portal.days", days), days < 3 ? .bad : days < 7 ? .warn : .good))
    }

    private static func show(_ one: StockAhead, _ channels: [ChannelSale], _ portal: PortalVisit) -> PageAnswer {
        let (texts, format) = (portal.texts, portal.format)
        let why = one.hindrances.map { "<li>\(texts["portal.why_long.\($0.rawValue)"])</li>" as Markup }
        let reasons: Markup = why.isEmpty ? "<p>\(texts["portal.sells"])</p>" : "<ul class=\"reasons\">\(why)</ul>"
        let days = (0..<ahead).map { format.day(CivilDate(dayNumber: format.zone.day(of: format.now).dayNumber + $0)) }
        let chart = Chart(
            .line, texts["portal.outlook"], labels: days,
            series: [.init(texts["portal.available"], one.outlook(days: ahead, from: format.now))])
        return .content(
            """
            \(tiles(one, portal))<div class="columns"><div>\(chart.markup(texts))
            \(PortalChannels(channels, portal).markup)\(sites(one, portal))</div>
            <div>\(Card(texts["portal.why_title"], reasons).markup)\(arrivals(one, portal))</div></div>
            """, title: one.name,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.stock", "/portal/stock")],
            actions: [
                portal.link("portal.edit", to: "/portal/catalog/\(one.sku)"),
                portal.link("portal.announce", to: "/portal/inbound/new?sku=\(FormValues.encoded(one.code))", primary: true),
            ].joined())
    }

    private static func tiles(_ one: StockAhead, _ portal: PortalVisit) -> Markup {
        let (texts, format) = (portal.texts, portal.format)
        return Tile.row([
            Tile(
                texts["portal.available"], format.count(one.available.rawValue), note: one.code,
                tone: one.available == 0 ? .bad : .good),
            Tile(
                texts["portal.cover"], one.coverDays.map { texts.count("portal.days", $0) } ?? "–",
                note: texts("portal.rate", ["n": rate(one)])),
            Tile(
                texts["portal.on_hand"], format.count(one.onHand.rawValue),
                note: texts("portal.promised_note", ["n": format.count(one.promised.rawValue)])),
            Tile(
                texts["portal.inbound"], format.count(one.inbound.rawValue),
                note: one.arrivals.first.map { texts("portal.next_arrival", ["date": format.moment($0.at)]) } ?? ""),
        ])
    }

    private static func sites(_ one: StockAhead, _ portal: PortalVisit) -> Markup {
        let texts = portal.texts
        let table = Table(
            texts["portal.by_site"],
            columns: portal.columns(["site"]) + portal.columns(["on_hand", "sellable", "promised", "short"], number: true),
            rows: one.parts.map {
                .init([
                    .text($0.site), .quantity($0.onHand.rawValue), .quantity($0.sellable.rawValue), .quantity($0.promised.rawValue),
                    .quantity($0.short.rawValue),
                ])
            }, empty: .init(texts["portal.nowhere"], texts["portal.nowhere_hint"]))
        return Card(texts["portal.by_site"], table.markup(portal.format)).markup
    }

    private static func arrivals(_ one: StockAhead, _ portal: PortalVisit) -> Markup {
        let texts = portal.texts
        let table = Table(
            texts["portal.arrivals"],
            columns: [.init(texts["portal.site"]), .init(texts["portal.expected"]), .init(texts["portal.units"], number: true)],
            rows: one.arrivals.map { .init([.text($0.site), .time($0.at), .quantity($0.quantity.rawValue)]) },
            empty: .init(texts["portal.no_arrivals"], texts["portal.no_arrivals_hint"]))
        return Card(texts["portal.arrivals"], table.markup(portal.format)).markup
    }
}
