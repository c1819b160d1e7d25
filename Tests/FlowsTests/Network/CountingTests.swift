import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport

@Suite("What the count of a trip finds")
struct CountingTests {
    @Test("a bag that is missing has an owner, a deadline and a stake, and is closed when it is found", arguments: EngineKind.all)
    func missingAndFound(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcels = try ground.pack(3).map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let bag = try ground.bagged(Array(parcels.prefix(2)), "FC-H2")
            let trip = try ground.drive("FC-H2", [bag, parcels[2]])
            try ground.unload(trip, [parcels[2]])
            try ground.reconcile(trip)
            try ground.settle()
            #expect(try ground.open("unit.short") == 1)
            #expect(try ground.count("SELECT stake_minor FROM exception WHERE kind = 'unit.short'") == 2000)
            #expect(try ground.holder(parcels[0]).hasPrefix("carrier"))
            #expect(try ground.parcel(parcels[0]).state == .inTransit)
            #expect(try ground.findings() == [])
            #expect(try ground.unload(trip, [bag]).map(\.result) == [.found])
            try ground.settle()
            #expect(try ground.open("unit.short") == 0)
            #expect(try ground.handOver(at: ground.h2).count == 3)
            #expect(try ground.findings() == [])
        }
    }

    @Test("a bag that is given up takes its goods out of the book, and what turns up later is kept back", arguments: EngineKind.all)
    func lost(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2), parcels = made.map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let bag = try ground.bagged(parcels, "FC-H2")
            let declare = { try ground.stepper.perform(DeclareLost(bag, desk: ground.desk, occurred: ground.now, actor: "t")) }
            #expect(try refusal { try declare() } == "unit.not_missing")
            let trip = try ground.drive("FC-H2", [bag])
            try ground.reconcile(trip)
            try ground.pass(.hours(73))
            try declare()
            try ground.settle()
            #expect(try ground.order(made[0].order) == .lost)
            #expect(try ground.parcel(parcels[0]).state == .lost)
            #expect(try ground.count("SELECT COUNT(*) FROM movement WHERE reason = 'loss'") == 2)
            #expect(try ground.count("SELECT COUNT(*) FROM label WHERE state = 'current'") == 0)
            #expect(try ground.findings() == [])
            try ground.unload(trip, [bag])
            try ground.settle()
            #expect(try ground.order(made[0].order) == .returned)
            #expect(try ground.parcel(parcels[0]).atSite == ground.h2)
            #expect(try ground.count("SELECT COUNT(*) FROM task WHERE kind = 'unpick' AND state = 'open'") == 2)
            #expect(try ground.findings() == [])
        }
    }

    @Test("the contents of an opened bag are counted one by one: what is missing is short, what is more is over", arguments: EngineKind.all)
    func contents(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcels = try ground.pack(4).map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let bag = try ground.bagged(Array(parcels.prefix(3)), "FC-H2")
            let trip = try ground.drive("FC-H2", [bag])
            let open = { (contents: [UnitID]) in
                try ground.stepper.perform(
                    BreakBulk(
                        trip.id, [FoundUnit(bag, contents: contents)], desk: ground.desk, occurred: ground.now, actor: "t"))
            }
            // The third is not in it; the fourth is, though nobody had scanned it in.
            let counted = try open([parcels[0], parcels[1], parcels[3]])
            #expect(counted.map(\.unit) == [bag, parcels[0], parcels[1], parcels[3], parcels[2]])
            #expect(counted.map(\.result) == [.found, .found, .found, .over, .short])
            try ground.reconcile(trip)
            try ground.settle()
            for id in [parcels[0], parcels[1], parcels[3]] { #expect(try ground.parcel(id).atSite == ground.h2) }
            #expect(try ground.parcel(parcels[2]).state == .inTransit)
            #expect(try ground.holder(parcels[2]).hasPrefix("carrier"))
            #expect(try ground.open("unit.short") == 1)
            #expect(try ground.count("SELECT COUNT(*) FROM event WHERE type = 'unit.short' AND owner IS NOT NULL") == 1)
            #expect(try ground.findings() == [])
            #expect(try refusal { _ = try open([]) } == "bag.goes_on")
            try ground.unload(trip, [parcels[2]])
            try ground.settle()
            #expect(try ground.open("unit.short") == 0)
            #expect(try ground.findings() == [])
        }
    }

    @Test("what was not expected is adopted and goes another way, what is damaged needs a person", arguments: EngineKind.all)
    func overAndDamaged(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(3), parcels = made.map(\.parcel)
            try ground.route([parcels[0]], "FC-H2")
            try ground.route([parcels[1]], "FC-H1", "H1-H2")
            let bag = try ground.bagged([parcels[1]], "FC-H1")
            let trip = try ground.drive("FC-H2", [parcels[0]])
            // A bag for another lane was on the truck without a scan, and a parcel for the courier of FC.
            let counted = try ground.unload(trip, parcels.filter { $0 != parcels[1] } + [bag], damaged: [parcels[0]])
            #expect(counted.map(\.result) == [.found, .over, .over])
            try ground.settle()
            #expect(try ground.open("unit.damaged") == 1)
            for id in parcels { #expect(try ground.parcel(id).atSite == ground.h2) }
            let legs = try ground.stepper.read { try Routes.of([parcels[1]], in: $0) }
            #expect(legs.map(\.state).contains(.planned) == false)
            #expect(try ground.order(made[2].order) == .shipped)
            #expect(try ground.findings() == [])
        }
    }

    @Test("20,000 parcels depart in one row, and are told in steps of 500", arguments: EngineKind.all)
    func large(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let trip = try ground.trip("FC-H2")
            let freight = Freight(parcels: 20_000, bags: 40, ground: ground)
            try freight.load(trip)
            let before = try ground.count("SELECT COUNT(*) FROM event")
            try ground.depart(trip)
            #expect(try ground.count("SELECT COUNT(*) FROM event") == before + 1)
            #expect(try ground.count("SELECT COUNT(*) FROM custody WHERE unit = \(freight.trailer(trip))") == 2)
            var steps = 0, largest = 0, told = 0
            while told < 20_000, steps < 100 {
                _ = try ground.stepper.perform(TimerStep(ground.assembly.clocks))
                let now = try ground.count("SELECT COUNT(*) FROM parcel WHERE state = 'in_transit'")
                largest = max(largest, now - told)
                told = now
                steps += 1
            }
            #expect(told == 20_000)
            #expect(largest <= ExpandUnits.budget)
            #expect((41...60).contains(steps))
            #expect(try ground.count("SELECT COUNT(*) FROM event WHERE type = 'parcel.departed'") == 20_000)
            #expect(try ground.count("SELECT COUNT(*) FROM orders WHERE state = 'shipped'") == 20_000)
            #expect(try ground.count("SELECT COUNT(*) FROM custody WHERE until_at IS NULL AND holder_kind = 'carrier'") == 1)
            try ground.arrive(trip)
            try ground.unload(trip, freight.bags)
            while try ground.stepper.perform(TimerStep(ground.assembly.clocks)) > 0 {}
            let there = try ground.count("SELECT COUNT(*) FROM parcel WHERE state = 'labelled' AND at_site = \(ground.h2)")
            #expect(there == 20_000)
        }
    }
}
