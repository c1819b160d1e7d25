import Flows
import Kernel
import Orders
import Returns
import TestGround
import Testing
import Views

struct EditRefundTests {
    @Test("money that goes back for a return settles nothing of what an edit left due", arguments: EngineKind.all)
    func due(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.refundOn = .onRequest }
            func line(_ quantity: Quantity) -> OrderRequest.Line { .init(sku: "M", quantity: quantity, unitPrice: 1000) }
            let order = try ground.place("E-1", [line(2)])
            _ = try ground.stepper.perform(
                EditOrder(
                    order, merchant: nil, .init(lines: [line(3)], destination: nil), seen: nil, backorder: false,
                    acceptLater: false, desk: ground.assembly.orders, actor: "t"))
            func details() throws -> OrderDetails { try ground.stepper.read { try OrderDetails.find(order, .network, in: $0) } }
            #expect(try details().money.due.minor == 1000)

            try ground.report(try ground.ship(), .delivered)
            _ = try ground.ask(order, [(ground.mug, 1, .changedMind)])
            try ground.pay()
            #expect(try details().payment == .partlyRefunded)
            #expect(try details().money.due.minor == 1000)
            #expect(try ground.findings() == [])

            try ground.stepper.perform(SetPayment(order, merchant: nil, .partlyRefunded, desk: ground.assembly.orders))
            #expect(try details().money.due.minor == 0)
            #expect(try ground.findings() == [])
        }
    }
}
