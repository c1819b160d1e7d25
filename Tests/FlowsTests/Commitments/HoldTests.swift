import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Holds with a time to live")
struct HoldTests {
    @Test("an order takes its hold over, and nobody comes in between", arguments: EngineKind.all)
    func confirm(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [1, 0])
            let hold = try ground.stepper.perform(ground.hold())
            #expect(try ground.code(ground.order("walk-in")) == "inventory.stock_short")
            let answers = ground.stepper.perform(
                [ground.order("before"), ground.order("mine", holds: [hold]), ground.order("after")])
            #expect(answers.map { (try? $0.get())?.reserved } == [nil, 1, nil])
            #expect(try ground.levels() == (1, 0, 1))
            #expect(try ground.stepper.perform(ground.order("mine", holds: [hold])).isRepeat)
            #expect(try ground.code(ground.order("again", holds: [hold])) == "order.hold_gone")
            #expect(try ground.stepper.read { try Holds.load([hold], in: $0)[hold]?.state } == .confirmed)
            #expect(try ground.findings() == [])
        }
    }

    @Test("what ended frees its goods once, however often it is asked", arguments: EngineKind.all)
    func once(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [3, 0])
            let holds = ground.stepper.perform([ground.hold(), ground.hold(), ground.hold()]).compactMap { try? $0.get() }
            try ground.stepper.perform(ReleaseHold(holds[0]))
            try ground.stepper.perform(ReleaseHold(holds[0]))
            #expect(try ground.levels().held == 2)
            _ = try ground.stepper.perform(ground.order("mine", holds: [holds[1]]))
            try ground.stepper.perform(ReleaseHold(holds[1]))
            #expect(try ground.levels() == (3, 1, 1))
            try ground.advance(.minutes(16))
            try ground.stepper.perform(ReleaseHold(holds[2]))
            #expect(try ground.levels() == (3, 0, 1))
            #expect(try ground.code(ground.order("late", holds: [holds[2]])) == "order.hold_gone")
            let record = ground.order("sold", holds: [holds[2]], way: .record)
            #expect(try ground.stepper.perform(record).reserved == 1)
            #expect(try ground.findings() == [])
        }
    }

    @Test("a hold is all or nothing, over kits and lines that share goods", arguments: EngineKind.all)
    func shared(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [3, 2], other: [2, 2])
            #expect(try ground.code(ground.hold([("KIT", 2), ("A", 2)])) == "inventory.stock_short")
            #expect(try ground.levels().held == 0)
            let hold = try ground.stepper.perform(ground.hold([("KIT", 2), ("A", 1)]))
            #expect(try ground.levels() == (5, 5, 0))
            let placed = try ground.stepper.perform(ground.order("mine", [("KIT", 1), ("A", 1)], holds: [hold]))
            #expect(placed.reserved == 4)
            #expect(try ground.levels() == (5, 0, 3))
            #expect(try ground.findings() == [])
        }
    }

    @Test("an order for more than was held takes the rest from what is in no pool", arguments: EngineKind.all)
    func more(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            _ = try ground.pool("ada", quota: [("A", 2)])
            let hold = try ground.stepper.perform(ground.hold(pool: "ada"))
            #expect(try ground.code(ground.order("too-many", [("A", 4)], holds: [hold])) == "inventory.stock_short")
            let placed = try ground.stepper.perform(ground.order("mine", [("A", 3)], holds: [hold]))
            #expect(placed.reserved == 3)
            #expect(try ground.levels("ada") == (2, 0, 1))
            #expect(try ground.levels() == (2, 0, 2))
            #expect(try ground.findings() == [])
        }
    }

    @Test("a kit leaves from one site, or from several where its merchant allows", arguments: EngineKind.all)
    func kits(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [2, 0], other: [0, 1])
            #expect(try ground.code(ground.order("whole", [("KIT", 1)])) == "inventory.stock_short")
            try ground.saveKit(maySplit: true)
            let placed = try ground.stepper.perform(ground.order("apart", [("KIT", 1)]))
            #expect(placed.reserved == 3)
            #expect(Set(placed.sites) == Set(ground.network.sites))
            #expect(try ground.findings() == [])
        }
    }
}
