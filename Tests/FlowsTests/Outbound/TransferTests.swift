import Facilities
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport

@testable import Flows

@Suite("A transfer between sites")
struct TransferTests {
    @Test("can be promised at the far end once it left, and its claims move to the goods that arrive", arguments: EngineKind.all)
    func promised(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer, quantity: 10)).order
            #expect(try ground.supply(at: 1, .transfer) == nil)
            let parcels = try ground.ship(from: 0)
            #expect(try ground.supply(at: 1, .transfer)?.available == 10)
            #expect(try ground.view(order).lines[0].underWay == 10)
            let placed = try ground.stepper.perform(ground.sale("S-1", quantity: 3))
            #expect(placed.sites == [ground.sites[1]])
            #expect(try ground.supply(at: 1, .transfer)?.reserved == 3)
            #expect(try ground.findings() == [])
            ground.stepper.now = ground.stepper.now + .days(3)
            let tasks = try ground.stepper.perform(
                ReceiveTransfer(
                    order, at: ground.location("DOCK", 1), parcels.map { OpenedParcel($0) }, occurred: ground.stepper.now,
                    actor: "test"))
            #expect(!tasks.isEmpty)
            #expect(try ground.supply(at: 1, .transfer)?.sellable == 0)
            #expect(try ground.supply(at: 1, .onHand)?.reserved == 3)
            #expect(try ground.supply(at: 1, .onHand)?.sellable == 10)
            let view = try ground.view(order)
            #expect(view.state == .delivered)
            #expect(view.lines[0].arrived == 10)
            #expect(try ground.exceptions() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("that crosses our own network stays promised on the way and at its end, until it is received", arguments: EngineKind.all)
    func overLanes(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer, quantity: 10)).order
            let parcels = try ground.pack(at: 0)
            let trip = try ground.sendByLane(parcels)
            #expect(try ground.supply(at: 1, .transfer) == nil)
            try ground.stepper.perform(DepartTrip(trip, occurred: ground.stepper.now, actor: "t"))
            try ground.clocks()
            #expect(try ground.supply(at: 1, .transfer)?.available == 10)
            #expect(try ground.findings() == [])
            ground.stepper.now = ground.stepper.now + .hours(4)
            try ground.stepper.perform(ArriveTrip(trip, occurred: ground.stepper.now, actor: "t"))
            _ = try ground.stepper.perform(
                BreakBulk(
                    trip, parcels.map { FoundUnit($0) }, desk: ground.assembly.orders, occurred: ground.stepper.now, actor: "t"))
            try ground.clocks()
            #expect(try ground.stepper.read { try Parcels.load(parcels, in: $0) }.allSatisfy { $0.atSite == ground.sites[1] })
            #expect(try ground.view(order).lines[0].underWay == 10)
            #expect(try ground.supply(at: 1, .transfer)?.available == 10)
            #expect(try ground.findings() == [])
            _ = try ground.stepper.perform(
                ReceiveTransfer(
                    order, at: ground.location("DOCK", 1), parcels.map { OpenedParcel($0) }, occurred: ground.stepper.now,
                    actor: "test"))
            #expect(try ground.supply(at: 1, .transfer)?.sellable == 0)
            #expect(try ground.supply(at: 1, .onHand)?.available == 10)
            #expect(try ground.findings() == [])
        }
    }

    @Test("that comes short, damaged and over has each of it in the book, with an owner", arguments: EngineKind.all)
    func unlikeListed(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer, quantity: 10)).order
            let parcels = try ground.ship(from: 0)
            #expect(parcels.count == 1)
            _ = try ground.stepper.perform(ground.sale("S-1", quantity: 9))
            let found = [
                FoundGoods(sku: ground.skus[0], quantity: 6), FoundGoods(sku: ground.skus[0], quantity: 2, condition: .damaged),
                FoundGoods(sku: ground.skus[1], quantity: 1),
            ]
            _ = try ground.stepper.perform(
                ReceiveTransfer(
                    order, at: ground.location("DOCK", 1), [OpenedParcel(parcels[0], found: found)],
                    occurred: ground.stepper.now, actor: "test"))
            try ground.settle()
            let view = try ground.view(order)
            #expect(view.lines[0].arrived == 8)
            #expect(view.lines[0].lost == 2)
            #expect(try ground.supply(at: 1, .onHand)?.sellable == 6)
            #expect(try ground.supply(at: 1, .onHand)?.reserved == 6)
            #expect(try ground.stepper.read { try Shortages.count(in: $0) } == 1)
            #expect(try ground.exceptions() == ["transfer.damaged", "transfer.over", "transfer.short"])
            #expect(try ground.findings() == [])
        }
    }

    @Test("that slips puts off what was promised of it, by whole days", arguments: EngineKind.all)
    func slips(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer)).order
            _ = try ground.ship(from: 0)
            let sale = try ground.stepper.perform(ground.sale("S-1", quantity: 1)), at = ground.sites[0]
            let waits = try ground.stepper.perform(ground.sale("S-2", quantity: 5))
            #expect(sale.sites == [at])
            #expect(waits.sites.contains(ground.sites[1]))
            let before = try #require(try ground.view(order).expectedAt)
            let head = try ground.stepper.read { try Fulfillments.of([waits.order], in: $0) }
                .first { $0.site == ground.sites[1] }
            let old = try #require(head)
            try ground.stepper.perform(SlipTransfer(order, to: before + .hours(30)))
            let new = try ground.stepper.read { try Fulfillments.load([old.id], in: $0)[0] }
            #expect(try ground.view(order).expectedAt == before + .hours(30))
            #expect(new.shipBy == old.shipBy + .days(2))
            #expect(new.availableFrom == old.availableFrom + .days(2))
            let record = try ground.stepper.read { try OrderRecords.load([waits.order], in: $0)[waits.order] }
            #expect(record?.promisedBy == waits.promisedBy)
            #expect(try ground.findings() == [])
        }
    }

    @Test("that never arrives slips by itself, a day at a time, and somebody is told", arguments: EngineKind.all)
    func neverArrives(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer)).order
            _ = try ground.ship(from: 0)
            let expected = try #require(try ground.view(order).expectedAt)
            ground.stepper.now = expected + .hours(25)
            _ = try ground.stepper.perform(TimerStep([LateTransfers()]))
            #expect(try ground.view(order).expectedAt == expected + .hours(24))
            #expect(try ground.exceptions() == ["transfer.late"])
        }
    }

    @Test("whose parcel the carrier loses has its claims sourced elsewhere, and is received where it turns up", arguments: EngineKind.all)
    func lost(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try OutboundGround(database, stock: [10, 0])
            let order = try ground.stepper.perform(ground.outbound(.transfer, quantity: 10)).order
            let parcels = try ground.ship(from: 0)
            _ = try ground.stepper.perform(ground.sale("S-1", quantity: 2))
            try ground.open(5, at: 0)
            let number = try #require(
                try ground.stepper.read { try Labels.of(parcels, in: $0).first?.number })
            for code in ["delivered", "lost"] { try ground.report(number, code) }
            try ground.settle()
            #expect(try ground.view(order).state == .lost)
            #expect(try ground.supply(at: 1, .transfer)?.sellable == 0)
            #expect(try ground.supply(at: 0, .onHand)?.reserved == 2)
            #expect(try ground.findings() == [])
            _ = try ground.stepper.perform(
                ReceiveTransfer(
                    order, at: ground.location("DOCK", 1), parcels.map { OpenedParcel($0) }, occurred: ground.stepper.now,
                    actor: "test"))
            #expect(try ground.view(order).state == .delivered)
            #expect(try ground.supply(at: 1, .onHand)?.available == 10)
            #expect(try ground.findings() == [])
        }
    }
}

extension OutboundGround {
    fileprivate func clocks() throws {
        while try stepper.perform(TimerStep([ExpandUnits(desk: assembly.orders), TripClocks(desk: assembly.orders)])) > 0 {}
        try settle()
    }

    /// Parcels go with the next departure of a lane between the two sites; answers its trip, loaded.
    fileprivate func sendByLane(_ parcels: [UnitID]) throws -> TripID {
        let (service, evening) = (try #require(made.services["standard"]), try #require(LocalTime("18:00")))
        let lane = NewLane(
            origin: sites[0], destination: sites[1], service: service, transitMinutes: 240, parcelCost: 20,
            departures: (1...7).map { LaneDeparture(weekday: $0, leaves: evening, cutOffMinutes: 45) })
        try stepper.perform(InPlace { tx in _ = try SaveLanes.run([lane], in: tx) })
        _ = try stepper.perform(PlanTrips(until: stepper.now + .days(2), network: assembly.network))
        let (from, to) = (sites[0], sites[1])
        let planned = try stepper.read {
            try Trips.load(where: "state = 'planned' AND origin = \(from) AND destination = \(to)", in: $0)
        }
        let trip = try #require(planned.first)
        try stepper.perform(
            InPlace { tx in
                try Routes.giveUp(parcels, in: tx)
                let first = try Routes.nextSequences(parcels, in: tx)
                let legs = parcels.map {
                    RouteLeg(
                        parcel: $0, sequence: first[$0] ?? 0, lane: trip.lane, origin: trip.origin, destination: trip.destination,
                        cutOff: trip.cutOff, departs: trip.departs, arrives: trip.arrives)
                }
                try Routes.add(legs, in: tx)
            })
        _ = try stepper.perform(LoadTrip(trip.id, parcels, occurred: stepper.now, actor: "t"))
        return trip.id
    }
}
