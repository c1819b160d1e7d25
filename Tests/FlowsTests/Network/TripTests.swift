import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views

@Suite("A trip between two sites")
struct TripTests {
    @Test("takes parcels in a bag in a pallet to the hub, where the courier gets them", arguments: EngineKind.all)
    func nested(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(3)
            let parcels = made.map(\.parcel)
            try ground.route(parcels, "FC-H2")
            #expect(try ground.sort(parcels, into: nil).map(\.word) == ["FC-H2", "FC-H2", "FC-H2"])
            #expect(try ground.handOver(at: ground.fc) == [])
            let bag = try ground.bagged(Array(parcels.prefix(2)), "FC-H2")
            let pallet = try ground.bag("FC-H2", kind: .pallet)
            try ground.stepper.perform(NestBags([bag], into: pallet, occurred: ground.now, actor: "t"))
            try ground.close(pallet, seal: "S-1")
            let trip = try ground.trip("FC-H2")
            try ground.load(trip, [pallet, parcels[2]])
            #expect(try ground.findings() == [])
            try ground.depart(trip)
            #expect(try ground.holder(parcels[0]).hasPrefix("carrier"))
            #expect(try ground.parcel(parcels[0]).state == .labelled)
            try ground.pass(.hours(3))
            #expect(try ground.parcel(parcels[0]).state == .inTransit)
            #expect(try ground.order(made[0].order) == .shipped)
            #expect(try ground.findings() == [])
            try ground.arrive(trip)
            #expect(try ground.holder(parcels[0]) == "site \(ground.h2.raw)")
            let counted = try ground.unload(trip, [pallet, parcels[2]])
            #expect(counted.map(\.result) == [.found, .found])
            try ground.reconcile(trip)
            try ground.settle()
            for parcel in parcels { #expect(try ground.parcel(parcel).atSite == ground.h2) }
            let inside = try ground.stepper.read { try UnitTree.ancestors(of: parcels, in: $0) }
            #expect(inside == [parcels[0]: [bag], parcels[1]: [bag]])
            #expect(try ground.unload(trip, [bag]).map(\.result) == [nil])
            #expect(try ground.handOver(at: ground.h2).count == 3)
            #expect(try ground.open("unit.short") == 0)
            #expect(try ground.findings() == [])
            let shipped = try ground.count("SELECT COUNT(*) FROM order_component WHERE shipped = 1 AND packed = 0")
            #expect(shipped == 3)
        }
    }

    @Test("a bag for the far hub goes on closed from the hub between", arguments: EngineKind.all)
    func onward(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcels = try ground.pack(2).map(\.parcel)
            try ground.route(parcels, "FC-H1", "H1-H2")
            let bag = try ground.bagged(parcels, "FC-H1", to: ground.h2)
            let first = try ground.drive("FC-H1", [bag])
            try ground.unload(first, [bag])
            try ground.reconcile(first)
            try ground.settle()
            #expect(try ground.parcel(parcels[0]).atSite == ground.h1)
            let second = try ground.drive("H1-H2", [bag])
            try ground.unload(second, [bag])
            try ground.settle()
            #expect(try ground.parcel(parcels[0]).atSite == ground.h2)
            #expect(try ground.handOver(at: ground.h2).sorted() == parcels.sorted())
            #expect(try ground.findings() == [])
        }
    }

    @Test("planning twice plans once, and what was left behind goes another way", arguments: EngineKind.all)
    func leftBehind(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcels = try ground.pack(2).map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let trip = try ground.trip("FC-H2")
            #expect(try ground.stepper.perform(PlanTrips(until: ground.now + .days(2), network: ground.assembly.network)).isEmpty)
            try ground.load(trip, [parcels[0]])
            try ground.pass(trip.departs - ground.now + .hours(1))
            #expect(try ground.open("trip.late") == 3)
            try ground.depart(trip)
            try ground.settle()
            #expect(try ground.open("trip.late") == 2)
            let legs = try ground.stepper.read { try Routes.of(parcels, in: $0) }
            let planned = legs.filter { $0.leg.departs == trip.departs && $0.leg.lane == trip.lane }
            #expect(planned.last { $0.leg.parcel == parcels[0] }?.state == .done)
            #expect(planned.last { $0.leg.parcel == parcels[1] }?.state == .missed)
            #expect(legs.contains { $0.leg.parcel == parcels[1] && $0.state == .planned && $0.leg.departs > trip.departs })
            #expect(try ground.findings() == [])
        }
    }

    @Test("what does not belong on it is refused by name", arguments: EngineKind.all)
    func refusals(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcels = try ground.pack(4).map(\.parcel)
            try ground.route([parcels[0], parcels[1]], "FC-H2")
            try ground.route([parcels[2]], "FC-H1")
            let trip = try ground.trip("FC-H2")
            let bag = try ground.bag("FC-H2")
            #expect(try refusal { try ground.load(trip, [parcels[2]]) } == "unit.other_way")
            #expect(try refusal { try ground.load(trip, [parcels[3]]) } == "unit.other_way")
            #expect(try refusal { try ground.load(trip, [bag]) } == "bag.not_shut")
            #expect(try refusal { try ground.sort([parcels[2]], into: bag) } == "unit.other_way")
            #expect(try refusal { try ground.sort([parcels[0]], into: bag, at: ground.h1) } == "unit.not_here")
            #expect(try refusal { try ground.sort([parcels[0]], into: parcels[1]) } == "unit.no_bag")
            try ground.sort([parcels[0]], into: bag)
            #expect(try refusal { try ground.load(trip, [parcels[0]]) } == "unit.inside")
            try ground.close(bag)
            #expect(try refusal { try ground.sort([parcels[1]], into: bag) } == "bag.not_open")
            #expect(try refusal { try ground.close(bag) } == "bag.wrong_state")
            #expect(try refusal { try ground.arrive(trip) } == "trip.wrong_state")
            #expect(try refusal { try ground.unload(trip, [bag]) } == "trip.wrong_state")
            try ground.load(trip, [bag])
            try ground.load(trip, [bag])
            let cancel = CancelTrip(trip.id, occurred: ground.now, actor: "t")
            #expect(try refusal { try ground.stepper.perform(cancel) } == "trip.loaded")
            try ground.depart(trip)
            #expect(try refusal { try ground.depart(trip) } == "trip.wrong_state")
            #expect(try refusal { try ground.load(trip, [parcels[1]]) } == "trip.wrong_state")
            #expect(try ground.findings() == [])
        }
    }

    @Test("no unit goes into itself, and a parcel holds nothing", arguments: EngineKind.all)
    func containment(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let parcel = try ground.pack(1)[0].parcel
            let bags = try (0..<3).map { _ in try ground.bag("FC-H2") }
            let put = { (child: UnitID, parent: UnitID) in
                try refusal { [now = ground.now] in
                    try ground.stepper.perform(InPlace { try Containment.put([child], into: parent, occurred: now, in: $0) })
                }
            }
            #expect(try put(bags[0], bags[1]) == nil)
            #expect(try put(bags[1], bags[2]) == nil)
            #expect(try put(bags[2], bags[0]) == "unit.inside_itself")
            #expect(try put(bags[0], bags[0]) == "unit.inside_itself")
            #expect(try put(bags[0], parcel) == "unit.cannot_hold")
            #expect(try put(UnitID(1), bags[0]) == "unit.not_found")
            #expect(try put(parcel, bags[0]) == nil)
            let above = try ground.stepper.read { try UnitTree.ancestors(of: [parcel], in: $0)[parcel] }
            #expect(above == bags)
            #expect(try ground.findings() == [])
        }
    }
}
