import Inventory
import Kernel
import Orders
import Sourcing
import Store
import TestGround
import Testing
import Views

@testable import Flows

extension SmallNetwork {
    func rule(_ rule: SourcingRule) throws {
        _ = try stepper.perform(SaveSourcingRule(rule, network: desk.network, actor: "test"))
    }

    func order(_ number: Int, quantity: Int64, way: OrderWay = .place, backorder: Bool = false) throws -> PlacedOrder {
        var request = place(number, backorder: backorder).request
        request.lines[0].quantity = Quantity(quantity)
        request.way = way
        // A channel that sold what was not there is shown less from then on.
        if way == .record { request.channel = "market" }
        return try stepper.perform(PlaceOrder(request, desk: desk))
    }

    func reserved() throws -> [Int64] {
        let all = try supplies()
        return sites.prefix(2).map { all[$0]?.reserved.rawValue ?? 0 }
    }

    func sourcing(_ order: OrderID) throws -> [JSON] {
        try stepper.read { try SourcingView.find(order, .network, in: $0) }.decisions.map(\.reason.json)
    }

    func stock(_ quantity: Int64, at site: Int) throws {
        let line = StockLine(owner: merchant, sku: sku, location: bins[site], quantity: Quantity(quantity))
        try stepper.perform(OpenStock([line], occurred: stepper.now))
    }
}

@Suite("Rules a merchant sets for sourcing")
struct SourcingRuleTests {
    @Test("only the sites allowed ship, and the order says which rule ruled the others out", arguments: EngineKind.all)
    func onlySites(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 5])
            for (site, other) in [(0, 1), (1, 0)] {
                let from = CivilDate(dayNumber: 20_000 + site)
                try network.rule(
                    SourcingRule(merchant: network.merchant, onlySites: [network.sites[site]], validity: Validity(from: from)))
                let placed = try network.order(site, quantity: 1)
                #expect(placed.sites == [network.sites[site]])
                let why = try network.sourcing(placed.order)[0]
                let out = why["ruled_out"]?.array ?? []
                #expect(out.contains(["site": .id(network.sites[other]), "because": "rule"]))
                #expect(why["rule"]?.string?.hasPrefix("rul_") == true)
            }
            #expect(throws: PlaceOrderRefused.self) { _ = try network.order(9, quantity: 6) }
            #expect(try network.findings() == [])
        }
    }

    @Test("the first in order of priority ships while it fills the order, then the next with it", arguments: EngineKind.all)
    func priority(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [3, 3])
            for turn in [[0, 1], [1, 0]] {
                let from = CivilDate(dayNumber: 20_000 + turn[0])
                let priority = turn.map { network.sites[$0] }
                try network.rule(SourcingRule(merchant: network.merchant, priority: priority, validity: Validity(from: from)))
                #expect(try network.order(turn[0], quantity: 2).sites == [priority[0]])
            }
            #expect(try Set(network.order(7, quantity: 2).sites) == Set(network.sites.prefix(2)))
            #expect(try network.reserved() == [3, 3])
        }
    }

    @Test("an order that is never split leaves one site, or is refused, or waits until one site has all of it", arguments: EngineKind.all)
    func neverSplits(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [2, 3])
            try network.rule(SourcingRule(merchant: network.merchant, neverSplits: true))
            #expect(throws: PlaceOrderRefused.self) { _ = try network.order(1, quantity: 4) }
            let waiting = try network.order(2, quantity: 4, way: .record)
            #expect(waiting.reserved == 0 && waiting.waiting == 4)
            #expect(try network.order(3, quantity: 3).sites == [network.sites[1]])
            try network.stock(1, at: 0)
            try network.follow()
            #expect(try network.reserved() == [0, 3])
            try network.stock(1, at: 0)
            try network.follow()
            #expect(try network.reserved() == [4, 3])
            #expect(try network.sourcing(waiting.order).count == 2)
            #expect(try network.findings() == [])
        }
    }

    @Test("an order that ships complete is reserved whole over sites or not at all", arguments: EngineKind.all)
    func shipsComplete(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [2, 3])
            try network.rule(SourcingRule(merchant: network.merchant, shipsComplete: true))
            let waiting = try network.order(1, quantity: 6, way: .record)
            #expect(waiting.reserved == 0 && waiting.waiting == 6)
            #expect(try network.order(2, quantity: 5).sites.count == 2)
            try network.stock(5, at: 0)
            try network.follow()
            #expect(try network.reserved() == [2, 3])
            try network.stock(1, at: 1)
            try network.follow()
            #expect(try network.reserved() == [7, 4])
            #expect(try network.findings() == [])
        }
    }

    @Test("a rule is refused by name where it cannot be kept", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [1, 1])
            let (a, b) = (network.sites[0], network.sites[1]), merchant = network.merchant
            let day = CivilDate(dayNumber: 20_600)
            let bad: [(SourcingRule, String)] = [
                (SourcingRule(merchant: MerchantID(1)), "merchant.not_found"),
                (SourcingRule(merchant: merchant, onlySites: [SiteID(1)]), "site.not_found"),
                (SourcingRule(merchant: merchant, priority: [a, a]), "sourcing_rule.site_twice"),
                (SourcingRule(merchant: merchant, onlySites: [a], priority: [b]), "sourcing_rule.site_not_allowed"),
                (SourcingRule(merchant: merchant, validity: Validity(from: day, until: day)), "sourcing_rule.no_days"),
            ]
            for (rule, code) in bad {
                let refusal = #expect(throws: (any Error).self) { try network.rule(rule) }
                #expect((refusal as? any Refusal)?.code == code)
            }
            try network.rule(SourcingRule(merchant: merchant))
            let taken = #expect(throws: SaveSourcingRule.Refused.self) { try network.rule(SourcingRule(merchant: merchant)) }
            #expect(taken == .dayTaken(nil))
        }
    }
}
