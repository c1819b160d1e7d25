import Flows
import Kernel
import Orders
import Returns
import Store
import TestGround
import Testing
import Views

extension ReturnsGround {
    func paid(_ number: String, _ price: Int64 = 1000) throws -> OrderID {
        try delivered(number, [.init(sku: "M", quantity: 1, unitPrice: price)])
    }

    func euros(_ minor: Int64) -> Money { Money(minor, world.currency) }

    fileprivate func goodwill(
        _ order: OrderID, _ minor: Int64, by giver: GoodwillGiver = .merchant, number: String = "G-1", note: String = "two days late"
    ) -> GiveGoodwill {
        GiveGoodwill(order, merchant: merchant, by: giver, number: number, euros(minor), reason: .late, note: note, actor: "ada")
    }

    func code(_ flow: some Flow) -> String? {
        do { _ = try stepper.perform(flow) } catch { return (error as? any Refusal)?.code ?? "\(error)" }
        return nil
    }

    fileprivate func limit(_ giver: GoodwillGiver, _ most: Int64, share: Int64, from: Instant? = nil) throws {
        try stepper.perform(SetGoodwillLimit(merchant, giver, mostMinor: most, sharePPM: share, from: from, actor: "ada"))
    }

    func details(_ order: OrderID) throws -> OrderDetails { try stepper.read { try OrderDetails.find(order, .network, in: $0) } }

    func given(_ order: OrderID) throws -> [GoodwillView] { try stepper.read { try GoodwillView.of(order, .network, in: $0) } }
}

@Suite("Goodwill")
struct GoodwillTests {
    @Test("is a refund that is due, sent as any other, and the payment follows", arguments: EngineKind.all)
    func given(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.paid("O-1")
            let refund = try ground.stepper.perform(ground.goodwill(order, 300))
            #expect(try ground.stepper.perform(ground.goodwill(order, 300)) == refund)
            let one = try #require(try ground.given(order).first)
            #expect(one.amount.minor == 300 && one.state == .due && one.actor == "ada" && one.giver == .merchant)
            let view = try ground.stepper.read { try RefundView.find(refund, .network, in: $0) }
            #expect(view.rma == nil && view.amount.minor == 300 && view.dueBy == ground.now + .hours(72))
            #expect(try ground.details(order).payment == .paid)
            try ground.pay()
            #expect(try ground.details(order).payment == .partlyRefunded)
            #expect(try ground.given(order).map(\.state) == [.sent])
            #expect(try ground.findings() == [])
        }
    }

    @Test("is refused in order: used number, nothing paid, more than was paid, no limit, over the limit", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.paid("O-1"), open = try ground.place("O-2", [.init(sku: "M", quantity: 1, unitPrice: 1000)])
            let unpaid = try ground.place("O-3", [.init(sku: "M", quantity: 1, unitPrice: 1000)], payment: .pending)
            #expect(ground.code(ground.goodwill(order, 300)) == nil)
            #expect(ground.code(ground.goodwill(order, 301)) == "goodwill.number_used")
            #expect(ground.code(ground.goodwill(order, 0, number: "G-2")) == "input.invalid")
            #expect(ground.code(ground.goodwill(order, 1, number: "")) == "input.invalid")
            #expect(ground.code(ground.goodwill(order, 1, number: "G-2", note: "")) == "input.invalid")
            #expect(ground.code(ground.goodwill(unpaid, 1)) == "refund.nothing_paid")
            #expect(ground.code(ground.goodwill(order, 701, by: .support, number: "G-2")) == "refund.over_paid")
            #expect(ground.code(ground.goodwill(open, 1000)) == "refund.cancel_instead")
            #expect(ground.code(ground.goodwill(order, 100, by: .support, number: "G-2")) == "goodwill.no_limit")
            try ground.limit(.support, 450, share: 1_000_000)
            #expect(ground.code(ground.goodwill(order, 151, by: .support, number: "G-2")) == "goodwill.over_limit")
            #expect(ground.code(ground.goodwill(order, 150, by: .support, number: "G-2")) == nil)
            #expect(ground.code(ground.goodwill(order, 1, by: .operator, number: "G-3")) == "goodwill.no_limit")
            #expect(ground.code(ground.goodwill(order, 550, number: "G-3")) == nil)
            #expect(ground.code(ground.goodwill(order, 1, number: "G-4")) == "refund.over_paid")
            #expect(try ground.given(order).reduce(0) { $0 + $1.amount.minor } == 1000)
            #expect(try ground.findings() == [])
        }
    }

    @Test("of others keeps to the smaller of amount and share, as it holds that day", arguments: EngineKind.all)
    func limits(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.paid("O-1")
            try ground.limit(.operator, 900, share: 200_000)
            try ground.limit(.operator, 0, share: 0, from: ground.now + .days(1))
            #expect(ground.code(ground.goodwill(order, 201, by: .operator)) == "goodwill.over_limit")
            #expect(ground.code(ground.goodwill(order, 100, by: .operator)) == nil)
            try ground.pass(.days(2))
            #expect(ground.code(ground.goodwill(order, 1, by: .operator, number: "G-2")) == "goodwill.over_limit")
            let merchant = ground.merchant
            #expect(try ground.stepper.read { try GoodwillLimits.all(of: merchant, in: $0) }.map(\.sharePPM) == [0, 200_000])
            let flows = [
                SetGoodwillLimit(merchant, .merchant, mostMinor: 1, sharePPM: 1, actor: "t"),
                SetGoodwillLimit(merchant, .support, mostMinor: -1, sharePPM: 1, actor: "t"),
                SetGoodwillLimit(merchant, .support, mostMinor: 1, sharePPM: 1_000_001, actor: "t"),
                SetGoodwillLimit(merchant, .support, mostMinor: 1, sharePPM: 1, from: ground.now + .hours(-1), actor: "t"),
            ]
            #expect(flows.map { ground.code($0) } == Array(repeating: "input.invalid", count: 4))
        }
    }

    @Test("counts when goods come back after all: never more than was paid", arguments: EngineKind.all)
    func afterwards(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.refundOn = .onRequest }
            let order = try ground.paid("O-1")
            _ = try ground.stepper.perform(ground.goodwill(order, 300))
            let back = try ground.view(try ground.ask(order, [(ground.mug, 1, .changedMind)]))
            #expect(back.expected.total.minor == 700)
            #expect(back.refund?.amount.minor == 700)
            try ground.pay()
            #expect(try ground.details(order).payment == .refunded)
            #expect(try ground.findings() == [])
        }
    }

    @Test("that is not sent in time is an exception of its order", arguments: EngineKind.all)
    func late(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let order = try ground.paid("O-1")
            _ = try ground.stepper.perform(ground.goodwill(order, 300))
            try ground.pass(.hours(73))
            #expect(try ground.open() == ["refund.late"])
            let one = try #require(
                try ground.stepper.read { try ExceptionPages.open(.init(), .network, after: nil, limit: 9, in: $0) }.first)
            #expect(try ground.stepper.read { try ExceptionStory.read(one.id, .network, in: $0) }.about == order.description)
            try ground.pay()
            #expect(try ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }
}
