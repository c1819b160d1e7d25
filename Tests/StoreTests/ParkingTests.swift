import Kernel
import Store
import TestGround
import Testing

struct ParkingTests {
    static func with(_ kind: EngineKind, _ body: (Stepper, Tally) throws -> Void) throws {
        try withStepper(kind, migrations: Tally.migrations) { stepper in
            let tally = Tally("tally")
            try stepper.lease([tally])
            try body(stepper, tally)
        }
    }

    static func append(_ numbers: ClosedRange<Int>, _ stepper: Stepper) throws {
        try stepper.perform(InPlace { try Tally.append(numbers, keys: 5, in: $0) })
    }

    static func setFault(_ key: String, _ isFaulty: Bool, _ stepper: Stepper) throws {
        try stepper.perform(InPlace { try Tally.setFault(key, isFaulty, in: $0) })
    }

    @Test("an event that fails is parked with its reason, later ones of its key behind it; other keys go on",
        arguments: EngineKind.all)
    func parked(kind: EngineKind) throws {
        try Self.with(kind) { stepper, tally in
            try Self.setFault("key 2", true, stepper)
            try Self.append(1...20, stepper)
            try #expect(stepper.follow(tally) == 20)
            try #expect(stepper.read(Tally.count) == 16)
            let behind = "behind a parked event of its key"
            try #expect(stepper.read(Tally.parked) == ["key key 2 is at fault", behind, behind, behind])

            try Self.append(21...30, stepper)
            try stepper.follow(tally)
            try #expect(stepper.read(Tally.count) == 24)
            try #expect(stepper.read(Tally.parked).count == 6)
        }
    }

    @Test("once the fault is mended, parked events pass in their order", arguments: EngineKind.all)
    func mended(kind: EngineKind) throws {
        try Self.with(kind) { stepper, tally in
            try Self.setFault("key 2", true, stepper)
            try Self.append(1...20, stepper)
            try stepper.follow(tally)
            try Self.setFault("key 2", false, stepper)
            try stepper.follow(tally)
            try #expect(stepper.read(Tally.count) == 16, "its time has not come yet")
            stepper.now = stepper.now + .minutes(1)
            try #expect(stepper.follow(tally) == 4)
            try #expect(stepper.read(Tally.count) == 20)
            try #expect(stepper.read(Tally.parked) == [])
            try Self.append(21...30, stepper)
            try stepper.follow(tally)
            try #expect(stepper.read(Tally.count) == 30)
        }
    }

    @Test("a parked event is tried after 1, 4, 16 … minutes, eight times, then only when somebody asks", arguments: EngineKind.all)
    func attempts(kind: EngineKind) throws {
        try Self.with(kind) { stepper, tally in
            try Self.setFault("key 0", true, stepper)
            try Self.append(1...10, stepper)
            try stepper.follow(tally)
            let attempts: @Sendable (Transaction) throws -> Int? = { try $0.value("SELECT MAX(attempts) FROM parked_event") }
            for (done, minutes) in [1, 4, 16, 64, 256, 1024, 4096].enumerated() {
                stepper.now = stepper.now + .minutes(minutes) - .seconds(1)
                try stepper.follow(tally)
                try #expect(stepper.read(attempts) == done + 1)
                stepper.now = stepper.now + .seconds(1)
                try stepper.follow(tally)
                try #expect(stepper.read(attempts) == done + 2)
            }
            try Self.append(11...20, stepper)
            stepper.now = stepper.now + .days(400)
            try stepper.follow(tally)
            try #expect(stepper.read(attempts) == 8)

            try Self.setFault("key 0", false, stepper)
            let passed = try stepper.perform(InPlace { try ParkedEvents.release(key: "key 0", of: tally, in: $0) })
            #expect(passed == 4)
            try #expect(stepper.read(Tally.count) == 20)
            try #expect(stepper.read(Tally.parked) == [])
        }
    }

    @Test("two who release one key at the same time do each event once", arguments: EngineKind.servers)
    func releasedTwice(kind: EngineKind) async throws {
        try await withDatabase(kind) { database in
            let stepper = try database.stepper(migrations: Tally.migrations)
            let tally = Tally("tally")
            try stepper.lease([tally])
            try Self.setFault("key 0", true, stepper)
            try stepper.perform(InPlace { try Tally.append(1...40, keys: 1, in: $0) })
            try stepper.follow(tally)
            try Self.setFault("key 0", false, stepper)

            let stores = try (0..<2).map { _ in try database.store(migrations: Tally.migrations) }
            let release = InPlace { try ParkedEvents.release(key: "key 0", of: tally, in: $0) }
            async let first = stores[0].perform(release)
            async let second = stores[1].perform(release)
            let passed = try await [first, second]
            for store in stores { store.close() }
            #expect(passed.sorted() == [0, 40])
            try #expect(stepper.read(Tally.count) == 40)
            try #expect(stepper.read(Tally.parked) == [])
        }
    }
}
