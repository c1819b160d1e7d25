import Flows
import Inventory
import Kernel
import Merchants
import Orders
import Store
import TestGround
import Testing
import Views

@Suite("What can be promised")
struct AvailabilityTests {
    @Test("now and when more, per SKU, kit, site, channel and pool", arguments: EngineKind.all)
    func steps(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [5, 4], other: [1, 3])
            let now = ground.stepper.now
            for (number, days, units) in [("IN-1", 3, Int64(10)), ("IN-2", 1, 2)] {
                _ = try ground.stepper.perform(
                    AnnounceASN(
                        merchant: ground.merchant, site: ground.network.sites[0], number: number, expected: now + .days(days),
                        lines: [.init(sku: ground.network.sku, quantity: Quantity(units))]))
            }
            _ = try ground.pool("ada", quota: [("A", 3)])
            _ = try ground.stepper.perform(ground.hold([("A", 1)]))
            let all = try ground.ask("A")
            #expect(all.now == 5)
            #expect(all.later.map(\.quantity) == [7, 17])
            #expect(all.later.map(\.from) == [now + .days(1), now + .days(3)])
            #expect(try ground.ask("A", pool: "ada").now == 3)
            let apart = try ground.network.sites.map { try ground.ask("A", site: $0).now }
            #expect(apart.reduce(0, +) == 5)
            #expect(try ground.ask("KIT").now <= 2)
            #expect(throws: NotFound("pool", "nobody")) { _ = try ground.ask("A", pool: "nobody") }
        }
    }

    @Test("a channel is promised no more than it is shown; what it has sold already passes, and is learned", arguments: EngineKind.all)
    func safety(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [6, 4])
            try ground.stepper.perform(
                SetChannelStock(merchant: ground.merchant, channel: "tok", sku: nil, safety: 4, threshold: 3))
            #expect(try ground.ask("A").now == 10)
            #expect(try ground.ask("A", channel: "tok").now == 6)
            #expect(try ground.code(ground.order("1", [("A", 7)], channel: "tok")) == "inventory.stock_short")
            _ = try ground.stepper.perform(ground.order("2", [("A", 4)], channel: "tok"))
            #expect(try ground.ask("A", channel: "tok").now == 0)
            #expect(try ground.code(ground.order("3", channel: "tok")) == "inventory.stock_short")
            #expect(try ground.stepper.perform(ground.order("4", [("A", 8)], channel: "tok", way: .record)).waiting == 2)
            try ground.stepper.perform(
                OpenStock(
                    [StockLine(owner: ground.merchant, sku: ground.network.sku, location: ground.network.bins[0], quantity: 20)],
                    occurred: ground.stepper.now))
            #expect(try ground.ask("A").now == 20)
            #expect(try ground.ask("A", channel: "tok").now == 14)
            ground.stepper.now = ground.stepper.now + .days(8)
            #expect(try ground.ask("A", channel: "tok").now == 15)
            #expect(try ground.findings() == [])
        }
    }
}

extension CommitmentGround {
    func ask(_ code: String, site: SiteID? = nil, pool: String? = nil, channel: String? = nil) throws -> Availability {
        let owner = merchant
        return try stepper.read { tx in
            let key = SKUCode(owner, code)
            guard let sku = try Catalog.facts(codes: [key], in: tx)[key]?.id else { throw NotFound("sku", code) }
            let question = AvailabilityQuestion(sku, site: site, pool: pool, channel: channel)
            return try Availability.find(question, .network, in: tx)
        }
    }
}

@Suite("What each channel is shown")
struct ChannelSaleTests {
    @Test("is told with what keeps the rest from it", arguments: EngineKind.all)
    func why(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try CommitmentGround(database, stock: [6, 4])
            let (merchant, sku) = (ground.merchant, ground.network.sku)
            func told() throws -> [String: ChannelSale] {
                let all = try ground.stepper.read { try ChannelSale.read(sku, of: merchant, in: $0) }
                return Dictionary(uniqueKeysWithValues: all.map { ($0.channel, $0) })
            }
            #expect(try told().isEmpty)
            try ground.stepper.perform(SetChannelStock(merchant: merchant, channel: "tok", sku: nil, safety: 4, threshold: 3))
            _ = try ground.pool("live", .channel, channel: "live", quota: [("A", 2)])
            _ = try ground.stepper.perform(ground.order("1", channel: "shop"))
            var seen = try told()
            #expect(seen.keys.sorted() == ["live", "shop", "tok"])
            #expect(seen["shop"]?.now == 7 && seen["shop"]?.keptBack == 0 && seen["shop"]?.why == nil)
            #expect(seen["tok"]?.now == 3 && seen["tok"]?.keptBack == 4 && seen["live"]?.now == 2)
            for number in 2..<5 { _ = try ground.stepper.perform(ground.order("\(number)", channel: "shop")) }
            seen = try told()
            #expect(seen["tok"]?.now == 0 && seen["tok"]?.why == .keptBack)
            for number in 5..<9 { _ = try ground.stepper.perform(ground.order("\(number)", channel: "shop")) }
            seen = try told()
            #expect(seen["shop"]?.why == .others(2) && seen["live"]?.now == 2)
        }
    }
}
