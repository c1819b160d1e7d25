import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

@Suite("Goods on their way")
struct ComingTests {
    @Test("what was promised of a shipment moves with it: later, less and sooner", arguments: EngineKind.all)
    func moves(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [0, 1])
            let start = ground.stepper.now + .days(2)
            let asn = try ground.stepper.perform(
                AnnounceASN(
                    merchant: ground.merchant, site: ground.network.sites[0], number: "IN", expected: start,
                    lines: [.init(sku: ground.network.sku, quantity: 6)]))
            _ = try ground.pool("ada", quota: [("A", 1)])
            try ground.setAsideComing(2)
            let placed = try (0..<4).map { try ground.stepper.perform(ground.order("O-\($0)")) }
            #expect(placed.allSatisfy { $0.waiting == 0 })
            let before = try ground.shipBy(placed.map(\.order))
            try ground.stepper.perform(ChangeASN(asn, expectedAt: start + .days(3)))
            #expect(try ground.shipBy(placed.map(\.order)) == before.map { $0 + .days(3) })
            #expect(throws: ChangeASN.Refused.notAnnounced(line: 0, "B")) {
                try ground.stepper.perform(ChangeASN(asn, expectedAt: start, lines: [.init(sku: "B", expected: 1)]))
            }
            try ground.stepper.perform(ChangeASN(asn, expectedAt: start + .days(3), lines: [.init(sku: "A", expected: 3)]))
            try ground.network.follow()
            #expect(try ground.findings() == [])
            #expect(try ground.stepper.read { try Shortages.count(in: $0) } == 1)
            try ground.stepper.perform(ChangeASN(asn, expectedAt: start, lines: [.init(sku: "A", expected: 8)]))
            try ground.network.follow()
            #expect(try ground.stepper.read { try Shortages.count(in: $0) } == 0)
            #expect(try ground.ask("A").later.first?.from == start)
            #expect(try ground.findings() == [])
        }
    }

    @Test("a preorder is promised within its cap, and goes over to goods as they are announced and come", arguments: EngineKind.all)
    func preorders(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [0, 0])
            let (sku, site, start) = (ground.network.sku, ground.network.sites[0], ground.stepper.now + .days(5))
            try ground.stepper.perform(SetPreorder(sku, at: site, cap: 3, from: start))
            #expect(try ground.ask("A").later.map(\.quantity) == [3])
            let orders = try (0..<3).map { try ground.stepper.perform(ground.order("P-\($0)")).order }
            #expect(try ground.code(ground.order("P-4")) == "inventory.stock_short")
            #expect(throws: Preorders.BelowPromised(cap: 2, promised: 3)) {
                try ground.stepper.perform(SetPreorder(sku, at: site, cap: 2, from: start))
            }
            let before = try ground.shipBy(orders)
            let asn = try ground.stepper.perform(
                AnnounceASN(
                    merchant: ground.merchant, site: site, number: "IN", expected: start + .days(2),
                    lines: [.init(sku: sku, quantity: 2)]))
            try ground.network.follow()
            let late = zip(try ground.shipBy(orders), before).filter { $0 == $1 + .days(2) }.count
            #expect(late == 2)
            #expect(try ground.code(ground.order("P-5")) == "inventory.stock_short")
            _ = try ground.stepper.perform(
                ReceiveASN(
                    asn, at: ground.network.bins[0], [ReceivedLine(sku: sku, quantity: 4)], occurred: ground.stepper.now, actor: "test"))
            try ground.network.follow()
            let stands = try #require(try ground.network.supplies()[site])
            #expect(stands.reserved == 3 && stands.sellable == 4)
            #expect(try ground.ask("A").now == 1)
            #expect(try ground.findings() == [])
        }
    }
}

extension CommitmentGround {
    /// Sets goods aside that are on their way, for a pool of their own.
    func setAsideComing(_ units: Int64) throws {
        let pool = try stepper.perform(OpenPool(merchant: merchant, code: "later", kind: .creator, channel: nil, thenMain: false))
        try stepper.perform(
            SetAside(
                pool, [QuotaLine(sku: "A", site: network.sites[0], quantity: Quantity(units))], isReturn: false, actor: "test"))
    }

    func shipBy(_ orders: [OrderID]) throws -> [Instant] {
        try stepper.read { try Fulfillments.of(orders, in: $0) }.sorted { $0.id < $1.id }.map(\.shipBy)
    }
}
