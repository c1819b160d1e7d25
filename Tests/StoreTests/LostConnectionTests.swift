import Foundation
import Kernel
import Store
import StorePostgres
import TestGround
import Testing

struct LostConnectionTests {
    /// Runs `body` with a stepper on the database and a batch that reaches it through a proxy.
    static func with(
        _ kind: EngineKind, lookupSeconds: Int = 60, _ body: (Stepper, Batch, CuttingProxy, TestDatabase) throws -> Void
    ) throws {
        try withDatabase(kind) { database in
            let stepper = try database.stepper(migrations: Shop.migrations)
            try stepper.perform(InPlace { try Shop.stock([0, 10_000], in: $0) })
            let proxy = try CuttingProxy(to: try #require(database.url))
            defer { proxy.close() }
            let connection = try PostgresEngine(url: proxy.url).connect(readOnly: false)
            defer { connection.close() }
            let batch = Batch(connection: connection, ids: IDGenerator(node: 3), lookupSeconds: lookupSeconds)
            try body(stepper, batch, proxy, database)
        }
    }

    static func sellable(_ stepper: Stepper) throws -> Int? {
        try stepper.read { try $0.value("SELECT sellable FROM shelf WHERE id = 1") }
    }

    @Test("a connection cut at COMMIT is resolved by looking: right answers, nothing twice, nothing lost",
        arguments: EngineKind.servers, CuttingProxy.Cut.allCases)
    func cutAtCommit(kind: EngineKind, cut: CuttingProxy.Cut) throws {
        try Self.with(kind) { stepper, batch, proxy, _ in
            let told = Told()
            for round in 0..<6 {
                proxy.arm(cut, outage: round % 3 == 2 ? 0.3 : 0)
                let numbers = round * 10..<round * 10 + 10
                batch.run(numbers.map { told.job($0, Restock(shelf: 1, pieces: 1, number: $0)) }, now: .testStart)
                #expect(proxy.cuts == round + 1)
            }
            #expect(told.all(60) == (1...60).map { ["\($0)"] })
            try #expect(Self.sellable(stepper) == 60)
            let events = try stepper.read { try $0.value("SELECT COUNT(*) FROM event", as: Int.self) }
            #expect(events == 60)
        }
    }

    @Test("cuts at random leave the same as none", arguments: EngineKind.servers, [11, 12])
    func randomCuts(kind: EngineKind, seed: Int) throws {
        try Self.with(kind) { stepper, batch, proxy, _ in
            var random = SeededRandom(seed: UInt64(seed))
            let told = Told()
            var number = 0
            for _ in 0..<40 {
                if random.below(2) == 0 {
                    let cut = CuttingProxy.Cut.allCases[random.below(3)]
                    proxy.arm(cut, outage: random.below(4) == 0 ? 0.1 : 0)
                }
                var jobs: [any Job] = []
                for _ in 0...random.below(6) {
                    jobs.append(
                        random.below(2) == 0
                            ? told.job(number, Restock(shelf: 1, pieces: 1, number: number))
                            : told.job(number, Take(key: "k\(number)", shelf: 2, quantity: 1)))
                    number += 1
                }
                batch.run(jobs, now: .testStart)
            }
            #expect(told.all(number).allSatisfy { $0.count == 1 && Int($0[0]) != nil }, "seed \(seed)")
            let stands = try stepper.read(Shop.dump)
            let restocks = stands.filter { $0.hasPrefix("remark") }.count, takings = stands.filter { $0.hasPrefix("taking") }.count
            #expect(restocks + takings == number)
            #expect(stands.prefix(2) == ["shelf 1: \(restocks), 0", "shelf 2: 10000, \(takings)"])
            #expect(stands.filter { $0.hasPrefix("event") }.count == number)
            #expect(proxy.cuts > 8)
        }
    }

    @Test("where the server stays away the callers hear that nobody knows, once, and nothing is done again",
        arguments: EngineKind.servers, [CuttingProxy.Cut.before, .after])
    func staysAway(kind: EngineKind, cut: CuttingProxy.Cut) throws {
        try Self.with(kind, lookupSeconds: 1) { stepper, batch, proxy, _ in
            let told = Told()
            proxy.arm(cut, outage: 3)
            batch.run((0..<8).map { told.job($0, Restock(shelf: 1, pieces: 1, number: $0)) }, now: .testStart)
            #expect(told.all(8).allSatisfy { $0.count == 1 && $0[0].hasPrefix("failed the connection was lost while transaction") })
            Thread.sleep(forTimeInterval: 3)
            batch.run([told.job(8, Restock(shelf: 1, pieces: 1, number: 8))], now: .testStart)
            let stands = cut == .after ? 9 : 1
            #expect(told.all(9)[8] == ["\(stands)"])
            try #expect(Self.sellable(stepper) == stands)
        }
    }

    @Test("a session ended in the middle of a transaction is opened anew and the work run again, once",
        arguments: EngineKind.servers)
    func terminated(kind: EngineKind) throws {
        try Self.with(kind) { stepper, batch, _, database in
            let told = Told(), wasEnded = Flag()
            let interrupted = InPlace { tx in
                let answer = try Restock(shelf: 1, pieces: 1, number: 1).run(in: tx)
                if !wasEnded.isRaised {
                    wasEnded.raise()
                    #expect(try Server.endSessions(of: database, inTransaction: true) == 1)
                }
                return answer
            }
            let jobs = [
                told.job(0, Restock(shelf: 1, pieces: 1, number: 0)), told.job(1, interrupted),
                told.job(2, Restock(shelf: 1, pieces: 1, number: 2)),
            ]
            batch.run(jobs, now: .testStart)
            #expect(told.all(3) == [["1"], ["2"], ["3"]])
            try #expect(Self.sellable(stepper) == 3)
        }
    }

    @Test("two that wait for each other's rows are both done in the end", arguments: EngineKind.servers)
    func deadlock(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let stores = try (0..<2).map { _ in try database.store(migrations: Shop.migrations) }
            try await stores[0].perform(InPlace { try Shop.stock([0, 0], in: $0) })
            let bothOrders = { @Sendable (first: Int, second: Int) in
                InPlace { tx in
                    try tx.run("UPDATE shelf SET sellable = sellable + 1 WHERE id = \(first)")
                    Thread.sleep(forTimeInterval: 0.02)
                    _ = try tx.run("UPDATE shelf SET sellable = sellable + 1 WHERE id = \(second)")
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, store) in stores.enumerated() {
                    group.addTask { for _ in 0..<3 { try await store.perform(bothOrders(1 + index, 2 - index)) } }
                }
                try await group.waitForAll()
            }
            let sellable: [Int] = try await stores[1].read { try $0.values("SELECT sellable FROM shelf ORDER BY id") }
            #expect(sellable == [6, 6])
            for store in stores { store.close() }
        }
    }
}
