import Edges
import Exceptions
import Facilities
import Flows
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Rehearsal
import Store
import TestGround
import Testing
import Transport
import Views
import Warehouse

/// Two sites, one merchant with two SKUs, and hands that do the whole work between placing and hand-over.
struct OutboundGround {
    let stepper: Stepper
    let assembly: Assembly
    let courier: CourierSimulator
    let merchant: MerchantID
    let skus: [SKUID]
    let made: SaveNetwork.Made
    let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)

    var sites: [SiteID] { made.sites }

    init(_ database: TestDatabase, stock: [Int64], labels: (any LabelSource)? = nil, faults: CourierFaults = .none) throws {
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: start)
        made = try stepper.perform(SaveNetwork(Self.plan(world)))
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        skus = try stepper.perform(
            SaveSKUs(
                ["A", "B"].map { NewSKU(code: $0, name: $0, packaging: [.init(dimensions: size, weight: 200)]) }, of: merchant))
        let cache = NetworkCache(), vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        let network = try stepper.read { try cache.network(in: $0) }
        courier = try BuiltInCourier.make(
            network, day: world.zone.day(of: start), zone: world.zone, seed: 1, rates: JourneyRates(),
            faults: faults, ledger: InMemoryCarrierLedger())
        assembly = Assembly(
            network: cache, orders: OrderDesk(network: cache, vault: vault),
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, labels: labels, clock: { start }))
        try stepper.lease(assembly.followers)
        for (site, quantity) in stock.enumerated() where quantity > 0 { try open(quantity, at: site) }
    }

    /// The two sites of the world, from which the courier collects itself.
    private static func plan(_ world: World) throws -> NetworkPlan {
        var plan = WorldNetwork.plan(world, sites: 2, binsPerSite: 50)
        let leaves = try #require(LocalTime("17:00"))
        plan.places = plan.places.prefix(2).map { place in
            NetworkPlan.Place(
                site: place.site, hours: place.hours, locations: place.locations, cartons: place.cartons,
                collections: ["standard", "express", "heavy"].map {
                    NetworkPlan.Collection(service: $0, weekdays: .mondayToSaturday, leaves: leaves, cutOffMinutes: 45)
                })
        }
        plan.lanes = []
        return plan
    }

    func open(_ quantity: Int64, of sku: Int = 0, at site: Int) throws {
        let line = StockLine(owner: merchant, sku: skus[sku], location: location("A000-00", site), quantity: Quantity(quantity))
        try stepper.perform(OpenStock([line], occurred: stepper.now))
    }

    /// Puts damaged goods into the hold of a site.
    func damage(_ quantity: Int64, at site: Int) throws {
        let asn = try stepper.perform(
            AnnounceASN(
                merchant: merchant, site: sites[site], number: "D-\(site)", expected: stepper.now,
                lines: [.init(sku: skus[0], quantity: Quantity(quantity))]))
        let line = ReceivedLine(sku: skus[0], quantity: Quantity(quantity), condition: .damaged)
        _ = try stepper.perform(
            ReceiveASN(asn, at: location("HOLD", site), [line], occurred: stepper.now, actor: "test"))
        try stepper.perform(CloseASN(asn))
    }

    func location(_ code: String, _ site: Int) -> LocationID { made.locations[sites[site]]?[code]?.id ?? LocationID(0) }

    func outbound(
        _ purpose: FulfillmentPurpose, _ number: String = "X-1", sku: String = "A", quantity: Int64 = 5,
        _ change: (inout OutboundRequest) -> Void = { _ in }
    ) -> PlaceOutbound {
        var request = OutboundRequest(
            merchant: merchant, purpose: purpose, number: number, lines: [.init(sku: sku, quantity: Quantity(quantity))])
        request.from = purpose == .sample || purpose == .replacement ? nil : sites[0]
        if purpose == .transfer { request.to = sites[1] }
        if purpose == .disposal || purpose == .replacement { request.reason = "broken" }
        if purpose == .removal || purpose == .sample { (request.person, request.destination) = (person, berlin) }
        change(&request)
        return PlaceOutbound(request, desk: assembly.orders, actor: "test")
    }

    var person: Person {
        Person(name: "Ada Muster", street: ["Lange Straße 1"], city: "Berlin", postalCode: "10115", country: world.country)
    }

    var berlin: Destination {
        Destination(
            country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: 52_520_000, longitude: 13_405_000)
    }

    func sale(
        _ number: String, quantity: Int64 = 1, backorder: Bool = false, labels: LabelIssuer = .carrier
    ) -> PlaceOrder {
        PlaceOrder(
            OrderRequest(
                merchant: merchant, number: number, currency: world.currency, person: person, destination: berlin,
                lines: [.init(sku: "A", quantity: Quantity(quantity), unitPrice: 1000)], placedAt: stepper.now,
                backorder: backorder, labelIssuer: labels),
            desk: assembly.orders)
    }

    func settle() throws {
        while true {
            var done = 0
            for worker in assembly.workers { done += try stepper.deliver(worker) }
            for follower in assembly.followers { done += try stepper.follow(follower) }
            if done == 0 { return }
        }
    }

    /// Releases and picks all that a site has.
    func pick(at site: Int, short: Int64 = 0) throws {
        _ = try stepper.perform(ReleaseWave(site: sites[site], until: .distantFuture))
        let tasks = try stepper.read { [id = sites[site]] in try Tasks.open(.pick, at: id, limit: 100, in: $0) }
        guard !tasks.isEmpty else { return }
        let tote = try stepper.perform(MakeTotes(site: sites[site], count: 1, occurred: stepper.now))[0]
        let picks = tasks.map { PickResult(task: $0.id, quantity: max(0, $0.quantity - Quantity(short))) }
        try stepper.perform(ConfirmPicks(picks, into: tote, occurred: stepper.now, actor: "test"))
    }

    /// Picks, packs, weighs and hands over all that a site has; answers the parcels.
    @discardableResult
    func ship(from site: Int) throws -> [UnitID] {
        let parcels = try pack(at: site)
        for service in made.services.values.sorted() {
            _ = try stepper.perform(
                HandOver(
                    site: sites[site], service: service, until: .distantFuture, network: assembly.network,
                    occurred: stepper.now, actor: "test"))
        }
        try settle()
        return parcels
    }

    /// Picks, packs and weighs all that a site has; answers the parcels.
    func pack(at site: Int) throws -> [UnitID] {
        try pick(at: site)
        let picked = try stepper.read { [id = sites[site]] in try Fulfillments.picked(at: id, limit: 100, in: $0) }
        let parcels = try stepper.perform(
            PackOrders(picked, network: assembly.network, occurred: stepper.now, actor: "test"))
        try settle()
        let weights = try stepper.read { try Parcels.load(parcels, in: $0) }.map { (parcel: $0.id, weight: $0.expected) }
        _ = try stepper.perform(WeighParcels(weights, occurred: stepper.now, actor: "test"))
        return parcels
    }

    func supply(at site: Int, _ kind: SupplyKind) throws -> Supply? {
        try stepper.read { [skus, id = sites[site]] in
            try Supply.load(of: skus, locked: false, in: $0)[skus[0]]?.first { $0.site == id && $0.kind == kind }
        }
    }

    func view(_ order: OrderID) throws -> OutboundView { try stepper.read { try OutboundView.find(order, .network, in: $0) } }

    func exceptions() throws -> [String] {
        try stepper.read { try $0.values("SELECT kind FROM exception WHERE closed_at IS NULL ORDER BY kind, id") }
    }

    func exceptionIDs(_ kind: String) throws -> [ExceptionID] {
        try stepper.read { try $0.values("SELECT id FROM exception WHERE closed_at IS NULL AND kind = \(kind) ORDER BY id") }
    }

    /// What the audit finds, and where the stage counts disagree.
    func findings() throws -> [String] {
        try settle()
        let stages = try stepper.read { try StageCounts.compare(in: $0) }.map(\.description)
        return try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence) + stages
    }
}
