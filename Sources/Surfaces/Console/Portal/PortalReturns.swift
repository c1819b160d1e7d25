import Flows
import Identity
import Kernel
import Returns
import Views

/// What comes back to a merchant, and the decisions that wait for them.
struct PortalReturns {
    private static let rows = 50

    var pages: [Page] {
        [
            PortalPages.first("/portal/returns", "portal.returns", at: Place(.goods, 7, "return", for: [.merchant])) {
                try await Self.list($0)
            },
            .get("/portal/returns/{return}", "portal.return_one", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("return", RMAID.self), scope = portal.scope
                return Self.show(try await visit.read { try ReturnView.find(id, scope, in: $0) }, portal)
            },
            .post("/portal/returns/{return}/decisions", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("return", RMAID.self)
                let decision: RMAState = visit.form.isOn("granted") ? .authorised : .denied
                guard decision == .authorised || !visit.form["reason"].isEmpty else {
                    throw InvalidInput(field: "/reason", portal.texts["portal.reason_missing"])
                }
                try await visit.perform(
                    DecideReturn(id, merchant: portal.id, decision: decision, reason: visit.form["reason"], actor: visit.actor))
                return .to(portal.path("/portal/returns/\(id)"), said: "said.saved")
            },
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, scope, texts) = (portal.visit, portal.scope, portal.texts), after = visit.queryID("after", RMAID.self)
        let filter = ReturnFilter(state: visit.query["state"].flatMap(RMAState.init(rawValue:)))
        let found = try await visit.read { try ReturnView.page(filter, scope, after: after, limit: rows + 1, in: $0) }
        let (all, nextKey) = found.page(rows, key: \.id)
        let states = [Form.Option("", texts["portal.any"])]
            + RMAState.allCases.map { Form.Option($0.rawValue, texts["shopper.rma.\($0.rawValue)"]) }
        let table = Table(
            texts["portal.returns"],
            columns: [
                .init(texts["portal.asked"]), .init(texts["portal.goods"]), .init(texts["portal.units"], number: true),
                .init(texts["portal.refund"], number: true), .init(texts["portal.state"]),
            ],
            rows: all.map { one in
                Table.Row(
                    [
                        .time(one.requestedAt), .text(one.items.map(\.skuCode).joined(separator: ", ")),
                        .quantity(one.items.reduce(0) { $0 + $1.announced.rawValue }), .money(one.refund?.amount ?? one.expected.total),
                        .badge(Badge(texts["shopper.rma.\(one.state.rawValue)"], .of(state: one.state.rawValue))),
                    ], to: portal.path("/portal/returns/\(one.id)"), tone: one.state == .requested ? .warn : nil)
            }, empty: .init(texts["portal.no_returns"], texts["portal.no_returns_hint"]), pager: Pager(visit, nextKey: nextKey))
        let filters = Filters(visit, portal.fields + [.choice("state", texts["portal.state"], states)])
        return .content("\(filters.markup)\(table.markup(portal.format))", crumbs: [portal.crumb("portal.title", "/portal")])
    }

    private static func show(_ one: ReturnView, _ portal: PortalVisit) -> PageAnswer {
        let (texts, format) = (portal.texts, portal.format)
        let facts = Definitions([
            (texts["portal.state"], .badge(Badge(texts["shopper.rma.\(one.state.rawValue)"], .of(state: one.state.rawValue)))),
            (texts["portal.asked"], .time(one.requestedAt)), (texts["portal.number"], .code(one.number)),
            (texts["portal.order"], .codeLink(one.order.description, to: "/orders/\(one.order)")),
            (texts["portal.code"], .optional(one.code, Cell.code)),
            (texts["portal.refund"], .money(one.refund?.amount ?? one.expected.total)),
            (texts["portal.refund_state"], .optional(one.refund) { .text(texts["shopper.refund.\($0.state.rawValue)"]) }),
            (texts["portal.received_at"], .optional(one.receivedAt, Cell.time)),
            (texts["portal.why_it_was"], .optional(one.why, Cell.text)),
        ])
        let table = Table(
            texts["portal.goods"],
            columns: portal.columns(["sku", "reason"]) + portal.columns(["units", "received", "missing"], number: true),
            rows: one.items.map {
                .init([
                    .code($0.skuCode), .text(texts["shopper.reason.\($0.reason.rawValue)"]), .quantity($0.announced.rawValue),
                    .quantity($0.received.rawValue), .quantity($0.missing.rawValue),
                ])
            }, empty: .init(texts["portal.no_returns"], texts["portal.no_returns_hint"]))
        let goods = Table(
            texts["portal.graded"],
            columns: [
                .init(texts["portal.sku"]), .init(texts["portal.units"], number: true), .init(texts["portal.grade"]),
                .init(texts["portal.state"]),
            ],
            rows: one.goods.map {
                .init([
                    .code($0.skuCode), .quantity($0.quantity.rawValue), .optional($0.grade) { .text($0.rawValue) },
                    .text(texts.code("goods", $0.state.rawValue)),
                ])
            }, empty: .init(texts["portal.not_graded"], texts["portal.not_graded_hint"]))
        return .content(
            """
            \(decision(one, portal))\(Card(texts["portal.return_one"], facts.markup(format)).markup)
            <div class="columns even"><div>\(Card(texts["portal.goods"], table.markup(format)).markup)</div>
            <div>\(Card(texts["portal.graded"], goods.markup(format)).markup)</div></div>
            """, title: one.number,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.returns", "/portal/returns")])
    }

    private static func decision(_ one: ReturnView, _ portal: PortalVisit) -> Markup {
        guard one.state == .requested else { return .blank }
        let path = "/portal/returns/\(one.id)/decisions", texts = portal.texts
        let grant = Form(portal.visit, to: path, portal.fields + [.hidden("granted", "yes")], submit: texts["portal.grant"])
        let deny = Form(
            portal.visit, to: path, portal.fields + [.input("reason", texts["portal.reason"], required: true)],
            submit: texts["portal.deny"], tone: .bad, inline: true)
        return Card(texts["portal.decide"], "<p>\(texts["portal.decide_hint"])</p>\(grant.markup)\(deny.markup)").markup
    }
}
