import Foundation
import Kernel
import Store
import TestGround
import Testing

struct FollowerTests {
    /// The clock of one node, off by so much from the others'.
    static func clock(off minutes: Int) -> @Sendable () -> Instant { { .wallClock + .minutes(minutes) } }

    /// One turn of a node: now and then it leases, always it steps. Every turn may hit another node's.
    static func turn(_ store: Store, _ tally: Tally, _ random: inout SeededRandom) async throws {
        if random.below(4) == 0 {
            let lease = LeasePartitions(tally.name, node: store.node, nodes: 1 + random.below(3), duration: .milliseconds(50))
            _ = try await store.perform(lease)
        }
        _ = try await store.perform(FollowerStep(tally, node: store.node, limit: 1 + random.below(300)))
    }

    /// Gives random partitions to a random node, as when leases run out.
    static func steal(_ stores: [Store], _ random: inout SeededRandom) async throws {
        let thief = stores[random.below(stores.count)]
        let partitions = (0..<10).map { _ in random.below(EventLog.partitions) }
        _ = try await thief.perform(
            InPlace { [node = thief.node] tx in
                try tx.run(
                    """
                    UPDATE follower_cursor SET node = \(node), fence = fence + 1
                    WHERE partition_number IN \(list: Set(partitions).sorted())
                    """)
            })
    }

    /// A step inside a transaction that stays open. What is open elsewhere on the server may hold the log back at first.
    static func step(_ tally: Tally, node: Int, in tx: Transaction) throws {
        for _ in 0..<3000 {
            if try FollowerStep(tally, node: node).run(in: tx) > 0 { return }
            Thread.sleep(forTimeInterval: 0.01)
        }
        Issue.record("the step found nothing")
    }

    static func finish(_ count: Int, _ tally: Tally, _ store: Store) throws {
        let deadline = DispatchTime.now() + 30
        while try store.readBlocking(Tally.count) < count, DispatchTime.now() < deadline {
            _ = try store.performBlocking(FollowerStep(tally, node: store.node, limit: 100))
        }
    }

    static func expectAll(_ count: Int, _ database: TestDatabase) throws {
        let stepper = try database.stepper(migrations: Tally.migrations)
        try #expect(stepper.read(Tally.count) == count)
        try #expect(stepper.read(Tally.parked) == [])
    }

    @Test("events of types that a follower does not act on pass by", arguments: EngineKind.all)
    func passBy(kind: EngineKind) throws {
        try withStepper(kind, migrations: Tally.migrations) { stepper in
            let tally = Tally("tally")
            try stepper.lease([tally])
            try stepper.perform(
                InPlace { tx in
                    tx.emit(NewEvent("other.thing", key: "key 0", occurred: tx.now))
                    try Tally.append(1...10, keys: 3, in: tx)
                    tx.emit(NewEvent("other.thing", key: "key 1", occurred: tx.now))
                })
            try #expect(stepper.follow(tally, limit: 5) == 12)
            try #expect(stepper.follow(tally) == 0)
            try #expect(stepper.read(Tally.count) == 10)
        }
    }

    @Test("two followers each do every event once, from the beginning of the log", arguments: EngineKind.all)
    func twoFollowers(kind: EngineKind) throws {
        try withStepper(kind, migrations: Tally.migrations) { stepper in
            let (first, second) = (Tally("first"), Tally("second"))
            try stepper.lease([first])
            try stepper.perform(InPlace { try Tally.append(1...100, keys: 7, in: $0) })
            try #expect(stepper.follow(first, limit: 30) == 100)
            try stepper.lease([second])
            try #expect(stepper.follow(second) == 100)
            try #expect(stepper.read(Tally.count) == 200)
            try #expect(stepper.read(Tally.parked) == [])
        }
    }

    @Test("who holds no partition does nothing", arguments: EngineKind.all)
    func noPartition(kind: EngineKind) throws {
        try withStepper(kind, migrations: Tally.migrations) { stepper in
            let tally = Tally("tally")
            try stepper.perform(InPlace { try Tally.append(1...10, keys: 3, in: $0) })
            try #expect(stepper.perform(FollowerStep(tally, node: 0)) == 0)
            try stepper.lease([tally])
            try #expect(stepper.perform(FollowerStep(tally, node: 4)) == 0)
            try #expect(stepper.follow(tally) == 10)
        }
    }

    @Test("partitions are shared out evenly, and a node that comes or goes changes the shares", arguments: EngineKind.all)
    func shares(kind: EngineKind) throws {
        try withStepper(kind) { stepper in
            let lease = { (node: Int, nodes: Int) in try stepper.perform(LeasePartitions("f", node: node, nodes: nodes)) }
            try #expect(lease(1, 1) == 64)
            try #expect(lease(2, 2) == 0, "held by the first until it lets go")
            try #expect(lease(1, 2) == 32)
            try #expect(lease(2, 2) == 32)
            stepper.now = stepper.now + .seconds(14)
            try #expect(lease(2, 2) == 32)
            stepper.now = stepper.now + .seconds(2)
            try #expect(lease(2, 1) == 64, "the first has not renewed its lease for 16 seconds")
            try #expect(lease(1, 1) == 0)
        }
    }

    @Test("each event is done once and in order while nodes with wrong clocks take partitions from each other, come and go",
        arguments: EngineKind.servers, [1, 2])
    func skewedNodes(kind: EngineKind, seed: Int) async throws {
        let events = 3000, tally = Tally("tally")
        try await withDatabase(kind) { database in
            let open = { @Sendable (minutes: Int) in
                try database.store(migrations: Tally.migrations, clock: Self.clock(off: minutes))
            }
            let steady = try [open(-10), open(10)]
            let done = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, store) in steady.enumerated() {
                    group.addTask {
                        var random = SeededRandom(seed: UInt64(seed * 10 + index))
                        while !done.isRaised { try await Self.turn(store, tally, &random) }
                    }
                }
                group.addTask {
                    var random = SeededRandom(seed: UInt64(seed * 10 + 7))
                    while !done.isRaised {
                        let guest = try open(random.below(20) - 10)
                        for _ in 0..<random.below(12) { try await Self.turn(guest, tally, &random) }
                        guest.close()
                        try await Self.steal(steady, &random)
                    }
                }
                group.addTask {
                    defer { done.raise() }
                    for start in stride(from: 1, through: events, by: 50) {
                        let append = InPlace { try Tally.append(start...start + 49, keys: 120, in: $0) }
                        try await steady[start / 50 % 2].perform(append)
                    }
                    let deadline = DispatchTime.now() + 90
                    while try await steady[0].read(Tally.count) < events, DispatchTime.now() < deadline {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                try await group.waitForAll()
            }
            for store in steady { store.close() }
            try Self.expectAll(events, database)
        }
    }

    @Test("a node killed inside a step has done nothing; another takes over all it held", arguments: EngineKind.servers)
    func killedInStep(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let tally = Tally("tally")
            let stepper = try database.stepper(migrations: Tally.migrations, now: .wallClock - .minutes(1))
            try stepper.perform(InPlace { try Tally.append(1...600, keys: 64, in: $0) })
            let store = try database.store(migrations: Tally.migrations)
            defer { store.close() }

            // A node with half of the partitions, whose step reaches everything but the commit.
            _ = try stepper.perform(LeasePartitions(tally.name, node: 77, nodes: 2))
            let doomed = try EventLogTests.Open(database)
            try Self.step(tally, node: 77, in: doomed.tx)
            try #expect(Server.endSessions(of: database, inTransaction: true) == 1)

            for _ in 0..<2 { _ = try store.performBlocking(LeasePartitions(tally.name, node: store.node, nodes: 1)) }
            try Self.finish(600, tally, store)
            try Self.expectAll(600, database)
        }
    }

    @Test("a node that hangs inside a step holds up only the partitions of that step", arguments: EngineKind.servers)
    func hangingStep(kind: EngineKind) throws {
        try withDatabase(kind) { database in
            let tally = Tally("tally")
            let stepper = try database.stepper(migrations: Tally.migrations, now: .wallClock - .minutes(1))
            let store = try database.store(migrations: Tally.migrations)
            defer { store.close() }
            _ = try stepper.perform(LeasePartitions(tally.name, node: 77, nodes: 2))
            try stepper.perform(InPlace { try Tally.append(1...600, keys: 64, in: $0) })
            let hanging = try EventLogTests.Open(database)
            try Self.step(tally, node: 77, in: hanging.tx)

            let lease = LeasePartitions(tally.name, node: store.node, nodes: 1)
            let begun = DispatchTime.now()
            try #expect(store.performBlocking(lease) == 32)
            #expect(DispatchTime.now() < begun + 3, "it waited for the locks of the other node")

            try hanging.connection.rollback()
            hanging.connection.close()
            try #expect(store.performBlocking(lease) == 64)
            try Self.finish(600, tally, store)
            try Self.expectAll(600, database)
        }
    }
}
