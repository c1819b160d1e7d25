import Flows
import Identity
import Kernel
import Views

/// A merchant's API keys: made here and shown once, ended here.
struct PortalKeys {
    var pages: [Page] {
        [
            PortalPages.first("/portal/keys", "portal.keys", at: Place(.settings, 40, "key", for: [.merchant])) {
                try await Self.list($0)
            },
            .post("/portal/keys", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), token = APIToken.make(Vault.systemRandom)
                _ = try await visit.perform(
                    IssueKey(name: visit.form["name"], holder: .merchant(portal.id), token: token, expires: nil, actor: visit.actor))
                return Self.shown(token.text, "portal.key_once", back: "/portal/keys", portal)
            },
            .post("/portal/keys/{key}/revocation", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("key", KeyID.self), holder = KeyHolder.merchant(portal.id)
                try await visit.perform(RevokeKey(id, by: nil, actor: visit.actor)) { tx in
                    let own = try Keys.list(of: holder, limit: 1000, in: tx)
                    guard own.contains(where: { $0.id == id }) else { throw NotFound("key", id) }
                }
                return .to(portal.path("/portal/keys"), said: "portal.key_ended")
            },
        ]
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let holder = KeyHolder.merchant(portal.id), texts = portal.texts
        let keys = try await portal.visit.read { try Keys.list(of: holder, limit: 200, in: $0) }
        let table = Table(
            texts["portal.keys"],
            columns: [.init(texts["portal.name"]), .init(texts["portal.made"]), .init(texts["portal.state"]), .init("")],
            rows: keys.reversed().map { key in
                let isOpen = key.isValid(at: portal.format.now)
                let end = Form(
                    portal.visit, to: "/portal/keys/\(key.id)/revocation", portal.fields, submit: texts["portal.key_end"], tone: .bad,
                    inline: true)
                return Table.Row([
                    .text(key.name), .time(key.created), .badge(Badge(state: isOpen ? "active" : "revoked", texts)),
                    isOpen ? .markup(end.markup) : .empty,
                ])
            }, empty: .init(texts["portal.no_keys"], texts["portal.no_keys_hint"]))
        let form = Form(
            portal.visit, to: "/portal/keys",
            portal.fields + [.input("name", texts["portal.key_name"], hint: texts["portal.key_name_hint"], required: true)],
            submit: texts["portal.key_make"], inline: true)
        return .content(
            "\(Card(texts["portal.key_make"], form.markup).markup)\(table.markup(portal.format))",
            crumbs: [portal.crumb("portal.title", "/portal")])
    }

    /// A secret that is shown this once.
    static func shown(_ secret: String, _ title: String, back path: String, _ portal: PortalVisit) -> PageAnswer {
        .content(
            Card(
                portal.texts[title],
                """
                <p>\(portal.texts["portal.once_hint"])</p><p><code class="secret">\(secret)</code></p>
                <p>\(portal.link("portal.noted", to: path, primary: true))</p>
                """
            ).markup, title: portal.texts[title], crumbs: [portal.crumb("portal.title", "/portal")])
    }
}
