import Facilities
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
    func timer() throws {
        let handlers: [any ClockHandler] = [ReviewSite(desk: desk), ValueStock(desk: desk)]
        while try stepper.perform(TimerStep(handlers)) > 0 {}
    }

    /// Closes a site for days from today on, and lets what follows from it happen.
    func close(_ site: SiteID, days: Int) throws {
        let today = world.zone.day(of: stepper.now)
        let closures = (0..<days).map {
            SiteClosure(site: site, day: CivilDate(dayNumber: today.dayNumber + $0), reason: "flood")
        }
        try stepper.perform(InPlace { try SetClosures.run(closures, in: $0) })
        try stepper.follow(ReviewSites())
        try timer()
        try follow()
    }
}

@Suite("Sourcing what is not begun anew")
struct SourcingReviewTests {
    @Test("a site that closes loses what it has not begun to a site that keeps the dates", arguments: EngineKind.all)
    func closure(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [400, 400])
            try network.stepper.lease([ReviewSites()])
            // More than one step of the review takes.
            let placed = try network.stepper.perform((0..<250).map { network.place($0, backorder: false) }).map { try $0.get() }
            let near = placed[0].sites[0], other = try #require(network.sites.prefix(2).first { $0 != near })
            #expect(try network.supplies()[near]?.reserved == 250)
            try network.close(near, days: 9)
            #expect(try network.supplies()[near]?.reserved == 0)
            #expect(try network.supplies()[other]?.reserved == 250)
            let orders = placed.map(\.order)
            let live = try network.stepper.read { try Fulfillments.of(orders, in: $0) }.filter { $0.state == .open }
            #expect(live.count == 250 && live.allSatisfy { $0.site == other })
            #expect(try network.sourcing(orders[0]).count == 2)
            #expect(try network.stepper.read { try Shortages.count(in: $0) } == 0)
            #expect(try network.findings() == [])
        }
    }

    @Test("where no other site has the goods the order stays, with the dates that are true now", arguments: EngineKind.all)
    func stays(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 0])
            try network.stepper.lease([ReviewSites()])
            let placed = try network.order(1, quantity: 2)
            let before = try #require(placed.shipBy)
            try network.close(network.sites[0], days: 5)
            let live = try network.stepper.read { try Fulfillments.of([placed.order], in: $0) }.filter { $0.state == .open }
            #expect(live.map(\.site) == [network.sites[0]])
            #expect(try #require(live.first?.shipBy) >= before + .days(4))
            #expect(try network.reserved() == [2, 0])
            #expect(try network.findings() == [])
        }
    }

    @Test("a closure that a promise does not meet moves nothing", arguments: EngineKind.all)
    func farAway(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 5])
            try network.stepper.lease([ReviewSites()])
            let placed = try network.order(1, quantity: 1)
            let before = try network.stepper.read { try Fulfillments.of([placed.order], in: $0) }.map(\.id)
            let day = CivilDate(dayNumber: network.world.zone.day(of: network.stepper.now).dayNumber + 60)
            let closure = SiteClosure(site: placed.sites[0], day: day, reason: "stocktaking")
            try network.stepper.perform(InPlace { try SetClosures.run([closure], in: $0) })
            try network.stepper.follow(ReviewSites())
            try network.timer()
            #expect(try network.stepper.read { try Fulfillments.of([placed.order], in: $0) }.map(\.id) == before)
            #expect(try network.sourcing(placed.order).count == 1)
        }
    }
}

@Suite("What stock is worth where it lies")
struct StockValueTests {
    private func values(_ network: SmallNetwork) throws -> [SiteID: Int64] {
        try network.stepper.read { [sku = network.sku] in try StockValues.load(of: [sku], in: $0)[sku]?.bySite ?? [:] }
    }

    @Test("the last units near the demand are worth keeping, and orders say what taking them costs", arguments: EngineKind.all)
    func scarce(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [30, 30])
            let near = try network.order(0, quantity: 1).sites[0]
            try network.timer()
            #expect(try values(network).isEmpty)
            for number in 1..<25 { #expect(try network.order(number, quantity: 1).sites == [near]) }
            // Valued less than an hour ago: nothing is asked for.
            try network.timer()
            #expect(try values(network).isEmpty)
            network.stepper.now = network.stepper.now + .minutes(61)
            _ = try network.order(30, quantity: 1)
            try network.timer()
            let found = try values(network)
            #expect(found.keys.sorted() == [near])
            #expect(try #require(found[near]) > 0)
            let next = try network.order(31, quantity: 1)
            let cost = try network.sourcing(next.order)[0]["cost"]
            #expect(next.sites != [near] || cost?["scarcity"]?.int == found[near])
            #expect(try network.findings() == [])
        }
    }

    @Test("values are dated: an older one ends where a newer begins", arguments: EngineKind.all)
    func dated(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [1, 1])
            let (sku, site) = (network.sku, network.sites[0]), start = network.stepper.now
            for value in [Int64(300), 300, 120, 0] {
                try network.stepper.perform(InPlace { try StockValues.ask([sku], in: $0) })
                try network.stepper.perform(InPlace { try StockValues.set([sku: value > 0 ? [site: value] : [:]], in: $0) })
                network.stepper.now = network.stepper.now + .hours(1)
            }
            let rows = try network.stepper.read {
                try $0.query("SELECT value, from_at, until_at FROM stock_value ORDER BY from_at, site, sku") {
                    [try $0.next(Int64.self), (try $0.next(Instant.self) - start).micros, (try $0.next(Instant.self) - start).micros]
                }
            }
            let hour = Duration.hours(1).micros
            #expect(rows == [[300, 0, 2 * hour], [120, 2 * hour, 3 * hour]])
            #expect(try values(network).isEmpty)
        }
    }
}
