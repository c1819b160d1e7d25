import Facilities
import Flows
import HTTPTypes
import Identity
import Kernel
import Merchants
import Store

/// Who may sign in: for owners.
struct AccountPages {
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/accounts", "accounts.title", for: [.owner], at: Place(.settings, 10, "people")) { try await Self.list($0) },
            .get("/accounts/new", "accounts.invite", for: [.owner]) { try await Self.new($0) },
            .post("/accounts", for: [.owner]) { try await Self.invite($0) },
            .get("/accounts/{account}", "accounts.one", for: [.owner]) { try await Self.show($0) },
            .post("/accounts/{account}/role", for: [.owner]) { visit in
                let id = try visit.id("account", AccountID.self), role = try visit.form.choice("role", AccountRole.self)
                try await visit.perform(ChangeRole(id, role, party: try Self.party(role, visit.form), actor: visit.actor))
                return .to("/accounts/\(id)", said: "said.saved")
            },
            .post("/accounts/{account}/link", for: [.owner]) { visit in
                let id = try visit.id("account", AccountID.self), link = APIToken.make(Vault.systemRandom)
                try await visit.perform(ResetAccount(id, link: link, at: visit.parts.clock(), actor: visit.actor))
                return Self.linkPage(link, visit)
            },
            .post("/accounts/{account}/second-factor/removal", for: [.owner]) { visit in
                let id = try visit.id("account", AccountID.self)
                try await visit.perform(RemoveSecondFactor(id, actor: visit.actor))
                return .to("/accounts/\(id)", said: "said.saved")
            },
            .post("/accounts/{account}/access", for: [.owner]) { visit in
                let id = try visit.id("account", AccountID.self)
                try await visit.perform(DisableAccount(id, visit.form.isOn("disabled"), actor: visit.actor))
                return .to("/accounts/\(id)", said: "said.saved")
            },
        ]
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, after = visit.queryID("after", AccountID.self)
        let (found, parties) = try await visit.read { tx in
            (try Account.list(after: after, limit: rows + 1, in: tx), try Parties(in: tx))
        }
        let (accounts, nextKey) = found.page(rows, key: \.id)
        let table = Table(
            texts["accounts.title"],
            columns: [.init(texts["accounts.name"]), .init(texts["accounts.login"]), .init(texts["accounts.role"]),
                .init(texts["accounts.for"]), .init(texts["accounts.state"])],
            rows: accounts.map { account in
                Table.Row(
                    [
                        .text(account.name), .code(account.login), .text(texts["role.\(account.role.rawValue)"]),
                        .optional(parties.name(account.holder), Cell.text), .badge(Badge(state: account.state, texts)),
                    ], to: "/accounts/\(account.id)")
            }, empty: .init(texts["accounts.none"], texts["accounts.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        return .content(table.markup(visit.format), actions: .link(texts["accounts.invite"], to: "/accounts/new", primary: true))
    }

    private static func new(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, parties = try await visit.read { try Parties(in: $0) }
        let form = Form(
            visit, to: "/accounts",
            [
                .input("name", texts["accounts.name"], required: true),
                .input("login", texts["accounts.login"], hint: texts["accounts.login_hint"], required: true),
            ] + roleFields(parties, nil, texts), submit: texts["accounts.invite"])
        return .content(Card(texts["accounts.invite"], form.markup).markup, crumbs: [crumb(visit)])
    }

    private static func invite(_ visit: Visit) async throws -> PageAnswer {
        let form = visit.form, role = try form.choice("role", AccountRole.self), link = APIToken.make(Vault.systemRandom)
        _ = try await visit.perform(
            InviteAccount(
                login: form["login"], name: form["name"], role: role, party: try party(role, form), link: link,
                at: visit.parts.clock(), actor: visit.actor))
        return linkPage(link, visit)
    }

    /// Shows the link this once.
    private static func linkPage(_ link: APIToken, _ visit: Visit) -> PageAnswer {
        let text: Markup = """
            <p>\(visit.texts["accounts.link_hint"])</p><p><code class="secret">/welcome/\(link.text)</code></p>
            """
        return .content(
            Card(visit.texts["accounts.link"], text).markup, title: visit.texts["accounts.link"], crumbs: [crumb(visit)])
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("account", AccountID.self), texts = visit.texts
        let (account, parties) = try await visit.read { tx in (try Account.find(id, in: tx), try Parties(in: tx)) }
        guard let account else { throw NotFound("account", id) }
        let about = Definitions([
            (texts["accounts.login"], .code(account.login)), (texts["accounts.role"], .text(texts["role.\(account.role.rawValue)"])),
            (texts["accounts.for"], .optional(parties.name(account.holder), Cell.text)),
            (texts["accounts.state"], .badge(Badge(state: account.state, texts))),
            (texts["accounts.created"], .time(account.created)),
        ])
        let role = Form(visit, to: "/accounts/\(id)/role", roleFields(parties, account, texts), submit: texts["form.save"])
        let link = Form(visit, to: "/accounts/\(id)/link", [], submit: texts["accounts.new_link"])
        let isOn = account.disabled == nil
        let access = Form(
            visit, to: "/accounts/\(id)/access", [.hidden("disabled", isOn ? "yes" : "no")],
            submit: texts[isOn ? "accounts.disable" : "accounts.enable"], tone: isOn ? .bad : .info)
        let code = Form(visit, to: "/accounts/\(id)/second-factor/removal", [], submit: texts["account.second_remove"], tone: .bad)
        let second = account.hasSecondFactor ? code.markup : .blank
        let content: Markup = """
            <div class="columns"><div>\(Card(texts["accounts.about"], about.markup(visit.format)).markup)</div>
            <div>\(Card(texts["accounts.role"], role.markup).markup)\
            \(Card(texts["accounts.access"], "\(link.markup)\(second)\(access.markup)").markup)</div></div>
            """
        return .content(content, title: account.name, crumbs: [crumb(visit)])
    }

    private static func crumb(_ visit: Visit) -> Crumb { Crumb(visit.texts["accounts.title"], "/accounts") }

    private static func roleFields(_ parties: Parties, _ account: Account?, _ texts: Texts) -> [Form.Field] {
        let roles = AccountRole.allCases.map { Form.Option($0.rawValue, texts["role.\($0.rawValue)"]) }
        return [
            .choice("role", texts["accounts.role"], roles, value: account?.role.rawValue ?? "operator"),
            .choice(
                "party", texts["accounts.for"], [Form.Option("", texts["accounts.nobody"])] + parties.options,
                value: account?.holder.partyText ?? "", hint: texts["accounts.for_hint"]),
        ]
    }

    /// The raw id of the one the role is for: of the kind that the role asks for, or none.
    private static func party(_ role: AccountRole, _ form: FormValues) throws -> Int64? {
        guard form.optional("party") != nil else { return nil }
        switch role.acts {
        case .operator: throw CreateAccount.Refused.partyMissing(role)
        case .merchant: return try form.id("party", MerchantID.self).raw
        case .site: return try form.id("party", SiteID.self).raw
        case .carrier: return try form.id("party", CarrierID.self).raw
        }
    }
}

extension Account {
    /// A word for the badge.
    var state: String { disabled != nil ? "disabled" : hasPassword ? "active" : "invited" }
}

/// Everybody an account can be for, by name.
struct Parties: Sendable {
    let options: [Form.Option]
    private let names: [String: String]

    init(in tx: Transaction) throws {
        let all =
            try Merchant.list(limit: 1000, in: tx).map { ($0.id.description, $0.name) }
            + Site.all(in: tx).map { ($0.id.description, $0.name) }
            + Carrier.all(in: tx).map { ($0.id.description, $0.name) }
        options = all.map { Form.Option($0.0, $0.1) }
        names = Dictionary(uniqueKeysWithValues: all)
    }

    func name(_ holder: KeyHolder) -> String? { holder.partyText.flatMap { names[$0] } }
}

extension KeyHolder {
    /// The outside form of its id.
    var partyText: String? {
        switch self {
        case .operator: nil
        case .merchant(let id): id.description
        case .site(let id): id.description
        case .carrier(let id): id.description
        }
    }
}
