import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Backorders with a cap")
struct BackorderCapTests {
    @Test("no more wait than the merchant allows, also in one batch", arguments: EngineKind.all)
    func capped(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [1, 0])
            try ground.stepper.perform(SetBackorderCap(ground.network.sku, 3))
            let answers = ground.stepper.perform((0..<5).map { ground.order("B-\($0)", backorder: true) })
            #expect(answers.map { (try? $0.get())?.waiting } == [0, 1, 1, 1, nil])
            #expect(try ground.code(ground.order("6", backorder: true)) == "order.backorder_full")
            #expect(try ground.stepper.perform(ground.order("7", way: .record)).waiting == 1)
            try ground.stepper.perform(
                OpenStock(
                    [StockLine(owner: ground.merchant, sku: ground.network.sku, location: ground.network.bins[0], quantity: 1)],
                    occurred: ground.stepper.now))
            try ground.network.follow()
            #expect(try ground.stepper.perform(ground.order("8", backorder: true)).waiting == 1)
            try ground.stepper.perform(SetBackorderCap(ground.network.sku, nil))
            #expect(try ground.stepper.perform(ground.order("9", [("A", 50)], backorder: true)).waiting == 50)
            #expect(try ground.findings() == [])
        }
    }
}
