import Kernel
import Store
import TestGround
import Testing

struct OutboxTests {
    static func with(_ kind: EngineKind, calls: ClosedRange<Int64> = 1...1, _ body: (Stepper, Vendor) throws -> Void) throws {
        try withStepper(kind, migrations: Purchase.migrations) { stepper in
            try stepper.perform(InPlace { try Purchase.enqueue(calls, in: $0) })
            try body(stepper, Vendor())
        }
    }

    @Test("a call is made after the commit, once, and its answer is written", arguments: EngineKind.all)
    func done(kind: EngineKind) throws {
        try Self.with(kind, calls: 1...5) { stepper, vendor in
            try #expect(stepper.deliver(Purchase(vendor: vendor), limit: 2) == 5)
            try #expect(stepper.deliver(Purchase(vendor: vendor)) == 0)
            #expect(vendor.log == (1...5).map { "send thing \($0)" })
            try #expect(stepper.read(Purchase.stands) == (1...5).map { "\($0) done done" })
            let replies: [JSON] = try stepper.read { try $0.values("SELECT reply FROM outbox ORDER BY id") }
            #expect(replies.allSatisfy { $0["key"] != nil })
        }
    }

    @Test("a call whose transaction did not commit is never made", arguments: EngineKind.all)
    func undone(kind: EngineKind) throws {
        try Self.with(kind) { stepper, vendor in
            #expect(throws: Purchase.Broken.self) {
                try stepper.perform(
                    InPlace { tx in
                        try Purchase.enqueue(8...9, in: tx)
                        throw Purchase.Broken()
                    })
            }
            try stepper.deliver(Purchase(vendor: vendor))
            #expect(vendor.log == ["send thing 1"])
        }
    }

    @Test("a refusal is final", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try Self.with(kind) { stepper, vendor in
            vendor.set(.refuses)
            try stepper.deliver(Purchase(vendor: vendor))
            vendor.set(.works)
            stepper.now = stepper.now + .days(1)
            try #expect(stepper.deliver(Purchase(vendor: vendor)) == 0)
            try #expect(stepper.read(Purchase.stands) == ["1 refused refused: not for you"])
        }
    }

    @Test("a call that did not happen is made again later, twelve times, then given up", arguments: EngineKind.all)
    func retried(kind: EngineKind) throws {
        try Self.with(kind) { stepper, vendor in
            vendor.set(.isDown)
            var pauses: [Int64] = []
            for attempt in 1...12 {
                try #expect(stepper.deliver(Purchase(vendor: vendor)) == 1, "attempt \(attempt)")
                try #expect(stepper.deliver(Purchase(vendor: vendor)) == 0, "attempt \(attempt)")
                let due: Instant = try #require(try stepper.read { try $0.value("SELECT due FROM outbox") })
                pauses.append((due - stepper.now).micros / 1_000_000)
                stepper.now = due
            }
            #expect(pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
            try #expect(stepper.deliver(Purchase(vendor: vendor)) == 0)
            try #expect(stepper.read(Purchase.stands) == ["1 dead given up: down"])
        }
    }

    @Test("a call of which nobody knows is asked for before anything else, and never sent twice", arguments: EngineKind.all)
    func unknown(kind: EngineKind) throws {
        try Self.with(kind) { stepper, vendor in
            vendor.set(.mumbles)
            try stepper.deliver(Purchase(vendor: vendor))
            try #expect(stepper.read(Purchase.stands) == ["1 unknown -"])
            vendor.set(.isDown)
            stepper.now = stepper.now + .minutes(1)
            try stepper.deliver(Purchase(vendor: vendor))
            try #expect(stepper.read(Purchase.stands) == ["1 unknown -"])
            vendor.set(.works)
            stepper.now = stepper.now + .minutes(5)
            try stepper.deliver(Purchase(vendor: vendor))
            try #expect(stepper.read(Purchase.stands) == ["1 done done"])
            #expect(vendor.log == ["send thing 1", "ask", "ask"])
        }
    }

    @Test("a lease that ran out leaves an unknown call: asked for, and sent only where the vendor never saw it",
        arguments: EngineKind.all)
    func leaseRanOut(kind: EngineKind) throws {
        try Self.with(kind, calls: 1...2) { stepper, vendor in
            let worker = Purchase(vendor: vendor)
            // A node that dies after the first of two calls went out.
            let claimed = try stepper.perform(ClaimOutbox(worker, node: 8))
            _ = worker.make(claimed[0].0, claimed[0].1)
            try #expect(stepper.deliver(worker) == 0, "the lease holds")
            stepper.now = stepper.now + .seconds(61)
            try #expect(stepper.deliver(worker) == 2)
            #expect(vendor.log == ["send thing 1", "ask", "ask", "send thing 2"])
            #expect(vendor.calls == [1, 1])
            try #expect(stepper.read(Purchase.stands) == ["1 done done", "2 done done"])
        }
    }

    @Test("who lost the lease cannot settle the call any more", arguments: EngineKind.all)
    func fence(kind: EngineKind) throws {
        try Self.with(kind) { stepper, vendor in
            let worker = Purchase(vendor: vendor)
            let slow = try stepper.perform(ClaimOutbox(worker, node: 8))
            stepper.now = stepper.now + .seconds(61)
            let quick = try stepper.perform(ClaimOutbox(worker, node: 9))
            #expect(slow.count == 1 && quick.count == 1)
            try stepper.perform(SettleOutbox(worker, [(slow[0].0, .refused("too late"))]))
            try #expect(stepper.read(Purchase.stands) == ["1 leased -"])
            try stepper.perform(SettleOutbox(worker, [(quick[0].0, .done([:]))]))
            try stepper.perform(SettleOutbox(worker, [(slow[0].0, .refused("too late"))], unmade: [slow[0].0]))
            try #expect(stepper.read(Purchase.stands) == ["1 done done"])
        }
    }

    @Test("a call that cannot be filled or settled keeps no other from going out", arguments: EngineKind.all)
    func poisoned(kind: EngineKind) throws {
        try Self.with(kind, calls: 1...4) { stepper, vendor in
            try stepper.deliver(Purchase(vendor: vendor, unfillable: [2], unsettleable: [3]))
            try #expect(stepper.read(Purchase.stands) == ["1 done done", "2 waiting -", "3 unknown -", "4 done done"])
            let reasons: [String] = try stepper.read {
                try $0.values("SELECT reason FROM outbox WHERE reason IS NOT NULL ORDER BY id")
            }
            #expect(reasons == ["could not be filled: Broken()", "could not be settled: Broken()"])
            stepper.now = stepper.now + .minutes(1)
            try stepper.deliver(Purchase(vendor: vendor))
            try #expect(stepper.read(Purchase.stands) == (1...4).map { "\($0) done done" })
            #expect(vendor.calls == [1, 1, 1, 1])
        }
    }

    @Test("calls whose turn does not come within the lease are given back unharmed", arguments: EngineKind.all)
    func unmade(kind: EngineKind) throws {
        try Self.with(kind, calls: 1...3) { stepper, vendor in
            let worker = Purchase(vendor: vendor)
            let claimed = try stepper.perform(ClaimOutbox(worker, node: 8))
            let made = (claimed[0].0, worker.make(claimed[0].0, claimed[0].1))
            try stepper.perform(SettleOutbox(worker, [made], unmade: claimed.dropFirst().map(\.0)))
            try #expect(stepper.read(Purchase.stands) == ["1 done done", "2 waiting -", "3 waiting -"])
            try #expect(stepper.deliver(worker) == 2)
            #expect(vendor.calls == [1, 1, 1])
            #expect(!vendor.log.contains("ask"))
        }
    }

    @Test("two nodes make each call once", arguments: EngineKind.servers)
    func twoNodes(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let stepper = try database.stepper(migrations: Purchase.migrations, now: .wallClock - .minutes(1))
            try stepper.perform(InPlace { try Purchase.enqueue(1...300, in: $0) })
            let stores = try (0..<2).map { _ in try database.store(migrations: Purchase.migrations) }
            let vendor = Vendor()
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for store in stores {
                    group.addTask {
                        var made = 0
                        for _ in 0..<40 {
                            let claimed = try await store.perform(ClaimOutbox(Purchase(vendor: vendor), node: store.node, limit: 9))
                            let settled = claimed.map { ($0, Purchase(vendor: vendor).make($0, $1)) }
                            try await store.perform(SettleOutbox(Purchase(vendor: vendor), settled))
                            made += settled.count
                        }
                        return made
                    }
                }
                return try await group.reduce(0, +)
            }
            for store in stores { store.close() }
            #expect(made == 300)
            #expect(vendor.calls == Array(repeating: 1, count: 300))
        }
    }
}
