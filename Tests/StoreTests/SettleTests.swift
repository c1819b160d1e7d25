import Kernel
import Store
import TestGround
import Testing

/// A stepper looks only where something was left to do, and misses nothing by it.
struct SettleTests {
    /// Counts the same events, and nobody waits for it.
    struct Projection: Follower {
        let name = "projection"
        let types: Set<String> = ["tally.counted"]
        let leadsOn = false
        func handle(_ events: [Event], in tx: Transaction) throws { try Tally(name).handle(events, in: tx) }
    }

    static let migrations = Tally.migrations + Purchase.migrations

    static func count(_ follower: String, _ stepper: Stepper) throws -> Int? {
        try stepper.read { try $0.value("SELECT COUNT(*) FROM effect WHERE follower = \(follower)") }
    }

    static func append(_ numbers: ClosedRange<Int>, _ stepper: Stepper) throws {
        try stepper.perform(InPlace { try Tally.append(numbers, keys: 1000, in: $0) })
    }

    @Test("followers take what was written since, and a projection once it is far behind or all is asked for", arguments: EngineKind.all)
    func followers(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            let all: [any Follower] = [Tally("tally"), Projection()]
            try stepper.lease(all)
            try stepper.settle(all, [])
            for (written, whole, projected) in [(1, false, 0), (2, false, 0), (501, false, 501), (502, false, 501), (503, true, 503)] {
                let before = try #require(try Self.count("tally", stepper))
                try Self.append(before + 1...written, stepper)
                try stepper.settle(all, [], whole: whole)
                try #expect(Self.count("tally", stepper) == written)
                try #expect(Self.count("projection", stepper) == projected, "\(written) written")
            }
        }
    }

    @Test("asked for all, a follower passes events of types it does not act on", arguments: EngineKind.all)
    func others(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            let all: [any Follower] = [Tally("tally")]
            try stepper.lease(all)
            try stepper.settle(all, [])
            try stepper.perform(InPlace { $0.emit(NewEvent("other", key: "k", occurred: $0.now)) })
            try stepper.settle(all, [])
            try stepper.settle(all, [], whole: true)
            try #expect(stepper.follow(Tally("tally")) == 0)
        }
    }

    @Test("a parked event is tried again at its time, though nothing was written since", arguments: EngineKind.all)
    func parked(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            let all: [any Follower] = [Tally("tally")]
            try stepper.lease(all)
            try stepper.perform(InPlace { try Tally.setFault("key 0", true, in: $0) })
            try Self.append(1...1, stepper)
            try stepper.settle(all, [])
            try #expect(Self.count("tally", stepper) == 0)
            try stepper.perform(InPlace { try Tally.setFault("key 0", false, in: $0) })
            stepper.now = .testStart + .minutes(2)
            try stepper.settle(all, [])
            try #expect(Self.count("tally", stepper) == 1)
        }
    }

    @Test("a call is made when it was left, and one put off when it is due again", arguments: EngineKind.all)
    func calls(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            let vendor = Vendor(), workers = [Purchase(vendor: vendor)]
            try stepper.settle([], workers)
            try stepper.perform(InPlace { try Purchase.enqueue(1...2, in: $0) })
            vendor.set(.isDown)
            try stepper.settle([], workers)
            #expect(vendor.calls == [1, 1])
            vendor.set(.works)
            try stepper.settle([], workers)
            #expect(vendor.calls == [1, 1], "not due yet")
            stepper.now = .testStart + .minutes(1)
            try stepper.settle([], workers)
            #expect(vendor.calls == [2, 2])
            try #expect(stepper.read(Purchase.stands) == ["1 done done", "2 done done"])
        }
    }

    @Test("the timer's next moment moves forward with a clock that is set before it", arguments: EngineKind.all)
    func clocks(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            func set(_ minutes: Int) throws {
                let due = Instant.testStart + .minutes(minutes)
                try stepper.perform(InPlace { try $0.schedule("ship.by", source: "test", due: [(Int64(minutes), nil, due, [:])]) })
            }
            try set(20)
            try #expect(stepper.nextDue(until: .testStart + .minutes(10)) == nil)
            try set(5)
            try #expect(stepper.nextDue(until: .testStart + .minutes(4)) == nil)
            try #expect(stepper.nextDue(until: .testStart + .minutes(10)) == .testStart + .minutes(5))
            try stepper.perform(InPlace { try $0.closeClocks(["ship.by"], of: [5], outcome: "met") })
            try #expect(stepper.nextDue(until: .testStart + .minutes(10)) == nil)
            try #expect(stepper.nextDue() == .testStart + .minutes(20))
        }
    }
}
