import Edges
import Flows
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport

@Suite("A wish to cancel, wherever the goods are")
struct CancelInNetworkTests {
    @Test("in a bag: the bag stays open, the parcel is taken out and back into a bin", arguments: EngineKind.all)
    func inBag(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2), parcels = made.map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let bag = try ground.bagged(parcels, "FC-H2")
            let answer = try ground.cancel(made[0].order)
            #expect(answer.answer == .accepted)
            #expect(try ground.cancel(made[0].order).answer == .refused)
            #expect(try ground.sort([parcels[0]], into: nil).map(\.word) == ["PULL"])
            let trip = try ground.trip("FC-H2")
            #expect(try refusal { try ground.load(trip, [bag]) } == "unit.pull")
            #expect(try ground.findings() == [])
            try pull(parcels[0], at: ground.fc, ground)
            #expect(try ground.order(made[0].order) == .cancelled)
            #expect(try ground.parcel(parcels[0]).state == .voided)
            try ground.load(trip, [bag])
            #expect(try refusal { try pull(parcels[1], at: ground.fc, ground) } == "parcel.not_cancelled")
            try putBack(at: ground.fc, ground)
            #expect(try ground.findings() == [])
        }
    }

    @Test("on a trip that has left: pulled at the hub, into its stock", arguments: EngineKind.all)
    func onTrip(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2), parcels = made.map(\.parcel)
            try ground.route(parcels, "FC-H2")
            let bag = try ground.bagged(parcels, "FC-H2")
            let trip = try ground.trip("FC-H2")
            try ground.load(trip, [bag])
            try ground.depart(trip)
            // The first before its parcel was told of the departure, the second after.
            #expect(try ground.cancel(made[0].order).answer == .accepted)
            try ground.pass(.hours(3))
            #expect(try ground.cancel(made[1].order).answer == .accepted)
            #expect(try ground.findings() == [])
            try ground.arrive(trip)
            try ground.unload(trip, [bag])
            try ground.settle()
            #expect(try ground.sort(parcels, into: nil, at: ground.h2).map(\.word) == ["PULL", "PULL"])
            #expect(try ground.handOver(at: ground.h2) == [])
            for parcel in parcels { try pull(parcel, at: ground.h2, ground) }
            for one in made { #expect(try ground.order(one.order) == .returned) }
            try putBack(at: ground.h2, ground)
            let stock = try ground.count("SELECT SUM(on_hand) FROM stock WHERE site = \(ground.h2) AND place_kind = 'location'")
            #expect(stock == 2)
            #expect(try ground.findings() == [])
        }
    }

    @Test("with the courier: it is asked, and what it turns back comes back", arguments: EngineKind.all)
    func withCourier(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2)
            #expect(try ground.handOver(at: ground.fc).count == 2)
            try ground.pass(.minutes(10))
            let asked = try ground.cancel(made[0].order)
            #expect(asked.answer == .asked)
            #expect(try answer(asked.request, ground) == "asked")
            try ground.settle()
            #expect(try answer(asked.request, ground) == "accepted")
            let numbers = try ground.stepper.read { try Labels.underWay(limit: 10, in: $0) }
            let updates = try ground.courier.track(numbers, since: .distantPast, now: .distantFuture)
            try ground.pass(.days(20))
            _ = try ground.stepper.perform(RecordTracking(issuer: "courier", updates))
            #expect(try ground.order(made[0].order) == .returned)
            #expect(try ground.findings() == [])
        }
    }

    @Test("at the door: the courier refuses by name", arguments: EngineKind.all)
    func atTheDoor(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(1)
            _ = try ground.handOver(at: ground.fc)
            try ground.pass(.days(30))
            let asked = try ground.cancel(made[0].order)
            try ground.settle()
            #expect(try answer(asked.request, ground) == "refused")
            let why = try ground.stepper.read {
                try $0.value("SELECT why FROM cancel_request WHERE id = \(asked.request)", as: String.self)
            }
            #expect(why?.contains("is not turned back") == true)
            // Asked again it may answer otherwise; a parcel alone can be asked for as well.
            #expect(try ground.stepper.perform(InterceptParcel(made[0].parcel, actor: "t")) == .asked)
            let again = { _ = try ground.stepper.perform(InterceptParcel(made[0].parcel, actor: "t")) }
            #expect(try refusal { try again() } == "parcel.asked")
            #expect(try ground.findings() == [])
        }
    }

    @Test("another address: the label is bought again, and the courier is asked once it has the parcel", arguments: EngineKind.all)
    func address(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let ground = try NetworkGround(database)
            let made = try ground.pack(2), parcels = made.map(\.parcel)
            try ground.route([parcels[0]], "FC-H2")
            try ground.route([parcels[1]], "FC-H2")
            let trip = try ground.drive("FC-H2", parcels)
            let hamburg = Destination(
                country: "DE", region: "HH", city: "Hamburg", postalArea: "20", latitude: 53_550_000, longitude: 10_000_000)
            let change = { (order: OrderID) in
                try ground.stepper.perform(
                    ChangeAddress(order, merchant: nil, to: hamburg, person: nil, desk: ground.desk, actor: "t"))
            }
            #expect(try change(made[0].order).relabelled == [parcels[0]])
            try ground.unload(trip, parcels)
            try ground.settle()
            #expect(try ground.parcel(parcels[0]).state == .labelled)
            #expect(try ground.count("SELECT COUNT(*) FROM label WHERE parcel = \(parcels[0])") == 2)
            #expect(try ground.handOver(at: ground.h2).count == 2)
            #expect(try change(made[0].order).asked == [parcels[0]])
            #expect(try ground.findings() == [])
        }
    }

    @Test("a cancel that races the courier's scan has one winner", arguments: EngineKind.all.filter { $0 != .sqliteMemory })
    func race(kind: EngineKind) async throws {
        try await withDatabase(kind) { (database: TestDatabase) async throws in
            var orders: [OrderID] = [], site = SiteID(0), service = ServiceID(0)
            do {
                let ground = try NetworkGround(database)
                orders = try ground.pack(24).map(\.order)
                (site, service) = (ground.fc, ground.service)
            }
            let store = try database.store(migrations: NetworkGround.migrations)
            // On the server a second node, for transactions that really run at once.
            let other = kind == .postgres ? try database.store(migrations: NetworkGround.migrations) : store
            let network = NetworkGround.cache()
            let handing = Task {
                var taken = 0
                for _ in 0..<24 {
                    taken += try await other.perform(
                        HandOver(
                            site: site, service: service, until: .distantFuture, network: network, occurred: other.clock(),
                            actor: "t", limit: 1)
                    ).parcels.count
                }
                return taken
            }
            let answers = try await withThrowingTaskGroup(of: CancelAnswer.self) { group in
                for order in orders.reversed() {
                    group.addTask {
                        try await store.perform(CancelOrder(order, merchant: nil, reason: "race", actor: "t")).answer
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let taken = try await handing.value
            #expect(answers.filter { $0 == .accepted }.count + taken == 24)
            #expect(answers.filter { $0 == .asked }.count <= taken)
            let both = try await store.read {
                try $0.value("SELECT COUNT(*) FROM parcel WHERE state = 'handed_over' AND pull = 1", as: Int.self)
            }
            #expect(both == 0)
            if kind == .postgres { other.close() }
            store.close()
        }
    }

    private func answer(_ request: CancelID, _ ground: NetworkGround) throws -> String? {
        try ground.stepper.read { try $0.value("SELECT answer FROM cancel_request WHERE id = \(request)", as: String.self) }
    }

    private func pull(_ parcel: UnitID, at site: SiteID, _ ground: NetworkGround) throws {
        try ground.stepper.perform(PullParcels([parcel], at: site, desk: ground.desk, occurred: ground.now, actor: "t"))
    }

    private func putBack(at site: SiteID, _ ground: NetworkGround) throws {
        let tasks = try ground.stepper.read {
            try $0.values("SELECT id FROM task WHERE kind = 'unpick' AND state = 'open' ORDER BY id", as: TaskID.self)
        }
        for task in tasks {
            guard let dock = ground.docks[site] else { throw NotFound("location", "DOCK") }
            try ground.stepper.perform(PutBack(task, to: dock, occurred: ground.now, actor: "t"))
        }
    }
}
