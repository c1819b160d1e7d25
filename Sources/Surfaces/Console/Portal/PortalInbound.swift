import Flows
import Identity
import Kernel
import Views
import Warehouse

/// What a merchant sends in: announced in a form, followed to received, sent against received.
struct PortalInbound {
    private static let rows = 50
    /// Of one shipment; more are announced through the API.
    static let lines = 8

    var pages: [Page] {
        [
            PortalPages.first("/portal/inbound", "portal.inbound_title", at: Place(.goods, 6, "inbound", for: [.merchant])) {
                try await Self.list($0)
            },
            .get("/portal/inbound/new", "portal.announce", for: PortalPages.roles) { try await Self.form(PortalVisit($0)) },
            .post("/portal/inbound", for: PortalPages.roles) { try await Self.announce(PortalVisit($0)) },
            .get("/portal/inbound/{asn}", "portal.inbound_one", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("asn", ASNID.self), scope = portal.scope
                let (asn, site, disputes) = try await visit.read { tx in
                    let asn = try ASNView.find(id, scope, in: tx)
                    return (
                        asn, try SiteView.find(asn.site, .network, in: tx),
                        try DisputeView.page(DisputeView.Filter(asn: id), scope, after: nil, limit: 200, in: tx)
                    )
                }
                return Self.show(asn, at: site, disputes, portal)
            },
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, scope, texts) = (portal.visit, portal.scope, portal.texts), after = visit.queryID("after", ASNID.self)
        let state = visit.query["state"].flatMap(ASNState.init(rawValue:))
        let (found, sites) = try await visit.read { tx in
            (
                try ASNView.page(ASNFilter(state: state), scope, after: after, limit: rows + 1, in: tx),
                try SiteView.page(.network, after: nil, limit: 500, in: tx)
            )
        }
        let (all, nextKey) = found.page(rows, key: \.id)
        let names = Dictionary(sites.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let states = [Form.Option("", texts["portal.any"])]
            + ASNState.allCases.map { Form.Option($0.rawValue, texts.code("state", $0.rawValue)) }
        let filters = Filters(visit, portal.fields + [.choice("state", texts["portal.state"], states)])
        return .content(
            "\(filters.markup)\(table(all, sites: names, portal, pager: Pager(visit, nextKey: nextKey)))",
            crumbs: [portal.crumb("portal.title", "/portal")],
            actions: portal.link("portal.announce", to: "/portal/inbound/new", primary: true))
    }

    /// - Parameter sites: their names; empty leaves the column out.
    static func table(_ all: [ASNView], sites: [SiteID: String], _ portal: PortalVisit, pager: Pager?) -> Markup {
        let texts = portal.texts
        let place = sites.isEmpty ? ["number", "expected"] : ["number", "site", "expected"]
        return Table(
            texts["portal.inbound_title"],
            columns: portal.columns(place) + portal.columns(["sent", "received"], number: true) + portal.columns(["state"]),
            rows: all.map { asn in
                let (sent, came) = sums(asn)
                var cells: [Cell] = [.text(asn.number)]
                if !sites.isEmpty { cells.append(.text(sites[asn.site] ?? asn.site.description)) }
                cells.append(.due(asn.expectedAt, isLate: asn.state == .announced && asn.expectedAt < portal.format.now))
                cells += [.quantity(sent), .quantity(came), .badge(Badge(state: asn.state.rawValue, texts))]
                return Table.Row(
                    cells, to: portal.path("/portal/inbound/\(asn.id)"), tone: asn.state == .closed && came < sent ? .warn : nil)
            },
            empty: .init(
                texts["portal.no_inbound"], texts["portal.no_inbound_hint"],
                action: portal.link("portal.announce", to: "/portal/inbound/new")), pager: pager
        ).markup(portal.format)
    }

    private static func sums(_ asn: ASNView) -> (sent: Int64, came: Int64) {
        asn.lines.reduce((0, 0)) { ($0.0 + $1.expected.rawValue, $0.1 + $1.received.rawValue) }
    }

    private static func show(
        _ asn: ASNView, at site: SiteView, _ disputes: [DisputeView], _ portal: PortalVisit
    ) -> PageAnswer {
        let (texts, format) = (portal.texts, portal.format), (sent, came) = sums(asn)
        let table = Table(
            texts["portal.lines"],
            columns: portal.columns(["sku"]) + portal.columns(["sent", "received", "difference"], number: true),
            rows: asn.lines.map { line in
                let gap = line.received.rawValue - line.expected.rawValue
                let tone: Tone = asn.state == .closed ? .bad : .plain
                let said: Cell = gap == 0 ? .quantity(0) : .badge(Badge((gap > 0 ? "+" : "") + format.count(gap), tone))
                return Table.Row(
                    [.code(line.skuCode), .quantity(line.expected.rawValue), .quantity(line.received.rawValue), said],
                    to: portal.path("/portal/stock/\(line.sku)"))
            }, empty: .init(texts["portal.no_inbound"], texts["portal.no_inbound_hint"]))
        let facts = Definitions([
            (texts["portal.site"], .text("\(site.name), \(site.city)")), (texts["portal.expected"], .time(asn.expectedAt)),
            (texts["portal.state"], .badge(Badge(state: asn.state.rawValue, texts))),
            (texts["portal.sent"], .quantity(sent)), (texts["portal.received"], .quantity(came)),
        ])
        return .content(
            """
            \(Card(texts["portal.inbound_one"], facts.markup(format)).markup)<div id="lines" data-live>\(table.markup(format))</div>
            \(PortalDisputes.markup(asn, disputes, portal))
            """,
            title: asn.number,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.inbound_title", "/portal/inbound")])
    }

    private static func form(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, texts, merchant) = (portal.visit, portal.texts, portal.id)
        let (sites, skus) = try await visit.read { tx in
            (
                try SiteView.page(.network, after: nil, limit: 500, in: tx).filter { $0.kind == .fulfillmentCenter && $0.mode == .own },
                try SKUView.page(of: merchant, prefix: "", .merchant(merchant), after: nil, limit: 500, in: tx)
            )
        }
        let goods = [Form.Option("", "–")] + skus.filter(\.components.isEmpty).map { Form.Option($0.code, "\($0.name) · \($0.code)") }
        let first = portal.format.zone.day(of: portal.format.now + .days(3)).description
        let each = (0..<lines).flatMap { line -> [Form.Field] in
            let chosen = line == 0 ? visit.query["sku"] ?? "" : ""
            return [
                .choice("sku_\(line)", texts("portal.line_sku", ["n": "\(line + 1)"]), goods, value: chosen),
                .input("quantity_\(line)", texts["portal.units"], type: "number"),
            ]
        }
        let form = Form(
            visit, to: "/portal/inbound",
            portal.fields + [
                .input("number", texts["portal.number"], hint: texts["portal.number_hint"], required: true),
                .choice("site", texts["portal.site"], sites.map { Form.Option($0.id.description, "\($0.name), \($0.city)") }),
                .input("day", texts["portal.expected"], type: "date", value: first, required: true),
            ] + each, submit: texts["portal.announce"])
        return .content(
            Card(
                texts["portal.announce"],
                "<div class=\"announce\"><p class=\"quiet\">\(texts["portal.announce_hint"])</p>\(form.markup)</div>"
            ).markup,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.inbound_title", "/portal/inbound")])
    }

    private static func announce(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, texts) = (portal.visit, portal.texts), form = visit.form, zone = portal.format.zone
        guard let day = CivilDate(form["day"]) else { throw InvalidInput(field: "/day", texts["portal.day_wrong"]) }
        let expected = zone.instant(day, .midnight) + .hours(12), away = expected - portal.format.now
        guard abs(away.micros) < Duration.days(3660).micros else { throw InvalidInput(field: "/day", texts["portal.day_wrong"]) }
        let lines = try (0..<Self.lines).compactMap { line -> AnnounceBySKUCode.Line? in
            guard let code = form.optional("sku_\(line)") else { return nil }
            let quantity = try form.number("quantity_\(line)")
            guard (1...100_000_000).contains(quantity) else {
                throw InvalidInput(field: "/quantity_\(line)", texts["portal.quantity_wrong"])
            }
            return AnnounceBySKUCode.Line(sku: code, quantity: Quantity(quantity))
        }
        guard !lines.isEmpty else { throw InvalidInput(field: "/sku_0", texts["portal.lines_missing"]) }
        guard (1...100).contains(form["number"].count) else { throw InvalidInput(field: "/number", texts["portal.number_wrong"]) }
        let flow = AnnounceBySKUCode(
            merchant: portal.id, site: try form.id("site", SiteID.self), number: form["number"], expected: expected, lines: lines)
        let asn = try await visit.perform(flow)
        return .to(portal.path("/portal/inbound/\(asn)"), said: "portal.announced")
    }
}
