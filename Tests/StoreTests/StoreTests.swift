import Foundation
import Kernel
import Store
import TestGround
import Testing

struct StoreTests {
    /// What each of many tasks was told, as text, sorted and counted.
    static func outcomes<F: Flow>(_ flows: [F], on store: Store) async -> [String: Int] {
        await withTaskGroup(of: String.self) { group in
            for flow in flows {
                group.addTask {
                    do { _ = try await store.perform(flow) } catch let refusal as any Refusal {
                        return refusal.code
                    } catch { return "\(error)" }
                    return "done"
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    static func takes(_ count: Int) -> [Take] { (0..<count).map { Take(key: "k\($0)", shelf: 1, quantity: 1) } }

    @Test("of two hundred buyers at once as many are served as there are pieces", arguments: EngineKind.all)
    func manyBuyers(kind: EngineKind) async throws {
        try await withStore(kind, migrations: Shop.migrations) { store in
            try await store.perform(InPlace { try Shop.stock([120], in: $0) })
            let outcomes = await Self.outcomes(Self.takes(200), on: store)
            #expect(outcomes == ["done": 120, "shop.soldOut": 80])
            let promised: Int? = try await store.read { try $0.value("SELECT promised FROM shelf WHERE id = 1") }
            #expect(promised == 120)
        }
    }

    @Test("closing finishes what was accepted and refuses what comes later", arguments: EngineKind.shared)
    func closing(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let store = try database.store(migrations: Shop.migrations)
            try await store.perform(InPlace { try Shop.stock([5000], in: $0) })
            async let outcomes = Self.outcomes(Self.takes(3000), on: store)
            try await Task.sleep(for: .milliseconds(15))
            await Task.detached { store.close() }.value
            let told = await outcomes
            #expect(Set(told.keys).isSubset(of: ["done", "the store is closed"]))
            #expect(told.values.reduce(0, +) == 3000)

            await #expect(throws: StoreError.self) { try await store.perform(Self.takes(1)[0]) }
            await #expect(throws: StoreError.self) { try await store.read(Shop.dump) }
            let again = try database.store(migrations: Shop.migrations)
            let promised: Int? = try again.readBlocking { try $0.value("SELECT promised FROM shelf WHERE id = 1") }
            #expect(promised == told["done"] ?? 0)
            again.close()
        }
    }

    @Test("what is asked beyond the bound of the queue is refused as busy, and the rest is done")
    func busy() async throws {
        // A database in memory has one writer: nobody else takes anything off the queue meanwhile.
        try await withStore(.sqliteMemory, migrations: Shop.migrations) { store in
            let bound = 20_000, beyond = 50
            let started = DispatchSemaphore(value: 0), refused = DispatchSemaphore(value: 0)
            let blocker = Task.detached {
                try await store.perform(
                    InPlace { _ in
                        started.signal()
                        for _ in 0..<beyond { _ = refused.wait(timeout: .now() + 60) }
                    })
            }
            await Task.detached { Self.wait(started) }.value
            let busy = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<bound + beyond {
                    group.addTask {
                        do { try await store.perform(InPlace { _ in }) } catch {
                            refused.signal()
                            return error is StoreBusy
                        }
                        return false
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try await blocker.value
            #expect(busy == beyond)
        }
    }

    private static func wait(_ semaphore: DispatchSemaphore) { semaphore.wait() }

    @Test("a read sees one snapshot, whatever is committed meanwhile", arguments: EngineKind.shared)
    func snapshot(kind: EngineKind) async throws {
        try await withStore(kind, migrations: Shop.migrations) { store in
            try await store.perform(InPlace { try Shop.stock([10], in: $0) })
            let counts = try await store.read { tx in
                let count = { try tx.value("SELECT promised FROM shelf WHERE id = 1", as: Int.self) ?? -1 }
                let before = try count()
                _ = try store.performBlocking(Take(key: "meanwhile", shelf: 1, quantity: 3))
                return [before, try count()]
            }
            #expect(counts == [0, 0])
            let after: Int? = try await store.read { try $0.value("SELECT promised FROM shelf WHERE id = 1") }
            #expect(after == 3)
        }
    }

    @Test("a read cannot write", arguments: EngineKind.shared)
    func readOnly(kind: EngineKind) async throws {
        try await withStore(kind, migrations: Shop.migrations) { store in
            await #expect(throws: StoreError.self) {
                _ = try await store.read { try $0.run("INSERT INTO remark (number, words) VALUES (1, 'x')") }
            }
            try await #expect(store.read { try $0.value("SELECT COUNT(*) FROM remark", as: Int.self) } == 0)
        }
    }

    @Test("a read whose session was ended is read again", arguments: EngineKind.servers)
    func readAgain(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let store = try database.store(migrations: Shop.migrations)
            try await store.perform(InPlace { try Shop.stock([10], in: $0) })
            try Server.endSessions(of: database)
            let sellable: Int? = try await store.read { try $0.value("SELECT sellable FROM shelf WHERE id = 1") }
            #expect(sellable == 10)
            try await #expect(store.perform(Take(key: "a", shelf: 1, quantity: 3)) == 7)
            store.close()
        }
    }
}
