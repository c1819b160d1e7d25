import Flows
import Identity
import Kernel
import Views

/// A merchant's first page: how today goes, what runs out, what waits for them, and what came of what they sent.
struct PortalHome {
    private static let soonDays: Int64 = 7

    var pages: [Page] {
        [
            PortalPages.first("/portal", "portal.title", at: Place(.now, 5, "shop", for: [.merchant])) {
                try await Self.show($0)
            },
            .get("/portal/merchants", "portal.choose", for: .operators, at: Place(.business, 60, "shop")) { try await Self.choose($0) },
        ]
    }

    private static func choose(_ visit: Visit) async throws -> PageAnswer {
        let after = visit.queryID("after", MerchantID.self), texts = visit.texts
        let found = try await visit.read { try MerchantView.page(.network, after: after, limit: 51, in: $0) }
        let (merchants, nextKey) = found.page(50, key: \.id)
        let table = Table(
            texts["portal.choose"], columns: [.init(texts["portal.merchant"]), .init(texts["portal.code"])],
            rows: merchants.map { .init([.text($0.name), .code($0.code)], to: "/portal?merchant=\($0.id)") },
            empty: .init(texts["portal.no_merchants"], texts["portal.no_merchants_hint"]), pager: Pager(visit, nextKey: nextKey))
        return .content("<p class=\"note\">\(texts["portal.choose_hint"])</p>\(table.markup(visit.format))")
    }

    private struct Found: Sendable {
        let today: MerchantToday
        let stock: [StockAhead]
        let exceptions: [ExceptionView]
        let asns: [ASNView]
    }

    private static func show(_ portal: PortalVisit) async throws -> PageAnswer {
        let (id, scope, zone) = (portal.id, portal.scope, portal.format.zone)
        let found = try await portal.visit.read { tx in
            Found(
                today: try MerchantToday.read(id, zone, in: tx),
                stock: try StockAhead.page(of: id, after: nil, limit: 200, in: tx),
                exceptions: try ExceptionPages.open(ExceptionPages.Filter(), scope, after: nil, limit: 8, in: tx),
                asns: try ASNView.page(ASNFilter(), scope, after: nil, limit: 8, in: tx))
        }
        let running = found.stock.filter { ($0.coverDays ?? .max) < soonDays }
            .sorted { ($0.coverDays ?? 0, $0.code) < ($1.coverDays ?? 0, $1.code) }
        return .content(
            """
            \(tiles(found, running, portal))
            <div class="columns even"><div>\(orders(found.today, portal))\(waiting(found.exceptions, portal))</div>
            <div>\(runsOut(running, portal))\(inbound(found.asns, portal))</div></div>
            """,
            title: portal.merchant.name, actions: portal.link("portal.announce", to: "/portal/inbound/new", primary: true))
    }

    private static func tiles(_ found: Found, _ running: [StockAhead], _ portal: PortalVisit) -> Markup {
        let (today, texts, format) = (found.today, portal.texts, portal.format)
        return Tile.row([
            Tile(
                texts["portal.orders_today"], format.count(today.orders) + (today.isCapped ? "+" : ""),
                note: texts("portal.open_note", ["n": format.count(today.open)])),
            Tile(
                texts["portal.kept"], today.keptPercent.map { "\($0) %" } ?? "–",
                note: texts("tower.kept_note", ["kept": format.count(today.kept), "of": format.count(today.kept + today.broken)]),
                tone: today.keptPercent.map { $0 >= 98 ? .good : $0 >= 95 ? .warn : .bad } ?? .plain),
            Tile(texts["tower.late"], format.count(today.late), note: texts["tower.late_note"], tone: today.late > 0 ? .bad : .good),
            Tile(
                texts["portal.runs_out"], format.count(running.count), note: texts("portal.runs_out_note", ["n": "\(soonDays)"]),
                tone: running.isEmpty ? .good : .warn, to: portal.path("/portal/stock")),
        ])
    }

    private static func orders(_ today: MerchantToday, _ portal: PortalVisit) -> Markup {
        guard today.byDay.contains(where: { $0.orders > 0 }) else {
            return Card(
                portal.texts["portal.orders"], Table.Empty(portal.texts["portal.no_orders"], portal.texts["portal.no_orders_hint"]).markup
            ).markup
        }
        return Chart(
            .bars, portal.texts["portal.orders_by_day"], labels: today.byDay.map { portal.format.day($0.day) },
            series: [.init(portal.texts["portal.orders"], today.byDay.map { Double($0.orders) })]
        ).markup(portal.texts)
    }

    private static func waiting(_ all: [ExceptionView], _ portal: PortalVisit) -> Markup {
        let table = Table(
            portal.texts["portal.waits"],
            columns: [
                .init(portal.texts["portal.what"]), .init(portal.texts["portal.stake"], number: true),
                .init(portal.texts["portal.due"]),
            ],
            rows: all.map { one in
                Table.Row(
                    [
                        .text(portal.texts.code("exception", one.kind.replacing(".", with: "_"))), .optional(one.stake, Cell.money),
                        .due(one.due, isLate: one.due < portal.format.now),
                    ], to: one.subject.hasPrefix("rma_") ? portal.path("/portal/returns/\(one.subject)") : nil)
            }, empty: .init(portal.texts["portal.nothing_waits"], portal.texts["portal.nothing_waits_hint"]))
        return Card(portal.texts["portal.waits"], table.markup(portal.format)).markup
    }

    private static func runsOut(_ running: [StockAhead], _ portal: PortalVisit) -> Markup {
        let table = Table(
            portal.texts["portal.runs_out"],
            columns: [
                .init(portal.texts["portal.sku"]), .init(portal.texts["portal.available"], number: true),
                .init(portal.texts["portal.cover"], number: true),
            ],
            rows: running.prefix(8).map { one in
                Table.Row(
                    [.text(one.name), .quantity(one.available.rawValue), PortalStock.cover(one, portal.texts)],
                    to: portal.path("/portal/stock/\(one.sku)"))
            }, empty: .init(portal.texts["portal.enough"], portal.texts["portal.enough_hint"]))
        return Card(portal.texts["portal.runs_out"], table.markup(portal.format)).markup
    }

    private static func inbound(_ asns: [ASNView], _ portal: PortalVisit) -> Markup {
        Card(
            portal.texts["portal.sent_received"], actions: portal.link("portal.all", to: "/portal/inbound"),
            PortalInbound.table(asns, sites: [:], portal, pager: nil)
        ).markup
    }
}
