import Edges
import Flows
import Foundation
import Identity
import Kernel

/// What everybody may change about their own account.
struct OwnAccountPages {
    /// A new secret as a picture for the app, and a code as proof that it took it; or the way to do without.
    private static func secondFactor(_ visit: Visit) throws -> Markup {
        let texts = visit.texts
        if visit.account.hasSecondFactor {
            return Form(visit, to: "/account/second-factor/removal", [], submit: texts["account.second_remove"], tone: .bad).markup
        }
        let secret = SecondFactor.Secret.make(Vault.systemRandom)
        let form = Form(
            visit, to: "/account/second-factor",
            [
                .hidden("secret", secret.text),
                .input("code", texts["account.second_code"], required: true, autocomplete: "one-time-code"),
            ], submit: texts["account.second_set"])
        return """
            <p class="note">\(texts["account.second_hint"])</p>
            \(try Markup.picture(of: QRCode(secret.link(login: visit.account.login)), texts["account.second_picture"]))
            <p><code class="secret">\(secret.text)</code></p>\(form.markup)
            """
    }

    var pages: [Page] {
        [
            .get("/account", "account.title", for: .everyone, at: Place(.settings, 90, "person")) { visit in
                let account = visit.account, texts = visit.texts
                let about = Form(
                    visit, to: "/account",
                    [
                        .input("name", texts["accounts.name"], value: account.name, required: true),
                        .choice(
                            "language", texts["account.language"],
                            [Form.Option("", texts["account.browser"])] + Language.allCases.map { Form.Option($0.rawValue, $0.name) },
                            value: account.language ?? ""),
                        .input(
                            "zone", texts["account.zone"], value: account.zone ?? "",
                            hint: texts("account.zone_hint", ["zone": visit.parts.zone.name]), placeholder: "Europe/Lisbon"),
                    ], submit: texts["form.save"])
                let password = Form(
                    visit, to: "/account/password",
                    [
                        .input("current", texts["account.current"], type: "password", autocomplete: "current-password"),
                        .input(
                            "password", texts["account.password"], type: "password", hint: texts["welcome.hint"], required: true,
                            autocomplete: "new-password"),
                    ], submit: texts["account.change_password"])
                return .content(
                    """
                    <div class="columns even">\(Card(texts["account.view"], about.markup).markup)\
                    \(Card(texts["account.password"], password.markup).markup)\
                    \(Card(texts["account.second"], try Self.secondFactor(visit)).markup)</div>
                    """)
            },
            .post("/account/second-factor", for: .everyone) { visit in
                guard let secret = SecondFactor.Secret(visit.form["secret"]) else { throw SecondFactor.Refused() }
                let code = visit.form["code"].filter { !$0.isWhitespace }
                try await visit.perform(
                    SetSecondFactor(visit.account.id, secret, code: code, visit.parts.vault, at: visit.parts.clock()))
                return .to("/account", said: "said.saved")
            },
            .post("/account/second-factor/removal", for: .everyone) { visit in
                try await visit.perform(RemoveSecondFactor(visit.account.id, actor: visit.actor))
                return .to("/account", said: "said.saved")
            },
            .post("/account", for: .everyone) { visit in
                let language = visit.form.optional("language").flatMap(Language.init(rawValue:))
                try await visit.perform(
                    ChangeAccountView(
                        visit.account.id, name: visit.form["name"], language: language?.rawValue, zone: visit.form.optional("zone")))
                return .to("/account", said: "said.saved")
            },
            .post("/account/password", for: .everyone) { visit in
                let id = visit.account.id, cost = visit.parts.passwordCost
                let (current, wanted) = (visit.form.exact("current"), visit.form.exact("password"))
                let subject = SignInGuard.Subject.login(visit.account.login), now = visit.parts.clock()
                let kept = try await visit.read { tx in
                    try SignInGuard.check([subject], at: now, in: tx)
                    return try Account.passwordHash(id, in: tx)
                }
                let isRight = try await Work.apart { try kept == nil || Password.matches(current, kept, cost) }
                guard isRight else {
                    try await visit.perform(CountWrongTry([subject], at: now))
                    throw InvalidInput(field: "/current", visit.texts["account.current_wrong"], code: "account.password_wrong")
                }
                let hash = try await Work.apart { try Password.hash(wanted, cost, Vault.systemRandom) }
                try await visit.perform(SetOwnPassword(id, password: hash, keeping: visit.session?.hash ?? ""))
                return .to("/account", said: "said.saved")
            },
        ]
    }
}
