import Flows
import Identity
import Kernel
import Store
import Views
import Webhooks

/// Who is told of a merchant's events: made, paused, given another secret; every message with its answer, sent again by a click.
struct PortalWebhooks {
    private static let rows = 50

    var pages: [Page] {
        [
            PortalPages.first("/portal/webhooks", "portal.webhooks", at: Place(.settings, 41, "hook", for: [.merchant])) {
                try await Self.list($0)
            },
            .post("/portal/webhooks", for: PortalPages.roles) { try await Self.create(PortalVisit($0)) },
            .get("/portal/webhooks/{webhook}", "portal.webhook", for: PortalPages.roles) { try await Self.show(PortalVisit($0)) },
            .post("/portal/webhooks/{webhook}/secrets", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("webhook", WebhookID.self)
                let secret = WebhookSecret.make(Vault.systemRandom)
                try await Self.perform(
                    RotateSecret(id, to: secret, overlap: .hours(24), vault: visit.parts.vault, actor: visit.actor), on: id, portal)
                return PortalKeys.shown(secret.text, "portal.secret_once", back: "/portal/webhooks/\(id)", portal)
            },
            act("state") { id, visit in
                SetWebhookState(id, visit.form["state"] == "active" ? .active : .paused, actor: visit.actor)
            },
            act("tests") { id, _ in TestWebhook(id) },
            act("deletion", to: "/portal/webhooks") { id, visit in DeleteWebhook(id, actor: visit.actor) },
            .post("/portal/webhooks/{webhook}/deliveries/{delivery}/resends", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("webhook", WebhookID.self)
                try await Self.perform(ResendDelivery(try visit.id("delivery", DeliveryID.self), of: id), on: id, portal)
                return .to(portal.path("/portal/webhooks/\(id)"), said: "portal.sent_again")
            },
        ]
    }

    /// A form that does one thing with a webhook.
    private func act<F: Flow>(
        _ name: String, to path: String? = nil, _ flow: @escaping @Sendable (WebhookID, Visit) -> F
    ) -> Page {
        .post("/portal/webhooks/{webhook}/\(name)", for: PortalPages.roles) { visit in
            let portal = try await PortalVisit(visit), id = try visit.id("webhook", WebhookID.self)
            _ = try await Self.perform(flow(id, visit), on: id, portal)
            return .to(portal.path(path ?? "/portal/webhooks/\(id)"), said: "said.saved")
        }
    }

    @discardableResult
    private static func perform<F: Flow>(_ flow: F, on id: WebhookID, _ portal: PortalVisit) async throws -> F.Answer {
        let scope = portal.scope
        return try await portal.visit.perform(flow) { try Ownership.webhook(id, scope, in: $0) }
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, scope, texts) = (portal.visit, portal.scope, portal.texts)
        let all = try await visit.read { try WebhookView.page(scope, after: nil, limit: 200, in: $0) }
        let table = Table(
            texts["portal.webhooks"],
            columns: portal.columns(["address", "types", "state", "made"]),
            rows: all.map {
                .init(
                    [
                        .text($0.url), .code($0.types.joined(separator: " ")), .badge(Badge(state: $0.state.rawValue, texts)),
                        .time($0.createdAt),
                    ], to: portal.path("/portal/webhooks/\($0.id)"))
            }, empty: .init(texts["portal.no_webhooks"], texts["portal.no_webhooks_hint"]))
        let form = Form(
            visit, to: "/portal/webhooks",
            portal.fields + [
                .input("url", texts["portal.address"], type: "url", required: true, placeholder: "https://"),
                .input("types", texts["portal.types"], value: "order.* parcel.*", hint: texts["portal.types_hint"], required: true),
            ], submit: texts["portal.webhook_make"])
        return .content(
            "\(table.markup(portal.format))\(Card(texts["portal.webhook_make"], form.markup).markup)",
            crumbs: [portal.crumb("portal.title", "/portal")])
    }

    private static func create(_ portal: PortalVisit) async throws -> PageAnswer {
        let visit = portal.visit, secret = WebhookSecret.make(Vault.systemRandom)
        let patterns = try visit.form["types"].split { $0.isWhitespace || $0 == "," }.map { text in
            guard let pattern = TypePattern(String(text)) else {
                throw InvalidInput(field: "/types", portal.texts("portal.type_wrong", ["type": String(text)]))
            }
            return pattern
        }
        guard (1...20).contains(patterns.count) else { throw InvalidInput(field: "/types", portal.texts["portal.types_hint"]) }
        let flow = CreateWebhook(
            holder: .merchant(portal.id), url: visit.form["url"], types: TypePatterns(patterns), description: "", secret: secret,
            targets: visit.parts.targets, vault: visit.parts.vault, actor: visit.actor)
        let id = try await visit.perform(flow)
        return PortalKeys.shown(secret.text, "portal.secret_once", back: "/portal/webhooks/\(id)", portal)
    }

    private static func show(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, scope, texts) = (portal.visit, portal.scope, portal.texts), id = try visit.id("webhook", WebhookID.self)
        let state = visit.query["state"].flatMap(DeliveryState.init(rawValue:)), before = visit.queryID("after", DeliveryID.self)
        let (webhook, found) = try await visit.read { tx in
            (
                try WebhookView.find(id, scope, in: tx),
                try DeliveryView.page(of: id, DeliveryView.Filter(state: state), before: before, limit: rows + 1, in: tx)
            )
        }
        let (all, nextKey) = found.page(rows, key: \.id)
        let facts = Definitions([
            (texts["portal.address"], .text(webhook.url)), (texts["portal.types"], .code(webhook.types.joined(separator: " "))),
            (texts["portal.state"], .badge(Badge(state: webhook.state.rawValue, texts))),
            (texts["portal.since"], .time(webhook.stateAt)), (texts["portal.why_it_was"], .optional(webhook.reason, Cell.text)),
            (texts["portal.failing"], .optional(webhook.failingSince, Cell.time)),
        ])
        let states = [Form.Option("", texts["portal.any"])]
            + DeliveryState.allCases.map { Form.Option($0.rawValue, texts.code("state", $0.rawValue)) }
        let filters = Filters(visit, portal.fields + [.choice("state", texts["portal.state"], states)])
        let log = deliveries(all, of: id, portal, pager: Pager(visit, nextKey: nextKey))
        return .content(
            """
            \(Card(texts["portal.webhook"], "\(facts.markup(portal.format))\(acts(webhook, portal))").markup)
            <h2>\(texts["portal.log"])</h2>\(filters.markup)<div id="deliveries" data-live>\(log)</div>
            """, title: webhook.url,
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.webhooks", "/portal/webhooks")])
    }

    private static func acts(_ webhook: WebhookView, _ portal: PortalVisit) -> Markup {
        let isActive = webhook.state == .active, path = "/portal/webhooks/\(webhook.id)"
        func form(_ name: String, _ text: String, _ fields: [Form.Field] = [], tone: Tone = .info) -> Markup {
            Form(portal.visit, to: "\(path)/\(name)", portal.fields + fields, submit: portal.texts[text], tone: tone, inline: true).markup
        }
        let state = form("state", isActive ? "portal.pause" : "portal.start", [.hidden("state", isActive ? "paused" : "active")])
        let test = isActive ? form("tests", "portal.test") : .blank
        return """
            <div class="actions">\(test)\(state)\(form("secrets", "portal.rotate"))\
            \(form("deletion", "portal.delete", tone: .bad))</div>
            """
    }

    private static func deliveries(_ all: [DeliveryView], of id: WebhookID, _ portal: PortalVisit, pager: Pager) -> Markup {
        let texts = portal.texts
        return Table(
            texts["portal.log"],
            columns: [
                .init(texts["portal.what"]), .init(texts["portal.at"]), .init(texts["portal.state"]),
                .init(texts["portal.tries"], number: true), .init(texts["portal.answer"]), .init(texts["portal.took"], number: true),
                .init(""),
            ],
            rows: all.map { one in
                let again = Form(
                    portal.visit, to: "/portal/webhooks/\(id)/deliveries/\(one.id)/resends", portal.fields,
                    submit: texts["portal.resend"], inline: true)
                let answer = [one.lastStatus.map { "\($0)" }, one.lastError].compactMap(\.self).joined(separator: " · ")
                return Table.Row(
                    [
                        .code(one.type), .time(one.createdAt), .badge(Badge(state: one.state.rawValue, texts)),
                        .quantity(Int64(one.attempts)), answer.isEmpty ? .empty : .text(answer),
                        .optional(one.durationMs) { .text("\($0) ms") }, .markup(again.markup),
                    ], tone: one.state == .dead ? .bad : one.state == .failed ? .warn : nil)
            }, empty: .init(texts["portal.no_deliveries"], texts["portal.no_deliveries_hint"]), pager: pager
        ).markup(portal.format)
    }
}
