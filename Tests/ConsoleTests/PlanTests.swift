import Edges
import Flows
import Identity
import Kernel
import Rehearsal
import Store
import TestGround
import Testing
import Views

@testable import Console

/// What pages ask of a book with a million orders, they must not ask of every row.
@Suite struct PlanTests {
    /// Tables that grow with the orders.
    private static let growing: Set = [
        "orders", "order_line", "order_component", "order_progress", "fulfillment_order", "fulfillment_line", "reservation", "event",
        "movement", "parcel", "parcel_item", "label", "handling_unit", "containment", "custody", "tracking_event", "task", "clock",
        "recipient", "rma", "rma_item", "returned_goods", "refund", "exception", "outbox", "webhook_delivery", "handoff",
    ]
    private static let roles: [AccountRole] = [.owner, .merchant, .lead, .floor, .partner, .driver]
    private static let seed: UInt64 = 4

    /// The steps that read a growing table from its one end to the other, although something is asked of it.
    private static func scans(_ plan: PlanBook.Plan) -> [String] {
        // The newest so many of a table, whatever they are.
        if plan.text.hasSuffix("ORDER BY id DESC LIMIT 1 OFFSET ?"), !plan.text.contains("WHERE") { return [] }
        return plan.steps.filter { step in
            let words = step.split(separator: " ").map(String.init)
            // An index of what is open ends where the open things end.
            guard words.first == "SCAN", words.count > 1, words.last != "exception_open" else { return false }
            return growing.contains(words[1]) || isAlias(words[1], in: plan.text)
        }
    }

    private static func isAlias(_ name: String, in text: String) -> Bool {
        growing.contains { table in
            ["FROM", "JOIN"].contains { word in
                text.contains("\(word) \(table) \(name) ") || text.contains("\(word) \(table) \(name)\n")
            }
        }
    }

    @Test("no page reads a table that grows from its one end to the other")
    func plans() async throws {
        try await withDatabase(.sqliteFile) { database in
            let world = SampleWorld.make(orders: 60, days: 5, start: CivilDate(dayNumber: 20_491), seed: Self.seed)
            _ = try Rehearsal(
                RehearsalPlan(world: world, sites: 3, seed: Self.seed, troubles: .faulty), engine: database.engine).run()
            let book = PlanBook()
            let store = try Store(
                engine: WatchedEngine(base: database.anotherEngine(), book: book), migrations: Assembly.migrations,
                clock: { .wallClock })
            defer { store.close() }
            try await DemoAccounts.prepare(store, now: .wallClock)
            let vault = Vault(try MasterKey.rehearsal(seed: Self.seed))
            let parts = ConsoleParts(
                store: store, orders: OrderDesk(network: NetworkCache(), vault: vault), isBehindTLS: false, isDemo: true,
                passwordCost: ConsoleServer.cost, freshness: .zero, clock: { .wallClock }, picture: { .sample })
            try await ConsoleServer.serve(store, parts) { server in
                var seen: Set<String> = []
                for role in Self.roles { seen.formUnion(try await Self.walk(try await server.visitor(role), role)) }
                #expect(seen.count > 20)
            }
            #expect(book.all.count > 50)
            let found = book.all.flatMap { plan in Self.scans(plan).map { "\($0): \(plan.text)" } }
            #expect(found == [])
        }
    }

    /// Follows links from the first page, at most three of a kind; answers the kinds.
    private static func walk(_ visitor: Visitor, _ role: AccountRole) async throws -> Set<String> {
        var waiting = ["/"], known: Set = ["/"], kinds: [String: Int] = [:]
        while !waiting.isEmpty {
            let path = waiting.removeFirst(), kind = kind(of: path)
            guard kinds[kind, default: 0] < 3 else { continue }
            let reply = try await visitor.get(path)
            #expect(reply.status < 500, "\(role) \(path)")
            kinds[kind, default: 0] += 1
            let links = reply.text.matches(of: /<a\b[^>]*\bhref="([^"]*)"/).map { String($0.1).replacing("&amp;", with: "&") }
            for link in links + [reply.headers["location"]].compactMap(\.self)
            where link.hasPrefix("/") && !link.hasPrefix("/v1") && !link.hasPrefix("/assets") && known.insert(link).inserted {
                waiting.append(String(link.split(separator: "#")[0]))
            }
        }
        return Set(kinds.keys)
    }

    /// The path without its ids, and the names of what it filters by.
    private static func kind(of path: String) -> String {
        let parts = path.split(separator: "?", maxSplits: 1)
        let steps = parts[0].split(separator: "/").map { $0.contains("_") && $0.contains(where: \.isNumber) ? "{id}" : String($0) }
        let names = (parts.count > 1 ? parts[1].split(separator: "&") : []).filter { !$0.hasSuffix("=") }
            .map { String($0.prefix { $0 != "=" }) }.sorted()
        return steps.joined(separator: "/") + "?" + names.joined(separator: "&")
    }
}
