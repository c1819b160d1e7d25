import Kernel
import Store
import TestGround
import Testing

struct NodeLeaseTests {
    @Test("two nodes on one database never make one id twice", arguments: EngineKind.servers)
    func uniqueIDs(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let clock = TestClock(.testStart)
            let stores = try (0..<2).map { _ in try database.store(clock: { clock.now }) }
            #expect(stores[0].node != stores[1].node)
            let ids = try await withThrowingTaskGroup(of: [OrderID].self) { group in
                for store in stores {
                    for _ in 0..<5 { group.addTask { try await store.perform(InPlace { tx in (0..<2000).map { _ in tx.id() } }) } }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(ids).count == 20_000)
            for store in stores { store.close() }
        }
    }

    @Test("a number is free again ten leases after its node's last heartbeat, not before", arguments: EngineKind.servers)
    func reuse(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let clock = TestClock(.testStart)
            let numbers = try [0, 21, 0].map { minutes in
                clock.advance(.minutes(minutes))
                let store = try database.store(clock: { clock.now })
                store.close()
                return store.node
            }
            // The first lease ends after 2 minutes, and its number is free from minute 22 on.
            #expect(numbers == [1, 2, 3])
            clock.advance(.minutes(1))
            let store = try database.store(clock: { clock.now })
            #expect(store.node == 1)
            store.close()
        }
    }

    @Test("a node that works keeps its number", arguments: EngineKind.servers)
    func heartbeat(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let clock = TestClock(.testStart)
            let store = try database.store(clock: { clock.now })
            for _ in 0..<100 {
                clock.advance(.minutes(1))
                try store.performBlocking(InPlace { _ in })
            }
            let other = try database.store(clock: { clock.now })
            #expect(other.node != store.node)
            other.close()
            store.close()
        }
    }

    @Test("a node whose number went to another while it slept writes no more", arguments: EngineKind.servers)
    func lost(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let clock = TestClock(.testStart)
            let sleeper = try database.store(migrations: Shop.migrations, clock: { clock.now })
            clock.advance(.minutes(30))
            let other = try database.store(migrations: Shop.migrations, clock: { clock.now })
            #expect(other.node == sleeper.node)
            for _ in 0..<2 {
                let error = #expect(throws: StoreError.self) {
                    try sleeper.performBlocking(InPlace { try Shop.stock([1], in: $0) })
                }
                #expect("\(try #require(error))".contains("went to another process"))
            }
            try other.performBlocking(InPlace { try Shop.stock([1], in: $0) })
            sleeper.close()
            other.close()
        }
    }
}
