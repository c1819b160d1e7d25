import Edges
import Facilities
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Store
import TestGround
import Transport
import Views
import Warehouse

@testable import Flows
@testable import Rehearsal

/// A fulfillment center FC, two hubs H1 and H2 with lanes FC → H1 → H2 and FC → H2, and one SKU at FC.
final class NetworkGround {
    let stepper: Stepper
    let assembly: Assembly
    let courier: CourierSimulator
    let clock: VirtualClock
    let merchant: MerchantID
    let sku: SKUID
    let (fc, h1, h2): (SiteID, SiteID, SiteID)
    let lanes: [String: LaneID]
    let service: ServiceID
    let docks: [SiteID: LocationID]
    private var placed = 0

    init(_ database: TestDatabase) throws {
        let world = SampleWorld.make(orders: 1, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        let stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: start)
        let made = try stepper.perform(SaveNetwork(Self.plan(world)))
        clock = VirtualClock(start)
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        sku = try stepper.perform(
            SaveSKUs([NewSKU(code: "A", name: "A", packaging: [.init(dimensions: size, weight: 200)])], of: merchant))[0]
        (fc, h1, h2) = (made.sites[0], made.sites[1], made.sites[2])
        service = made.services["standard"] ?? ServiceID(0)
        docks = made.locations.compactMapValues { $0["DOCK"]?.id }
        let bin = made.locations[made.sites[0]]?["A000-00"]?.id ?? LocationID(0)
        try stepper.perform(
            OpenStock([StockLine(owner: merchant, sku: sku, location: bin, quantity: 1000)], occurred: stepper.now))
        let cache = NetworkCache()
        let network = try stepper.read { try cache.network(in: $0) }
        let sites = Dictionary(uniqueKeysWithValues: network.sites.map { ($0.id, $0.code) })
        lanes = Dictionary(
            network.lanes.compactMap { lane in
                lane.destination.map { ("\(sites[lane.origin] ?? "")-\(sites[$0] ?? "")", lane.id) }
            }, uniquingKeysWith: { first, _ in first })
        let vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        courier = try BuiltInCourier.make(
            network, day: world.zone.day(of: start), zone: world.zone, seed: 1, rates: JourneyRates(),
            ledger: InMemoryCarrierLedger())
        assembly = Assembly(
            network: cache, orders: OrderDesk(network: cache, vault: vault),
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, clock: clock.now))
        self.stepper = stepper
        try stepper.lease(assembly.followers)
    }

    private static func plan(_ world: World) throws -> NetworkPlan {
        let leaves = LocalTime("20:00") ?? .midnight
        let spots: [(String, Int64, Site.Kind)] = [
            ("FC", 52_500_000, .fulfillmentCenter), ("H1", 51_400_000, .hub), ("H2", 48_200_000, .hub),
        ]
        let places = try spots.map { code, latitude, kind in
                guard let place = Coordinates(latitude: latitude, longitude: 12_000_000) else {
                    throw InvalidInput(field: "/place", "off the globe")
                }
                return NetworkPlan.Place(
                    site: NewSite(
                        code: code, name: code, kind: kind, operatedBy: "Waybill",
                        address: SiteAddress(country: world.country, city: code, postalCode: "10115", street: "Dock 1"),
                        place: place, zone: world.zone.name, handlingMinutes: 60, parcelCost: 100, unitCost: 10),
                    hours: [], locations: WorldNetwork.locations(3), cartons: WorldNetwork.cartons(),
                    collections: code == "H1"
                        ? [] : [.init(service: "standard", weekdays: .mondayToSaturday, leaves: leaves, cutOffMinutes: 30)])
            }
        let lanes = [("FC", "H1"), ("H1", "H2"), ("FC", "H2")].map {
            NetworkPlan.Line(
                from: $0.0, to: $0.1, service: "standard", mode: .road, transitMinutes: 180,
                departures: (1...7).map { LaneDeparture(weekday: $0, leaves: leaves, cutOffMinutes: 60) })
        }
        return NetworkPlan(
            places: places, carrier: NewCarrier(code: "courier", name: "Courier", client: BuiltInCourier.clientName),
            services: WorldNetwork.services(world.currency), lanes: lanes)
    }

    static let migrations = Assembly.migrations
    static func cache() -> NetworkCache { NetworkCache() }

    var desk: OrderDesk { assembly.orders }
    var now: Instant { stepper.now }

    func lane(_ name: String) -> LaneID { lanes[name] ?? LaneID(0) }

    func pass(_ time: Duration) throws {
        stepper.now = stepper.now + time
        clock.set(stepper.now)
        try settle()
    }

    /// Clocks, calls and followers, until nothing is due.
    func settle() throws {
        while true {
            var done = try stepper.perform(TimerStep(assembly.clocks))
            for worker in assembly.workers { done += try stepper.deliver(worker) }
            for follower in assembly.followers { done += try stepper.follow(follower) }
            if done == 0 { return }
        }
    }

    func place(_ quantity: Int64 = 1) throws -> OrderID {
        placed += 1
        let request = OrderRequest(
            merchant: merchant, number: "O-\(placed)", currency: try requireCurrency(), person: nil,
            destination: Destination(
                country: "DE", region: "BY", city: "München", postalArea: "80", latitude: 48_200_000, longitude: 11_500_000),
            lines: [.init(sku: "A", quantity: Quantity(quantity), unitPrice: 1000)], placedAt: now, backorder: false)
        return try stepper.perform(PlaceOrder(request, desk: desk)).order
    }

    /// Orders whose one parcel each is packed, labelled and weighed at FC; the courier takes them there unless `route` says
    /// otherwise.
    func pack(_ count: Int) throws -> [(order: OrderID, parcel: UnitID)] {
        let orders = try (0..<count).map { _ in try place() }
        _ = try stepper.perform(ReleaseWave(site: fc, until: .distantFuture))
        let tote = try stepper.perform(MakeTotes(site: fc, count: 1, occurred: now))[0]
        let tasks = try stepper.read { [fc] in try Tasks.open(.pick, at: fc, limit: 1000, in: $0) }
        try stepper.perform(
            ConfirmPicks(tasks.map { PickResult(task: $0.id, quantity: $0.quantity) }, into: tote, occurred: now, actor: "t"))
        let ready = try stepper.read { [fc] in try Fulfillments.picked(at: fc, limit: 1000, in: $0) }
        _ = try stepper.perform(PackOrders(ready, network: assembly.network, occurred: now, actor: "t"))
        try settle()
        try route(orders.flatMap { try parcels(of: $0).map(\.id) })
        return try orders.map { order in
            guard let parcel = try parcels(of: order).first else { throw StoreError.unexpected("no parcel") }
            _ = try stepper.perform(WeighParcels([(parcel.id, parcel.expected)], occurred: now, actor: "t"))
            return (order, parcel.id)
        }
    }

    /// Sends parcels along lanes, each leg on the lane's next departure.
    func route(_ parcels: [UnitID], _ names: String...) throws {
        let lanes = names.map { lane($0) }, cache = assembly.network, from = now
        try stepper.perform(
            InPlace { tx in
                let network = try cache.network(in: tx)
                try Routes.giveUp(parcels, in: tx)
                let first = try Routes.nextSequences(parcels, in: tx)
                var legs: [RouteLeg] = []
                for parcel in parcels {
                    var ready = from
                    for (index, id) in lanes.enumerated() {
                        guard let lane = network.lane(id), let end = lane.destination,
                            let next = network.departures(id)?.next(readyAt: ready)
                        else { throw StoreError.unexpected("no departure") }
                        let arrives = next.departs + .minutes(Int64(lane.transitMinutes))
                        legs.append(
                            RouteLeg(
                                parcel: parcel, sequence: (first[parcel] ?? 0) + Int64(index), lane: id, origin: lane.origin,
                                destination: end, cutOff: next.cutOff, departs: next.departs, arrives: arrives))
                        ready = arrives
                    }
                }
                try Routes.add(legs, in: tx)
            })
    }

    func trip(_ name: String) throws -> Trip {
        _ = try stepper.perform(PlanTrips(until: now + .days(2), network: assembly.network))
        let lane = lane(name)
        return try stepper.read { tx in
            guard let trip = try Trips.load(where: "lane = \(lane) AND state = 'planned'", in: tx).first else {
                throw StoreError.unexpected("no trip")
            }
            return trip
        }
    }

    func bag(
        _ name: String, at site: SiteID? = nil, to destination: SiteID? = nil, kind: UnitKind = .bag
    ) throws -> UnitID {
        try stepper.perform(
            OpenBag(
                at: site ?? fc, lane: lane(name), kind: kind, destination: destination, network: assembly.network, occurred: now,
                actor: "t"))
    }

    @discardableResult
    func sort(_ parcels: [UnitID], into bag: UnitID?, at site: SiteID? = nil) throws -> [Sorting] {
        try stepper.perform(
            SortParcels(
                at: site ?? fc, parcels.map { SortScan(parcel: $0, bag: bag) }, network: assembly.network, occurred: now,
                actor: "t"))
    }

    func close(_ bag: UnitID, seal: String? = nil) throws {
        _ = try stepper.perform(CloseBag(bag, weighed: 5000, seal: seal, occurred: now, actor: "t"))
    }

    /// Parcels in a closed bag on the lane.
    func bagged(_ parcels: [UnitID], _ name: String, to destination: SiteID? = nil) throws -> UnitID {
        let bag = try bag(name, to: destination)
        try sort(parcels, into: bag)
        try close(bag)
        return bag
    }

    func load(_ trip: Trip, _ units: [UnitID]) throws {
        _ = try stepper.perform(LoadTrip(trip.id, units, occurred: now, actor: "t"))
    }

    func depart(_ trip: Trip) throws { try stepper.perform(DepartTrip(trip.id, occurred: now, actor: "t")) }
    func arrive(_ trip: Trip) throws { try stepper.perform(ArriveTrip(trip.id, occurred: now, actor: "t")) }

    @discardableResult
    func unload(_ trip: Trip, _ units: [UnitID], damaged: [UnitID] = []) throws -> [BreakBulk.Counted] {
        try stepper.perform(
            BreakBulk(
                trip.id, units.map { FoundUnit($0, isDamaged: damaged.contains($0)) }, desk: desk, occurred: now, actor: "t"))
    }

    func reconcile(_ trip: Trip) throws {
        try stepper.perform(ReconcileTrip(trip.id, desk: desk, occurred: now, actor: "t"))
    }

    /// Takes units from FC or a hub to the end of a lane.
    func drive(_ name: String, _ units: [UnitID]) throws -> Trip {
        let trip = try trip(name)
        try load(trip, units)
        try depart(trip)
        try pass(.hours(3))
        try arrive(trip)
        return trip
    }

    func handOver(at site: SiteID) throws -> [UnitID] {
        let handed = try stepper.perform(
            HandOver(
                site: site, service: service, until: .distantFuture, network: assembly.network, occurred: now, actor: "t"))
        try settle()
        return handed.parcels
    }

    func cancel(_ order: OrderID) throws -> CancelOrder.Answer {
        try stepper.perform(CancelOrder(order, merchant: nil, reason: "test", actor: "t"))
    }

    func parcels(of order: OrderID) throws -> [Parcel] { try stepper.read { try Parcels.of(order, in: $0) } }

    func parcel(_ id: UnitID) throws -> Parcel {
        guard let found = try stepper.read({ try Parcels.load([id], in: $0) }).first else { throw NotFound("parcel", id) }
        return found
    }

    func order(_ id: OrderID) throws -> OrderState? { try stepper.read { try OrderRecords.load([id], in: $0)[id]?.state } }

    func holder(_ unit: UnitID) throws -> String {
        let held = try stepper.read { try HandlingUnits.holder(of: unit, in: $0) }
        return held.map { "\($0.kind) \($0.id)" } ?? "nobody"
    }

    func count(_ sql: SQL) throws -> Int { try stepper.read { try $0.value(sql, as: Int.self) ?? 0 } }

    /// The open exceptions of a kind.
    func open(_ kind: String) throws -> Int {
        try count("SELECT COUNT(*) FROM exception WHERE kind = \(kind) AND closed_at IS NULL")
    }

    func findings() throws -> [String] {
        try settle()
        let counts = try stepper.read { try StageCounts.compare(in: $0) }.map(\.description)
        return try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence) + counts
    }

    private func requireCurrency() throws -> Currency {
        guard let currency = Currency("EUR") else { throw InvalidInput(field: "/currency", "no euro") }
        return currency
    }
}

/// The code with which a flow refuses; nil where it does not.
func refusal(_ body: () throws -> Void) throws -> String? {
    do {
        try body()
        return nil
    } catch let refusal as any Refusal { return refusal.code }
}
