import Flows
import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Testing

@Suite("Payment")
struct PaymentTests {
    private struct Dates: Equatable {
        let promised: Instant?
        let shipBy: Instant
        let clocks: [String]
    }

    private func dates(of order: OrderID, _ stepper: Stepper) throws -> Dates {
        try stepper.read { tx in
            let head = try Fulfillments.of([order], in: tx)[0]
            return Dates(
                promised: try OrderRecords.load([order], in: tx)[order]?.promisedBy, shipBy: head.shipBy,
                clocks: try tx.values(
                    """
                    SELECT kind FROM clock WHERE closed_at IS NULL AND subject IN (\(order), \(head.id))
                    ORDER BY kind
                    """))
        }
    }

    @Test("an order paid for days later is promised from its payment, and never again", arguments: EngineKind.all)
    func promisedFromPayment(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 0]), stepper = network.stepper
            let order = try stepper.perform(network.place(1, payment: .pending)).order
            let before = try dates(of: order, stepper)
            #expect(before.promised == nil)
            #expect(before.clocks.isEmpty)

            stepper.now = stepper.now + .days(3)
            try stepper.perform(SetPayment(order, merchant: nil, .paid, desk: network.desk))
            let after = try dates(of: order, stepper)
            #expect(after.shipBy == before.shipBy + .days(3))
            #expect(try #require(after.promised) > stepper.now)
            #expect(after.clocks == ["fulfillment.ship_by", "order.promised"])

            stepper.now = stepper.now + .days(1)
            try stepper.perform(SetPayment(order, merchant: nil, .partlyRefunded, desk: network.desk))
            #expect(try dates(of: order, stepper) == after)
            #expect(try network.findings() == [])
        }
    }

    @Test("payments told as one batch answer as one by one", arguments: EngineKind.all)
    func batch(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 0]), stepper = network.stepper
            let orders = try stepper.perform((1...3).map { network.place($0, payment: .pending) }).map { try $0.get().order }
            let told = stepper.perform(
                [orders[0], OrderID(7), orders[1]].map { SetPayment($0, merchant: nil, .paid, desk: network.desk) })
            #expect(throws: NotFound.self) { try told[1].get() }
            try told[0].get()
            try told[2].get()
            let promised = try orders.map { try dates(of: $0, stepper).promised != nil }
            #expect(promised == [true, true, false])
        }
    }
}
