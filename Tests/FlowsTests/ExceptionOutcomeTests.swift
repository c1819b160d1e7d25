import Edges
import Exceptions
import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views

@Suite("What an exception's action does")
struct ExceptionOutcomeTests {
    private func act(_ ground: OutboundGround, _ kind: String, _ step: ExceptionStep, until: Instant? = nil) throws {
        let id = try #require(try ground.exceptionIDs(kind).first)
        try ground.stepper.perform(ActOnException(id, step, note: nil, until: until, desk: ground.assembly.orders, actor: "test"))
    }

    @Test("cancelling the order ends it, and what was at stake stood on it", arguments: EngineKind.all)
    func cancel(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0], faults: CourierFaults(refused: 1_000_000))
            let order = try ground.stepper.perform(ground.sale("O-1")).order
            try ground.pick(at: 0)
            let picked = try ground.stepper.read { [id = ground.sites[0]] in try Fulfillments.picked(at: id, limit: 10, in: $0) }
            _ = try ground.stepper.perform(
                PackOrders(picked, network: ground.assembly.network, occurred: ground.stepper.now, actor: "test"))
            try ground.settle()
            let stake = try ground.stepper.read {
                try $0.value("SELECT stake_minor FROM exception WHERE kind = 'label.failed'", as: Int64.self)
            }
            #expect(stake == 1000)
            try act(ground, "label.failed", .cancelOrder)
            let state = try ground.stepper.read { try OrderRecords.load([order], in: $0)[order]?.state }
            #expect(state == .cancelled)
            #expect(try ground.exceptionIDs("label.failed").isEmpty)
            #expect(try ground.findings() == [])
        }
    }

    @Test("waiting puts the question off to the moment named, and then it is asked again", arguments: EngineKind.all)
    func wait(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [0, 0])
            _ = try ground.stepper.perform(ground.sale("O-1", backorder: true))
            ground.stepper.now = ground.stepper.now + .days(60)
            _ = try ground.stepper.perform(TimerStep([DueClocks()]))
            let until = ground.stepper.now + .days(3)
            try act(ground, "shortage.undecided", .wait, until: until)
            #expect(try ground.exceptionIDs("shortage.undecided").isEmpty)
            ground.stepper.now = until - .hours(1)
            _ = try ground.stepper.perform(TimerStep([DueClocks()]))
            #expect(try ground.exceptionIDs("shortage.undecided").isEmpty)
            ground.stepper.now = until
            _ = try ground.stepper.perform(TimerStep([DueClocks()]))
            #expect(try ground.exceptionIDs("shortage.undecided").count == 1)
            #expect(try ground.findings() == [])
        }
    }
}
