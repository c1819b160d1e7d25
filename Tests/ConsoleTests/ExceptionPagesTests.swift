import Exceptions
import Identity
import Kernel
import Store
import TestGround
import Testing
import Views

@testable import Console

@Suite struct ExceptionPagesTests {
    /// Opens exceptions of these kinds, one a subject, each due an hour after the other.
    private struct OpenCases: Flow {
        let kinds: [(kind: String, role: OwnerRole)]
        let site: SiteID?

        func run(in tx: Transaction) throws -> [ExceptionID] {
            try Exceptions.open(
                kinds.enumerated().map { index, one in
                    NewException(
                        one.kind, subject: "thing-\(index)", site: site, ownerRole: one.role, due: tx.now + .hours(index + 1),
                        detail: "Case \(index).")
                }, in: tx)
        }
    }

    private static func count(_ server: ConsoleServer) async throws -> Int {
        try await server.store.read { try ExceptionPages.counts(.network, in: $0).reduce(0) { $0 + $1.open } }
    }

    @Test(
        "the inbox tells whose turn it is, what each action would do, and deals with several at once, all or none",
        arguments: EngineKind.shared)
    func batches(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let roles: [(String, OwnerRole)] = [("trip.late", .operator), ("order.late", .operator), ("return.missing", .support)]
            let ids = try await server.store.perform(OpenCases(kinds: roles.map { (kind: $0.0, role: $0.1) }, site: nil))
            let visitor = try await server.visitor(.operator), before = try await Self.count(server)
            #expect(try await visitor.get("/exceptions?role=operator").text.contains("/exceptions/\(ids[0])"))
            #expect(try await !visitor.get("/exceptions?role=support").text.contains("/exceptions/\(ids[0])"))
            let page = try await visitor.get("/exceptions/\(ids[1])").text
            #expect(page.contains("What has not left of the order is cancelled"))
            let ticks = [ids[0].description: "yes", ids[2].description: "yes"]
            #expect(try await visitor.post("/exceptions/batch", ["act": "take"]).status == 422)
            #expect(try await visitor.post("/exceptions/batch", ticks.merging(["act": "take"]) { $1 }).status == 303)
            #expect(try await visitor.get("/exceptions?mine=me").text.contains("/exceptions/\(ids[2])"))
            #expect(try await !visitor.get("/exceptions?mine=nobody").text.contains("/exceptions/\(ids[2])"))
            #expect(try await visitor.post("/exceptions/batch", ticks.merging(["act": "resolve"]) { $1 }).status == 422)
            let all = ticks.merging([ids[1].description: "yes", "act": "cancel_order", "note": "no"]) { $1 }
            #expect(try await visitor.post("/exceptions/batch", all).status == 409)
            #expect(try await Self.count(server) == before)
            #expect(try await visitor.post("/exceptions/batch", ticks.merging(["act": "resolve", "note": "seen"]) { $1 }).status == 303)
            #expect(try await Self.count(server) == before - 2)
            #expect(try await visitor.get("/acts").text.contains("Dealt with an exception"))
        }
    }

    @Test("others see only what is theirs to decide", arguments: EngineKind.shared)
    func isolation(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let own: SiteID? = try await server.store.read {
                try $0.value("SELECT party FROM account WHERE role = 'lead' ORDER BY id LIMIT 1")
            }
            let ids = try await server.store.perform(
                OpenCases(kinds: [(kind: "pick.short", role: .site), (kind: "order.late", role: .operator)], site: own))
            let lead = try await server.visitor(.lead), merchant = try await server.visitor(.merchant)
            #expect(try await lead.get("/exceptions/\(ids[0])").status == 200)
            #expect(try await lead.get("/exceptions/\(ids[1])").status == 404)
            #expect(try await merchant.get("/exceptions/\(ids[0])").status == 404)
            #expect(try await merchant.post("/exceptions/batch", [ids[0].description: "yes", "act": "take"]).status == 404)
            #expect(try await server.visitor(.planner).post("/exceptions/\(ids[0])/notes", ["text": "x"]).status == 403)
            #expect(try await lead.post("/exceptions/\(ids[0])/notes", ["text": "looked"]).status == 303)
            #expect(try await lead.get("/exceptions/\(ids[0])").text.contains("looked"))
        }
    }

    @Test("pages of the inbox hold each one once, the most urgent first", arguments: EngineKind.shared)
    func pages(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let kinds = (0..<9).map { (kind: "trip.late", role: OwnerRole.allCases[$0 % 3]) }
            _ = try await server.store.perform(OpenCases(kinds: kinds, site: nil))
            let (seen, all) = try await server.store.read { tx in
                var seen: [ExceptionID] = [], after: ExceptionCursor?, filter = InboxFilter()
                filter.kind = "trip.late"
                repeat {
                    let window = try ExceptionPages.inbox(filter, .network, after: after, limit: 2, reach: 3, in: tx)
                    seen += window.exceptions.map(\.id)
                    after = window.next
                } while after != nil
                return (seen, try ExceptionPages.inbox(filter, .network, after: nil, limit: 100, in: tx).exceptions.map(\.id))
            }
            #expect(seen == all && seen.count == 9)
        }
    }

    @Test("every kind and every action has its words in all languages")
    func words() {
        for language in Language.allCases {
            let texts = Texts.of(language)
            for kind in ExceptionCatalog.all {
                let key = kind.name.replacing(".", with: "_")
                #expect(texts.has("exception.\(key)") && texts.has("exception_about.\(key)"), "\(kind.name)")
            }
            for step in ExceptionStep.allCases {
                #expect(texts.has("exception_step.\(step.rawValue)") && texts.has("exception_effect.\(step.rawValue)"), "\(step)")
            }
        }
    }
}
