import Facilities
import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Edits and what is booked for them")
struct EditCapacityTests {
    private func booked(_ ground: CommitmentGround) throws -> [Int64] {
        try ground.stepper.read {
            try $0.values("SELECT booked FROM capacity_slot WHERE process = 'pick' AND booked > 0 ORDER BY site, starts")
        }
    }

    @Test("a smaller order gives its work back, a larger one books it anew, a part takes its own along", arguments: EngineKind.all)
    func follows(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [40, 0])
            let (opens, closes) = (try #require(LocalTime("08:00")), try #require(LocalTime("18:00")))
            let shifts = (1...7).map { SiteCapacity(process: .pick, weekday: $0, opens: opens, closes: closes, units: 10) }
            _ = try ground.stepper.perform(StateCapacities(shifts, at: ground.network.sites[0], actor: "t"))
            let order = try ground.placed("C-1", [("A", 8)])
            #expect(try booked(ground).reduce(0, +) == 8)
            _ = try ground.edited(order, [CommitmentGround.line("A", 3), CommitmentGround.line("A", 1, price: 7)], acceptLater: true)
            #expect(try booked(ground).reduce(0, +) == 4)
            #expect(try ground.wrong() == [])
            _ = try ground.edited(order, [CommitmentGround.line("A", 3)])
            #expect(try booked(ground).reduce(0, +) == 3)
            let line = try #require(try ground.details(order).lines.first?.id)
            let part = SplitOrder(
                order, merchant: ground.merchant, [.init(line, 2)], acceptLater: true, desk: ground.network.desk, actor: "test")
            _ = try ground.stepper.perform(part)
            #expect(try booked(ground).reduce(0, +) == 3)
            #expect(try ground.wrong() == [])
        }
    }
}
