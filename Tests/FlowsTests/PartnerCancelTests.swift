import Flows
import Inventory
import Kernel
import Orders
import Partners
import Store
import TestGround
import Testing
import Views

@Suite("A cancel of what a partner has in hand")
struct PartnerCancelTests {
    private func cancel(_ order: OrderID, _ ground: PartnerGround) throws -> CancelAnswer {
        try ground.stepper.perform(CancelOrder(order, merchant: nil, reason: "test", actor: "test")).answer
    }

    @Test("is asked, and its units stay promised until the partner has stopped", arguments: EngineKind.all)
    func stopped(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(5)
            let one = try ground.place(1, 2)
            try ground.accept(one)
            #expect(try cancel(one.order, ground) == .asked)
            #expect(try cancel(one.order, ground) == .asked)
            #expect(try ground.component(one.order) == OrderUnits(reserved: 2))
            #expect(try ground.findings() == [])
            try ground.stepper.perform(AnswerCancel(one.id, .cancelled, actor: "test"))
            #expect(try ground.fresh(one).state == .cancelled)
            #expect(try ground.component(one.order) == OrderUnits(cancelled: 2))
            #expect(try ground.supply().available == 5)
            #expect(try cancel(one.order, ground) == .refused)
        }
    }

    @Test("that comes too late is refused, and the parcel goes its way", arguments: EngineKind.all)
    func tooLate(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(5)
            let one = try ground.place(1, 2)
            #expect(try cancel(one.order, ground) == .asked)
            try ground.pass(.hours(2))
            #expect(try ground.exceptions().contains("partner.cancel_unanswered"))
            try ground.stepper.perform(AnswerCancel(one.id, .tooLate, actor: "test"))
            #expect(try ground.fresh(one).state == .accepted)
            #expect(try !ground.exceptions().contains("partner.cancel_unanswered"))
            try ground.ship(one, 2, number: "YP1")
            #expect(try ground.component(one.order) == OrderUnits(shipped: 2))
        }
    }

    @Test("loses to parcels that left before the answer; the rest is cancelled", arguments: EngineKind.all)
    func race(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(9)
            let one = try ground.place(1, 3), two = try ground.place(2, 1)
            try ground.accept(one)
            try ground.accept(two)
            #expect(try cancel(one.order, ground) == .asked)
            #expect(try cancel(two.order, ground) == .asked)
            try ground.ship(one, 1, number: "YP1")
            #expect(try ground.fresh(one).state == .cancelRequested)
            try ground.stepper.perform(AnswerCancel(one.id, .cancelled, actor: "test"))
            #expect(try ground.fresh(one).state == .shipped)
            #expect(try ground.component(one.order) == OrderUnits(shipped: 1, cancelled: 2))
            try ground.ship(two, 1, number: "YP2")
            #expect(try ground.fresh(two).state == .shipped)
            #expect(try ground.component(two.order) == OrderUnits(shipped: 1))
        }
    }

    @Test("goes through at once for goods that its own count says are gone", arguments: EngineKind.all)
    func shrunk(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(2)
            let one = try ground.place(1, 2)
            #expect(try cancel(one.order, ground) == .asked)
            ground.stepper.now = ground.stepper.now + .minutes(5)
            try ground.report(0)
            #expect(try ground.fresh(one).state == .cancelled)
            #expect(try ground.component(one.order) == OrderUnits(cancelled: 2))
        }
    }

    @Test("before the partner was asked is released like any other", arguments: EngineKind.all)
    func unsent(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(2)
            let placed = try ground.stepper.perform(
                PlaceOrder(ground.request(1, 2, payment: .pending), desk: ground.desk))
            try ground.follow()
            #expect(try cancel(placed.order, ground) == .accepted)
            #expect(try ground.supply().available == 2)
        }
    }
}

@Suite("A request of another order system")
struct FulfillmentRequestTests {
    private func view(_ id: OrderID, _ ground: PartnerGround) throws -> FulfillmentRequestView {
        try ground.stepper.read { [merchant = ground.merchant] in
            try FulfillmentRequestView.find(id, channel: TakeFulfillmentRequest.channel, .merchant(merchant), in: $0)
        }
    }

    @Test("is accepted as far as there are goods, and the rest rejected; the same number is the same request", arguments: EngineKind.all)
    func taken(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.stockOwn(2)
            let flow = TakeFulfillmentRequest(ground.request(1, 3), desk: ground.desk, actor: "test")
            let id = try ground.stepper.perform(flow)
            #expect(try ground.stepper.perform(flow) == id)
            let seen = try view(id, ground)
            #expect(seen.state == .accepted)
            #expect(seen.lines.map(\.rejected) == [1])
            #expect(seen.lines.map(\.open) == [2])
            #expect(
                try refusal {
                    try ground.stepper.perform(
                        TakeFulfillmentRequest(ground.request(1, 4), desk: ground.desk, actor: "test"))
                } == "order.number_used")
            _ = try ground.stepper.perform(CancelOrder(id, merchant: ground.merchant, reason: "test", actor: "test"))
            #expect(try view(id, ground).state == .cancelled)
        }
    }

    @Test("for goods that are not there is rejected whole", arguments: EngineKind.all)
    func rejected(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            let id = try ground.stepper.perform(
                TakeFulfillmentRequest(ground.request(1, 3), desk: ground.desk, actor: "test"))
            #expect(try view(id, ground).state == .rejected)
            let asked = try ground.stepper.read { [other = ground.other] in
                try? FulfillmentRequestView.find(id, channel: TakeFulfillmentRequest.channel, .merchant(other), in: $0)
            }
            #expect(asked == nil)
        }
    }
}
