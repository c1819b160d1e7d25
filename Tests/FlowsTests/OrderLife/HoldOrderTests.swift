import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Orders are held for a while")
struct HoldOrderTests {
    private func hold(_ order: OrderID, _ until: Instant?, kind: String = "shopper") -> HoldOrder {
        HoldOrder(order, merchant: nil, kind: kind, reason: "test", until: until)
    }

    @Test("a hold ends by itself at its time, and one placed again goes by the last word", arguments: EngineKind.all)
    func until(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            let order = try ground.placed("H-1"), now = ground.stepper.now
            for at in [now, now - .hours(1), now + .days(400)] {
                #expect(try ground.code(hold(order, at)) == "order.hold_until_invalid")
            }
            #expect(try ground.code(hold(order, nil, kind: "live_session")) == "order.hold_kind_reserved")
            try ground.stepper.perform(hold(order, now + .hours(1)))
            try ground.stepper.perform(hold(order, now + .hours(3)))
            try ground.stepper.perform(hold(order, nil, kind: "fraud"))
            #expect(try ground.details(order).holds.map(\.until) == [now + .hours(3), nil])
            try ground.advance(.hours(2), [OrderHoldClocks(desk: ground.network.desk)])
            #expect(try ground.details(order).holds.count == 2)
            try ground.advance(.hours(1), [OrderHoldClocks(desk: ground.network.desk)])
            #expect(try ground.details(order).holds.map(\.kind) == ["fraud"])
            #expect(try ground.release() == 0)
            try ground.stepper.perform(HoldOrder(order, merchant: nil, kind: "fraud", reason: nil))
            #expect(try ground.release() == 1)
            let told: [String] = try ground.stepper.read {
                try $0.values("SELECT type FROM event WHERE type LIKE 'order.h%' ORDER BY tx, seq")
            }
            #expect(told == ["order.held", "order.held", "order.held", "order.hold_released", "order.hold_released"])
            #expect(try ground.wrong() == [])
        }
    }

    @Test("a hold that somebody let go ends no second time, and what is over is not held", arguments: EngineKind.all)
    func letGo(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            let order = try ground.placed("H-1")
            try ground.stepper.perform(hold(order, ground.stepper.now + .hours(1)))
            try ground.stepper.perform(HoldOrder(order, merchant: nil, kind: "shopper", reason: nil))
            let before = try ground.rows()
            try ground.advance(.hours(2), [OrderHoldClocks(desk: ground.network.desk)])
            #expect(try ground.rows() == before)
            _ = try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "test", actor: "test"))
            #expect(try ground.code(hold(order, nil)) == "order.ended")
        }
    }
}
