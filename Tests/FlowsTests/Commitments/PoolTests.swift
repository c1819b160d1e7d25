import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Warehouse

@Suite("Pools")
struct PoolTests {
    @Test("nobody takes from another's pool, and a channel draws from its own", arguments: EngineKind.all)
    func apart(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [3, 2])
            _ = try ground.pool("ada", quota: [("A", 4)])
            _ = try ground.pool("shop", .channel, channel: "tok", thenMain: true, quota: [("A", 1)])
            #expect(try ground.levels() == (0, 0, 0))
            #expect(try ground.code(ground.order("1")) == "inventory.stock_short")
            #expect(try ground.code(ground.order("2", pool: "nobody")) == "order.pool_unknown")
            _ = try ground.stepper.perform(ground.order("3", channel: "tok"))
            #expect(try ground.code(ground.order("4", channel: "tok")) == "inventory.stock_short")
            _ = try ground.stepper.perform(ground.order("5", [("A", 4)], pool: "ada"))
            #expect(try ground.code(ground.order("6", pool: "ada")) == "inventory.stock_short")
            #expect(try ground.findings() == [])
        }
    }

    @Test("a pool that guarantees goes on with what is in none; one that limits does not", arguments: EngineKind.all)
    func guarantee(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [4, 0])
            _ = try ground.pool("shop", .channel, channel: "tok", thenMain: true, quota: [("A", 1)])
            _ = try ground.pool("ada", channel: "live", quota: [("A", 1)])
            _ = try ground.stepper.perform(ground.order("1", [("A", 2)], channel: "tok"))
            #expect(try ground.levels("shop") == (1, 0, 1))
            #expect(try ground.code(ground.order("2", [("A", 2)], channel: "live")) == "inventory.stock_short")
            #expect(try ground.findings() == [])
        }
    }

    @Test("only what is promised to nobody moves, and a closed pool gives back what comes free", arguments: EngineKind.all)
    func moves(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [5, 0])
            let pool = try ground.pool("ada", quota: [("A", 4)])
            #expect(throws: Pools.Refused.short(sku: "A", wanted: 2, available: 1)) { try ground.setAside(pool, [("A", 2)]) }
            let hold = try ground.stepper.perform(ground.hold([("A", 2)], pool: "ada"))
            let placed = try ground.stepper.perform(ground.order("1", pool: "ada"))
            #expect(throws: Pools.Refused.short(sku: "A", wanted: 2, available: 1)) {
                try ground.setAside(pool, [("A", 2)], isReturn: true)
            }
            try ground.stepper.perform(ClosePool(pool, actor: "test"))
            #expect(try ground.levels("ada") == (3, 2, 1))
            #expect(try ground.code(ground.order("2", pool: "ada")) == "order.pool_unknown")
            try ground.stepper.perform(ReleaseHold(hold))
            #expect(try ground.levels("ada") == (1, 0, 1))
            _ = try ground.stepper.perform(CancelOrder(placed.order, merchant: nil, reason: "no", actor: "test"))
            #expect(try ground.levels("ada") == (0, 0, 0))
            #expect(try ground.levels() == (5, 0, 0))
            #expect(try ground.findings() == [])
        }
    }

    @Test("a count takes what is promised to nobody first, in every pool", arguments: EngineKind.all)
    func counted(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [6, 0])
            _ = try ground.pool("ada", quota: [("A", 3)])
            _ = try ground.stepper.perform(ground.order("1", [("A", 2)]))
            _ = try ground.stepper.perform(ground.order("2", [("A", 1)], pool: "ada"))
            func count(_ units: Int64) throws {
                _ = try ground.stepper.perform(
                    CountBin(
                        location: ground.network.bins[0], owner: ground.merchant, sku: ground.network.sku, counted: Quantity(units),
                        occurred: ground.stepper.now, actor: "test"))
            }
            try count(4)
            #expect(try ground.levels() == (2, 0, 2))
            #expect(try ground.levels("ada") == (2, 0, 1))
            #expect(try ground.findings() == [])
            try count(1)
            try ground.network.follow()
            #expect(try ground.levels("ada") == (1, 0, 1))
            #expect(try ground.levels() == (0, 0, 0))
            #expect(try ground.findings() == [])
        }
    }

    @Test("a quota on goods that are on their way goes over to them", arguments: EngineKind.all)
    func arrival(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [0, 0])
            let site = ground.network.sites[0]
            let asn = try ground.stepper.perform(
                AnnounceASN(
                    merchant: ground.merchant, site: site, number: "IN", expected: ground.stepper.now + .days(2),
                    lines: [.init(sku: ground.network.sku, quantity: 5)]))
            _ = try ground.pool("ada", quota: [("A", 3)])
            _ = try ground.stepper.perform(ground.order("1", [("A", 2)], pool: "ada"))
            _ = try ground.stepper.perform(ground.order("2", [("A", 1)]))
            #expect(try ground.code(ground.order("3", [("A", 2)])) == "inventory.stock_short")
            _ = try ground.stepper.perform(
                ReceiveASN(
                    asn, at: ground.network.bins[0], [ReceivedLine(sku: ground.network.sku, quantity: 4)],
                    occurred: ground.stepper.now, actor: "test"))
            #expect(try ground.levels("ada") == (3, 0, 2))
            #expect(try ground.levels() == (2, 0, 1))
            #expect(try ground.findings() == [])
        }
    }
}
