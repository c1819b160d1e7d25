import Kernel
import Store
import TestGround
import Testing

struct ClockTests {
    static let migrations = [
        Migration(9030, "bell", [
            """
            CREATE TABLE bell (number AUTO_SEQUENCE, clock BIGINT NOT NULL, kind TEXT NOT NULL, due BIGINT NOT NULL,
                UNIQUE (clock))
            """,
        ])
    ]

    /// Rings for each clock, once; throws for those of the subjects named.
    struct Bell: ClockHandler {
        var kinds = ["hold.expiry", "ship.by"]
        var broken: Set<Int64> = []

        struct Broken: Error {}

        func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
            try clocks.map { clock in
                try tx.run("INSERT INTO bell (clock, kind, due) VALUES (\(clock.id), \(clock.kind), \(clock.due))")
                if broken.contains(clock.subject) { throw Broken() }
                return "rang \(clock.payload["note"]?.string ?? "")"
            }
        }
    }

    static func schedule(_ kind: String, _ minutes: [Int], _ stepper: Stepper) throws {
        try stepper.perform(
            InPlace { tx in
                try tx.schedule(
                    kind, source: "test",
                    due: minutes.map { (Int64($0), MerchantID(7), .testStart + .minutes($0), ["note": .string("at \($0)")]) })
            })
    }

    static func outcomes(_ tx: Transaction) throws -> [String] {
        try tx.query("SELECT subject, outcome, due FROM clock ORDER BY subject, id") {
            let (subject, outcome, due) = try ($0.next(Int64.self), $0.next(String?.self), $0.next(Instant.self))
            #expect(due == .testStart + .minutes(subject), "the due of a clock is a fact and stays")
            return "\(subject) \(outcome ?? "open")"
        }
    }

    @Test("clocks fall in the order of their due, and keep what came of them", arguments: EngineKind.all)
    func inOrder(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            try Self.schedule("ship.by", [5, 1, 3, 20], stepper)
            try #expect(stepper.perform(TimerStep([Bell()])) == 0)
            try #expect(stepper.nextDue() == .testStart + .minutes(1))
            stepper.now = .testStart + .minutes(10)
            try #expect(stepper.perform(TimerStep([Bell()], limit: 2)) == 2)
            try #expect(stepper.perform(TimerStep([Bell()], limit: 2)) == 1)
            try #expect(stepper.perform(TimerStep([Bell()], limit: 2)) == 0)
            let rang: [Instant] = try stepper.read { try $0.values("SELECT due FROM bell ORDER BY number") }
            #expect(rang == [1, 3, 5].map { .testStart + .minutes($0) })
            try #expect(stepper.read(Self.outcomes) == ["1 rang at 1", "3 rang at 3", "5 rang at 5", "20 open"])
            try #expect(stepper.nextDue() == .testStart + .minutes(20))
        }
    }

    @Test("a clock of a kind nobody handles stays, and one that is closed does not fall", arguments: EngineKind.all)
    func closed(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            try Self.schedule("nobody", [1], stepper)
            try Self.schedule("hold.expiry", [2, 3], stepper)
            try Self.schedule("ship.by", [3], stepper)
            try stepper.perform(InPlace { try $0.closeClocks(["hold.expiry"], of: [3, 9], outcome: "converted") })
            stepper.now = .testStart + .minutes(10)
            try #expect(stepper.perform(TimerStep([Bell()])) == 2)
            try #expect(stepper.read(Self.outcomes) == ["1 open", "2 rang at 2", "3 converted", "3 rang at 3"])
        }
    }

    @Test("a clock that fails is put off and holds up no other; it falls once mended", arguments: EngineKind.all)
    func putOff(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            try Self.schedule("ship.by", [1, 2, 3], stepper)
            stepper.now = .testStart + .minutes(10)
            try #expect(stepper.perform(TimerStep([Bell(broken: [2])])) == 3)
            try #expect(stepper.read(Self.outcomes) == ["1 rang at 1", "2 open", "3 rang at 3"])
            try #expect(stepper.perform(TimerStep([Bell()])) == 0)
            try #expect(stepper.nextDue() == .testStart + .minutes(11))
            stepper.now = .testStart + .minutes(11)
            try #expect(stepper.perform(TimerStep([Bell()])) == 1)
            try #expect(stepper.read(Self.outcomes) == ["1 rang at 1", "2 rang at 2", "3 rang at 3"])
        }
    }

    @Test("a clock that fails eight times is closed as failed, with the reason", arguments: EngineKind.all)
    func failed(kind: EngineKind) throws {
        try withStepper(kind, migrations: Self.migrations) { stepper in
            try Self.schedule("ship.by", [1], stepper)
            for attempt in 1...8 {
                stepper.now = try #require(try stepper.nextDue())
                try #expect(stepper.perform(TimerStep([Bell(broken: [1])])) == 1, "attempt \(attempt)")
            }
            try #expect(stepper.nextDue() == nil)
            try #expect(stepper.read(Self.outcomes) == ["1 failed: Broken()"])
            try #expect(stepper.read { try $0.value("SELECT COUNT(*) FROM bell", as: Int.self) } == 0)
        }
    }

    @Test("two nodes do each clock once", arguments: EngineKind.servers)
    func twoNodes(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let stepper = try database.stepper(migrations: Self.migrations)
            try Self.schedule("ship.by", Array(1...400), stepper)
            let clock: @Sendable () -> Instant = { .testStart + .minutes(500) }
            let stores = try (0..<2).map { _ in try database.store(migrations: Self.migrations, clock: clock) }
            let fallen = try await withThrowingTaskGroup(of: Int.self) { group in
                for store in stores {
                    group.addTask {
                        var fallen = 0
                        for _ in 0..<60 { fallen += try await store.perform(TimerStep([Bell()], limit: 7)) }
                        return fallen
                    }
                }
                return try await group.reduce(0, +)
            }
            for store in stores { store.close() }
            #expect(fallen == 400)
            try #expect(stepper.read { try $0.value("SELECT COUNT(*) FROM bell", as: Int.self) } == 400)
        }
    }
}
