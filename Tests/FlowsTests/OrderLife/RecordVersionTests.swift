import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Versions that a channel pushes")
struct RecordVersionTests {
    private func version(
        _ version: Int64, _ lines: [(String, Int64)], of number: String = "V-1", payment: PaymentState? = nil,
        _ ground: CommitmentGround
    ) -> RecordVersion {
        var request = ground.order(number, lines, way: .record).request
        if let payment { request.payment = payment }
        return RecordVersion(request, version: version, payment: payment, desk: ground.network.desk, actor: "test")
    }

    @Test("the newest stands whatever comes in whatever order, and nothing is refused for stock", arguments: EngineKind.all)
    func newest(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            let told = try [
                (10, 1), (30, 3), (20, 2), (30, 3), (31, 3), (40, 6),
            ].map { try ground.stepper.perform(version($0.0, [("A", Int64($0.1))], ground)) }
            #expect(told.map(\.outcome) == [.recorded, .edited, .superseded, .superseded, .unchanged, .edited])
            #expect(Set(told.map(\.order)).count == 1)
            #expect(told.last?.waiting == 2, "it was sold; what is not there waits")
            let order = try ground.details(told[0].order)
            #expect(order.channelVersion == 40 && order.version == 3)
            #expect(order.shortages.map(\.kind) == ["oversold"])
            #expect(try ground.wrong() == [])
        }
    }

    @Test("how it is paid comes with it", arguments: EngineKind.all)
    func paid(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            let first = try ground.stepper.perform(version(1, [("A", 1)], payment: .pending, ground))
            #expect(first.promisedBy == nil)
            let second = try ground.stepper.perform(version(2, [("A", 2)], payment: .paid, ground))
            #expect(second.outcome == .edited && second.promisedBy != nil)
            #expect(second.due.minor == 0, "it was paid as it is")
            #expect(try ground.wrong() == [])
        }
    }
}
