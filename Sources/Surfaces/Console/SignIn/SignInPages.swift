import Dispatch
import Flows
import HTTPTypes
import Hummingbird
import Identity
import Kernel

/// In and out: with a password, by a one-time link, and in the demo at a click.
struct SignInPages {
    let parts: ConsoleParts

    var pages: [Page] {
        let always: [Page] = [
            .get("/sign-in", "sign_in.title", for: nil) { try await Self.show($0) },
            .post("/sign-in", for: nil) { try await Self.enter($0) },
            .post("/sign-out", for: .everyone) { visit in
                if let session = visit.session { try await visit.perform(EndSession(session.hash)) }
                var response = Replies.onward(to: "/sign-in")
                response.headers.append(SessionCookie.ended(isBehindTLS: visit.parts.isBehindTLS))
                return .made(response)
            },
            .get("/welcome/{link}", "welcome.title", for: nil) { try await Self.welcome($0) },
            .post("/welcome/{link}", for: nil) { try await Self.choosePassword($0) },
        ]
        guard parts.isDemo else { return always }
        return always + [.post("/sign-in/demo", for: nil) { try await Self.enterDemo($0) }]
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        if visit.signedIn != nil { return .to("/") }
        let texts = visit.texts
        let form = Form(
            visit, to: "/sign-in",
            [
                .hidden("to", visit.query["to"] ?? ""),
                .input("login", texts["sign_in.login"], required: true, autocomplete: "username"),
                .input("password", texts["sign_in.password"], type: "password", required: true, autocomplete: "current-password"),
                .input("code", texts["sign_in.code"], hint: texts["sign_in.code_hint"], autocomplete: "one-time-code"),
            ], submit: texts["sign_in.submit"])
        let roles = visit.parts.isDemo ? AccountRole.allCases.map { DemoRole($0, texts) } : []
        return .view("sign-in", SignInView(form: form.markup, isDemo: visit.parts.isDemo, roles: roles), frame: .bare)
    }

    /// The same answer, after the same time, whether the name or the password is wrong.
    private static func enter(_ visit: Visit) async throws -> PageAnswer {
        let login = visit.form["login"], now = visit.parts.clock()
        let subjects = [SignInGuard.Subject.login(login), .address(visit.address)]
        let (account, kept) = try await visit.read { tx -> (Account?, String?) in
            try SignInGuard.check(subjects, at: now, in: tx)
            guard let account = try Account.find(login: login, in: tx), account.disabled == nil else { return (nil, nil) }
            return (account, try Account.passwordHash(account.id, in: tx))
        }
        let password = visit.form.exact("password"), cost = visit.parts.passwordCost
        let isRight = try await Work.apart { try Password.matches(password, kept, cost) }
        guard let account, isRight else {
            try await visit.perform(CountWrongTry(subjects, at: now))
            throw SignInGuard.Refused.wrong
        }
        do {
            return try await open(account.id, forgetting: subjects[0], visit)
        } catch SignInGuard.Refused.wrong {
            try await visit.perform(CountWrongTry(subjects, at: now))
            throw SignInGuard.Refused.wrong
        }
    }

    private static func enterDemo(_ visit: Visit) async throws -> PageAnswer {
        let role = try visit.form.choice("role", AccountRole.self)
        guard let account = try await visit.read({ try Account.find(login: DemoAccounts.login(role), in: $0) }) else {
            throw NotFound("account", role.rawValue)
        }
        return try await open(account.id, forgetting: nil, visit)
    }

    private static func open(
        _ account: AccountID, forgetting subject: SignInGuard.Subject?, _ visit: Visit
    ) async throws -> PageAnswer {
        let token = APIToken.make(Vault.systemRandom)
        let code = visit.form["code"].filter { !$0.isWhitespace }
        try await visit.perform(
            OpenSession(account, token, code: code, visit.parts.vault, forgetting: subject, at: visit.parts.clock()))
        let to = visit.form["to"]
        var response = Replies.onward(to: to.hasPrefix("/") && !to.hasPrefix("//") && !to.contains("\\") ? to : "/")
        response.headers.append(SessionCookie.header(token, visit.parts.vault, isBehindTLS: visit.parts.isBehindTLS))
        return .made(response)
    }

    private static func welcome(_ visit: Visit) async throws -> PageAnswer {
        let link = APIToken(visit.path["link"] ?? ""), now = visit.parts.clock()
        let account = try await visit.read { try AccountLinks.owner(link, at: now, in: $0) }
        let form = Form(
            visit, to: visit.pathText,
            [
                .input(
                    "password", visit.texts["welcome.password"], type: "password", hint: visit.texts["welcome.hint"], required: true,
                    autocomplete: "new-password")
            ], submit: visit.texts["welcome.submit"])
        let model = SignInView(form: form.markup, name: account.name, login: account.login)
        return .view("welcome", model, frame: .bare)
    }

    private static func choosePassword(_ visit: Visit) async throws -> PageAnswer {
        let link = APIToken(visit.path["link"] ?? ""), now = visit.parts.clock(), cost = visit.parts.passwordCost
        _ = try await visit.read { try AccountLinks.owner(link, at: now, in: $0) }
        let password = visit.form.exact("password")
        let hash = try await Work.apart { try Password.hash(password, cost, Vault.systemRandom) }
        let account = try await visit.perform(UseAccountLink(link, password: hash, at: now))
        return try await open(account.id, forgetting: .login(account.login), visit)
    }
}

/// A role that the demo lets one look around as.
private struct DemoRole: Sendable {
    let role: String
    let name: String
    let about: String

    init(_ role: AccountRole, _ texts: Texts) {
        self.role = role.rawValue
        name = texts["role.\(role.rawValue)"]
        about = texts["role_about.\(role.rawValue)"]
    }
}

private struct SignInView: Sendable {
    let form: Markup
    var isDemo = false
    var roles: [DemoRole] = []
    var name = ""
    var login = ""
}

/// Work that takes long and waits for nothing, kept away from the threads that answer requests.
enum Work {
    private static let queue = DispatchQueue(label: "waybill.console.work", attributes: .concurrent)

    static func apart<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
