import Flows
import Identity
import Kernel
import Store
import Synchronization
import TestGround
import Testing

@testable import Console

@Suite struct SignInTests {
    @Test("the first owner comes in by a link that works once, and by the password from then on", arguments: EngineKind.shared)
    func firstOwner(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind, isDemo: false) { server in
            let link = try #require(try await FirstOwner.link(server.store, now: .wallClock))
            #expect(try await FirstOwner.link(server.store, now: .wallClock) == nil)
            #expect(try await server.nobody.get(link).text.contains("<code>owner</code>"))
            let short = try await server.nobody.post(link, ["password": "short"])
            #expect(short.status == 422 && short.text.contains("at least 10"))
            let taken = try await server.nobody.post(link, ["password": "correct horse battery"])
            #expect(taken.status == 303 && taken.cookie != nil)
            #expect(try await server.nobody.get(link).status == 404)
            let wrong = try await server.nobody.post("/sign-in", ["login": "owner", "password": "correct horse"])
            #expect(wrong.status == 401 && wrong.cookie == nil)
            let right = try await server.nobody.post(
                "/sign-in", ["login": " OWNER ", "password": "correct horse battery", "to": "/accounts"])
            #expect(right.headers["location"] == "/accounts")
            let owner = Visitor(url: server.url, cookie: right.cookie)
            #expect(try await owner.get("/accounts").status == 200)
        }
    }

    @Test("where somebody wanted to go is never another site", arguments: ["//evil.example", "https://evil.example", "/\\evil.example", ""])
    func onward(_ to: String) async throws {
        try await ConsoleServer.run { server in
            let reply = try await server.nobody.post("/sign-in/demo", ["role": "owner", "to": to])
            #expect(reply.headers["location"] == "/")
        }
    }

    @Test("who guesses waits longer and longer, and the right password does not help while they wait")
    func guessing() async throws {
        let clock = Mutex(Instant.testStart)
        try await ConsoleServer.run(clock: { clock.withLock { $0 } }) { server in
            try await Self.setPassword("correct horse battery", of: .planner, server)
            let wrong = ["login": "demo-planner", "password": "wrong"]
            let right = ["login": "demo-planner", "password": "correct horse battery"]
            for _ in 0..<6 { #expect(try await server.nobody.post("/sign-in", wrong).status == 401) }
            #expect(try await server.nobody.post("/sign-in", right).status == 503)
            clock.withLock { $0 = $0 + .seconds(16) }
            #expect(try await server.nobody.post("/sign-in", wrong).status == 401)
            clock.withLock { $0 = $0 + .seconds(16) }
            #expect(try await server.nobody.post("/sign-in", right).status == 503)
            clock.withLock { $0 = $0 + .seconds(16) }
            #expect(try await server.nobody.post("/sign-in", right).status == 303)
        }
    }

    @Test("signing out ends the session on the server")
    func signOut() async throws {
        try await ConsoleServer.run { server in
            let visitor = try await server.visitor(.reader)
            #expect(try await visitor.get("/account").status == 200)
            #expect(try await visitor.post("/sign-out").status == 303)
            #expect(try await visitor.get("/account").status == 303)
        }
    }

    @Test("a changed role and a disabled account hold at once")
    func changes() async throws {
        try await ConsoleServer.run { server in
            let (owner, planner) = (try await server.visitor(.owner), try await server.visitor(.planner))
            let id = try await Self.id(of: .planner, server)
            #expect(try await planner.get("/tower").status == 200)
            #expect(try await owner.post("/accounts/\(id)/role", ["role": "support", "party": ""]).status == 303)
            #expect(try await planner.get("/tower").status == 303)
            let again = try await server.visitor(.planner)
            #expect(try await again.get("/tower").status == 200)
            #expect(try await owner.post("/accounts/\(id)/access", ["disabled": "yes"]).status == 303)
            #expect(try await again.get("/tower").status == 303)
        }
    }

    @Test("the last owner stays one")
    func lastOwner() async throws {
        try await ConsoleServer.run { server in
            let owner = try await server.visitor(.owner), id = try await Self.id(of: .owner, server)
            #expect(try await owner.post("/accounts/\(id)/role", ["role": "reader"]).status == 409)
            #expect(try await owner.post("/accounts/\(id)/access", ["disabled": "yes"]).status == 409)
            #expect(try await owner.get("/accounts").status == 200)
        }
    }

    @Test("a role that works for somebody names whom, and one that sees the network names nobody")
    func parties() async throws {
        try await ConsoleServer.run { server in
            let owner = try await server.visitor(.owner), site = try await server.store.read { try Parties(in: $0).options[3].value }
            let new = ["name": "Ann", "login": "ann@example.com", "role": "merchant", "party": ""]
            let missing = try await owner.post("/accounts", new, ["X-Waybill-Form": "1"])
            #expect(missing.status == 422 && missing.text.contains(#""field":"party""#))
            #expect(try await owner.post("/accounts", new.merging(["party": site]) { $1 }).status == 422)
            #expect(try await owner.post("/accounts", new.merging(["role": "planner", "party": site]) { $1 }).status == 422)
            let made = try await owner.post("/accounts", new.merging(["role": "planner"]) { $1 })
            #expect(made.status == 200 && made.text.contains("/welcome/wb_"))
            #expect(try await owner.post("/accounts", new.merging(["role": "planner"]) { $1 }).status == 409)
        }
    }

    @Test("a session that we did not sign is none, and behind TLS it travels over TLS only")
    func cookies() async throws {
        try await ConsoleServer.run(isBehindTLS: true) { server in
            let reply = try await server.nobody.post("/sign-in/demo", ["role": "owner"])
            let header = try #require(reply.headers["set-cookie"])
            #expect(["HttpOnly", "SameSite=Lax", "Secure"].allSatisfy(header.contains))
            let cookie = try #require(reply.cookie)
            let forged = cookie.dropLast() + (cookie.hasSuffix("0") ? "1" : "0")
            #expect(try await Visitor(url: server.url, cookie: cookie).get("/account").status == 200)
            #expect(try await Visitor(url: server.url, cookie: String(forged)).get("/account").status == 303)
        }
    }

    @Test("the log says who did something, and not by what name they sign in")
    func actors() async throws {
        try await ConsoleServer.run { server in
            let owner = try await server.visitor(.owner)
            let (mine, other) = (try await Self.id(of: .owner, server), try await Self.id(of: .reader, server))
            _ = try await owner.post("/accounts/\(other)/role", ["role": "support"])
            let events = try await server.store.read { try EventLog.history(of: other.description, in: $0) }
            let change = try #require(events.last { $0.type == IdentityEvents.accountRoleChanged })
            #expect(change.actor == mine.description && !change.payload.text.contains("demo"))
        }
    }

    private static func id(of role: AccountRole, _ server: ConsoleServer) async throws -> AccountID {
        try #require(try await server.store.read { try Account.find(login: DemoAccounts.login(role), in: $0) }).id
    }

    private static func setPassword(_ password: String, of role: AccountRole, _ server: ConsoleServer) async throws {
        let hash = try Password.hash(password, ConsoleServer.cost, Vault.systemRandom)
        try await server.store.perform(SetOwnPassword(try await id(of: role, server), password: hash, keeping: ""))
    }
}
