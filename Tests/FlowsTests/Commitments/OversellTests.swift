import Flows
import Inventory
import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Testing
import Views

/// The four ways others fail, with buyers who really come at once: tasks on every node that the engine can have.
@Suite("Overselling")
struct OversellTests {
    @Test("the last unit goes to one of many who come at once", arguments: EngineKind.shared)
    func lastUnit(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [1, 0]) { ground in
            Rush(orders: (0..<60).map { ground.order("L-\($0)") })
        }
        #expect(end.won == 1)
    }

    @Test("of more than one thread takes, as many get theirs as there are units", arguments: EngineKind.shared)
    func hundred(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [70, 30]) { ground in
            Rush(orders: (0..<600).map { ground.order("H-\($0)") })
        }
        #expect(end.won == 100)
        #expect(end.reserved == 100)
    }

    @Test("the same orders sent many times at once are each placed once, and told alike", arguments: EngineKind.shared)
    func repeated(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [150, 0]) { ground in
            let requests = (0..<100).map { ground.order("R-\($0)").request }
            return Rush(bulk: (0..<8).map { _ in PlaceOrders(requests, desk: ground.network.desk, actor: "t") })
        }
        #expect(end.won == 800)
        #expect(end.reserved == 100)
    }

    @Test("two lines and two kits that share goods get no more than there is", arguments: EngineKind.shared)
    func shared(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [5, 0], other: [9, 0]) { ground in
            Rush(
                orders: (0..<20).map { at in
                    at % 2 == 0 ? ground.order("K-\(at)", [("KIT", 1), ("A", 1)]) : ground.order("D-\(at)", [("A", 2), ("A", 1)])
                })
        }
        #expect(end.won == 1)
        #expect(end.reserved == 3)
    }

    @Test("what is split over sites is counted once", arguments: EngineKind.shared)
    func split(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [3, 10]) { ground in
            Rush(orders: (0..<12).map { ground.order("S-\($0)", [("A", 6)]) })
        }
        #expect(end.won == 2)
        #expect(end.reserved == 12)
    }

    @Test("a hold that is confirmed, voided and expired at once ends once", arguments: EngineKind.shared)
    func twice(kind: EngineKind) async throws {
        let end = try await race(kind, stock: [8, 0]) { ground in
            let holds = try (0..<8).map { _ in try ground.stepper.perform(ground.hold([("A", 1)], minutes: 1)) }
            return Rush(
                orders: holds.enumerated().flatMap { at, hold in
                    [ground.order("T-\(at)", holds: [hold]), ground.order("U-\(at)", holds: [hold])]
                }, releases: holds.flatMap { [ReleaseHold($0), ReleaseHold($0)] }, ticks: 6)
        }
        #expect(end.held == 0)
        #expect(end.reserved == Quantity(Int64(end.won)))
    }

    /// What comes at once.
    private struct Rush: Sendable {
        var orders: [PlaceOrder] = []
        /// Orders that come as one request.
        var bulk: [PlaceOrders] = []
        var releases: [ReleaseHold] = []
        var ticks = 0
    }

    private func race(
        _ kind: EngineKind, stock: [Int64], other: [Int64] = [0, 0], _ prepare: (CommitmentGround) throws -> Rush
    ) async throws -> (won: Int, held: Quantity, reserved: Quantity) {
        try await withDatabase(kind) { (database: TestDatabase) async throws in
            let (rush, sku) = try Self.prepared(database, stock, other, prepare)
            // A file has one serving process; a server has as many nodes as one likes.
            let nodes = try (0..<(kind == .postgres ? 2 : 1)).map { _ in try database.store(migrations: Assembly.migrations) }
            defer { for node in nodes { node.close() } }
            let won = await withTaskGroup(of: Int.self) { group in
                for (at, order) in rush.orders.enumerated() {
                    group.addTask { await Self.ask(order, nodes[at % nodes.count]) }
                }
                for (at, many) in rush.bulk.enumerated() {
                    group.addTask { await Self.ask(many, nodes[at % nodes.count]) }
                }
                for (at, release) in rush.releases.enumerated() {
                    group.addTask { _ = await Self.ask(release, nodes[at % nodes.count]); return 0 }
                }
                for at in 0..<rush.ticks {
                    group.addTask { _ = await Self.ask(TimerStep([DueClocks()]), nodes[at % nodes.count]); return 0 }
                }
                return await group.reduce(0, +)
            }
            let all = try await nodes[0].read { try Supply.load(of: [sku], locked: false, in: $0)[sku] ?? [] }
            for supply in all { #expect(supply.held + supply.reserved <= supply.sellable) }
            let node = nodes[0]
            let findings = try AuditRun.run(read: { try node.readBlocking($0) }).broken.map(\.sentence)
            #expect(findings == [])
            return (won, all.reduce(0) { $0 + $1.held }, all.reduce(0) { $0 + $1.reserved })
        }
    }

    private static func prepared(
        _ database: TestDatabase, _ stock: [Int64], _ other: [Int64], _ prepare: (CommitmentGround) throws -> Rush
    ) throws -> (Rush, SKUID) {
        let ground = try CommitmentGround(database, stock: stock, other: other)
        return (try prepare(ground), ground.network.sku)
    }

    /// How many of them were placed, or had been.
    private static func ask(_ many: PlaceOrders, _ node: Store) async -> Int {
        do {
            return try await node.perform(many).count { if case .taken = $0 { true } else { false } }
        } catch {
            Issue.record("\(error)")
            return 0
        }
    }

    /// 1 where it was done, 0 where it was refused by name.
    private static func ask<F: Flow>(_ flow: F, _ node: Store) async -> Int {
        do {
            _ = try await node.perform(flow)
            return 1
        } catch {
            #expect(error is any Refusal, "\(error)")
            return 0
        }
    }
}
