import Exceptions
import Facilities
import Kernel
import Orders
import Returns
import Store
import TestGround
import Testing
import Transport
import Views

@testable import Flows
@testable import Rehearsal

private let mugs = OrderRequest.Line(sku: "M", quantity: 3, unitPrice: 1000, discount: 300, shipping: 300, tax: 570)

extension ReturnsGround {
    fileprivate var crew: YardCrew { YardCrew(ground: stepper, desk: assembly.orders) }

    /// A return that is handed in at the site that is not its desk's.
    fileprivate func handedInElsewhere() throws -> RMAID {
        let rma = try ask(try delivered("O-1", [mugs]), [(mug, 2, .damaged)])
        try openLanes()
        try dropOff(rma, at: try parcel(rma).site == made.sites[0] ? 1 : 0)
        return rma
    }

    /// A truck between the two sites each day, both ways.
    private func openLanes() throws {
        let (service, evening) = (try #require(made.services["standard"]), try #require(LocalTime("18:00")))
        let lanes = [(0, 1), (1, 0)].map { from, to in
            NewLane(
                origin: made.sites[from], destination: made.sites[to], service: service, transitMinutes: 240, parcelCost: 20,
                departures: (1...7).map { LaneDeparture(weekday: $0, leaves: evening, cutOffMinutes: 45) })
        }
        try stepper.perform(InPlace { tx in _ = try SaveLanes.run(lanes, in: tx) })
    }

    fileprivate func parcel(_ rma: RMAID) throws -> ReturnParcel {
        try #require(try stepper.read { try ReturnParcels.of([rma], in: $0) }.first)
    }

    fileprivate func legs(_ rma: RMAID) throws -> [LegState] {
        let unit = try parcel(rma).unit
        return try stepper.read { try Routes.of([unit], in: $0) }.map(\.state)
    }

    fileprivate func runClocks() throws {
        while try stepper.perform(TimerStep([ExpandUnits(desk: assembly.orders), TripClocks(desk: assembly.orders)])) > 0 {}
        try settle()
    }

    /// The next trip that something is planned for leaves; answers it where it had something to take.
    fileprivate func leave() throws -> TripID? {
        _ = try stepper.perform(PlanTrips(until: now + .days(4), onDemand: true, network: assembly.network))
        let next: TripID? = try stepper.read {
            try $0.value("SELECT id FROM trip WHERE state = 'planned' ORDER BY departs_at, id LIMIT 1")
        }
        guard let next else { return nil }
        let trip = try stepper.read { try Trips.find(next, in: $0) }
        stepper.now = max(now, trip.departs)
        let left = try crew.leave(trip.id)
        try runClocks()
        return left ? trip.id : nil
    }

    fileprivate func arrive(_ trip: TripID, find: (UnitID) -> FoundUnit? = { FoundUnit($0) }) throws {
        stepper.now = max(now, try stepper.read { try Trips.find(trip, in: $0) }.arrives)
        try crew.arrive(trip) { unit, _ in find(unit) }
        try runClocks()
    }
}

@Suite("A return that is handed in elsewhere")
struct ReturnsBackTests {
    @Test("rides in bags on trips to its desk, is told to the merchant, and is opened there", arguments: EngineKind.all)
    func rides(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let rma = try ground.handedInElsewhere()
            #expect(try ground.parcel(rma).state == .droppedOff)
            let legs = try ground.legs(rma).count
            #expect(legs > 0)
            for _ in 0..<legs {
                let trip = try #require(try ground.leave())
                #expect(try ground.parcel(rma).state == .inTransit && (try ground.parcel(rma).atSite) == nil)
                #expect(try ground.findings() == [])
                try ground.arrive(trip)
                #expect(try ground.findings() == [])
            }
            #expect(try ground.parcel(rma).state == .arrived && (try ground.parcel(rma).atSite) == (try ground.parcel(rma).site))
            #expect(try ground.legs(rma).allSatisfy { $0 == .done })
            let told: [String] = try ground.stepper.read {
                try $0.values("SELECT type FROM event WHERE type = 'return.parcel' ORDER BY seq")
            }
            #expect(told.count == 2 * legs)
            let desk = try #require(ground.made.sites.firstIndex(of: try ground.parcel(rma).site))
            let taken = try ground.receive(try ground.view(rma).code, [.init(sku: ground.mug, quantity: 2)], at: desk)
            #expect(taken.kind == .known)
            #expect(try ground.open() == [])
            #expect(try ground.findings() == [])
        }
    }

    @Test("goes with the next departure where it missed one, and is sorted for it", arguments: EngineKind.all)
    func misses(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let rma = try ground.handedInElsewhere(), unit = try ground.parcel(rma).unit
            _ = try ground.stepper.perform(
                PlanTrips(until: ground.now + .days(4), onDemand: true, network: ground.assembly.network))
            let planned: TripID? = try ground.stepper.read {
                try $0.value("SELECT id FROM trip WHERE state = 'planned' ORDER BY departs_at, id LIMIT 1")
            }
            let next = try #require(planned)
            let first = try ground.stepper.read { try Trips.find(next, in: $0) }
            ground.stepper.now = first.departs
            try ground.stepper.perform(CancelTrip(first.id, occurred: ground.now, actor: "t"))
            try ground.runClocks()
            #expect(try ground.legs(rma).first == .missed)
            let here = try #require(try ground.parcel(rma).atSite)
            let sorted = try ground.stepper.perform(
                SortParcels(
                    at: here, [SortScan(parcel: unit)], network: ground.assembly.network, occurred: ground.now,
                    actor: "t"))
            guard case .lane(_, _, let departs) = sorted[0].chute else {
                Issue.record("no lane: \(sorted[0])")
                return
            }
            #expect(departs > first.departs)
            #expect(try ground.findings() == [])
        }
    }

    @Test("and does not come is short with a stake, and given up it is a lost return", arguments: EngineKind.all)
    func lost(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let rma = try ground.handedInElsewhere()
            let trip = try #require(try ground.leave())
            var bag: UnitID?
            try ground.arrive(trip) { unit in
                bag = unit
                return nil
            }
            #expect(try ground.open() == ["unit.short"])
            #expect(try ground.findings() == [])
            let unit = try #require(bag)
            try ground.stepper.perform(
                DeclareLost(unit, desk: ground.assembly.orders, occurred: ground.now, actor: "t"))
            try ground.runClocks()
            #expect(try ground.parcel(rma).state == .lost)
            #expect(try ground.open() == ["return.parcel_lost"])
            #expect(try ground.findings() == [])
        }
    }
}
