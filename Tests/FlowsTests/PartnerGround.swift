import Facilities
import Flows
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Rehearsal
import Store
import TestGround
import Transport
import Views

/// A network of one site of our own and one that somebody else runs, with one SKU and an agreement.
struct PartnerGround {
    let stepper: Stepper
    let cache = NetworkCache()
    let desk: OrderDesk
    let merchant: MerchantID
    let other: MerchantID
    let sku: SKUID
    /// Ours, and the partner's.
    let sites: [SiteID]
    let bin: LocationID
    private let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)

    var partner: SiteID { sites[1] }

    init(_ database: TestDatabase, mode: Site.Mode = .partner) throws {
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: start)
        var plan = WorldNetwork.plan(world, sites: 2, partners: 1, binsPerSite: 50)
        plan.places[1] = plan.places[1].run(by: mode)
        let made = try stepper.perform(SaveNetwork(plan))
        sites = made.sites
        guard let first = made.locations[made.sites[0]]?["A000-00"]?.id else { throw NotFound("location", "A000-00") }
        bin = first
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        other = try stepper.perform(CreateMerchant(NewMerchant(code: "n", name: "N", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        let new = NewSKU(code: "A", name: "A", packaging: [.init(dimensions: size, weight: 200)])
        sku = try stepper.perform(SaveSKUs([new], of: merchant))[0]
        desk = OrderDesk(network: cache, vault: Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32))))
        _ = try stepper.perform(SaveAgreement(agreement(merchant), network: cache))
        try stepper.lease(followers)
    }

    func agreement(_ merchant: MerchantID) -> Agreement {
        Agreement(
            id: AgreementID(0), site: partner, merchant: merchant, acceptMinutes: 60, cancelMinutes: 60, reportMinutes: 600,
            currency: world.currency, lateAcceptance: 100, lateShipment: 300, lateReport: 500, rejectedUnit: 50, shortUnit: 150)
    }

    var followers: [any Follower] {
        [ResourceBrokenClaims(desk: desk), FillBackorders(desk: desk), HandToPartners(network: cache), StageCounts()]
    }

    @discardableResult
    func report(_ quantity: Int64, asOf: Instant? = nil) throws -> StockReportID {
        let id = try stepper.perform(
            TakeStockReport(
                site: partner, merchant: merchant, asOf: asOf ?? stepper.now, [.init(sku: "A", quantity: Quantity(quantity))],
                network: cache, actor: "test"))
        try follow()
        return id
    }

    func stockOwn(_ quantity: Int64) throws {
        let line = StockLine(owner: merchant, sku: sku, location: bin, quantity: Quantity(quantity))
        try stepper.perform(OpenStock([line], occurred: stepper.now))
        try follow()
    }

    func request(_ number: Int, _ quantity: Int64, payment: PaymentState = .paid) -> OrderRequest {
        OrderRequest(
            merchant: merchant, number: "O-\(number)", payment: payment, currency: world.currency,
            person: Person(name: "Ada", street: ["Way 1"], city: "Berlin", postalCode: "10115", country: world.country),
            destination: Destination(
                country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: 52_520_000, longitude: 13_405_000),
            lines: [.init(sku: "A", quantity: Quantity(quantity), unitPrice: 1000)], placedAt: stepper.now, backorder: true)
    }

    /// Places an order and answers what was handed to the partner of it.
    func place(_ number: Int, _ quantity: Int64 = 2) throws -> Handoff {
        let placed = try stepper.perform(PlaceOrder(request(number, quantity), desk: desk))
        try follow()
        guard let one = try handoffs(placed.order).first else { throw NotFound("handoff", placed.order) }
        return one
    }

    func handoffs(_ order: OrderID) throws -> [Handoff] { try stepper.read { try Handoffs.of(order, in: $0) } }

    func fresh(_ one: Handoff) throws -> Handoff {
        guard let found = try stepper.read({ try Handoffs.load([one.id], in: $0) }).first else { throw NotFound("handoff", one.id) }
        return found
    }

    func accept(_ one: Handoff) throws { try stepper.perform(AcceptHandoff(one.id, actor: "test")) }

    @discardableResult
    func ship(_ one: Handoff, _ quantity: Int64, number: String, at: Instant? = nil) throws -> [UnitID] {
        let parcel = PartnerParcel(
            carrier: "Yellow Post", number: number,
            items: [.init(HandoffPart(line: one.lines[0].id, quantity: Quantity(quantity)))])
        return try stepper.perform(ShipHandoff(one.id, [parcel], occurred: at ?? stepper.now, actor: "test"))
    }

    func component(_ order: OrderID) throws -> OrderUnits {
        let line = try stepper.read { try OrderDetails.find(order, .network, in: $0).lines[0].components[0] }
        return OrderUnits(
            waiting: line.waiting, reserved: line.reserved, shipped: line.shipped, delivered: line.delivered,
            cancelled: line.cancelled)
    }

    func supply() throws -> Supply {
        guard let one = try stepper.read({ [partner] in try PartnerSupply.all(at: partner, in: $0) }).first else {
            throw NotFound("supply", sku)
        }
        return one
    }

    func penalties() throws -> [PenaltyKind] {
        try stepper.read { try PenaltyView.page(.network, after: nil, limit: 100, in: $0).map(\.kind) }
    }

    func exceptions() throws -> [String] {
        try stepper.read { try ExceptionPages.open(.init(), .network, after: nil, limit: 100, in: $0).map(\.kind) }.sorted()
    }

    func follow() throws {
        for _ in 0..<3 { for follower in followers { try stepper.follow(follower) } }
    }

    /// Lets time pass, and what falls due on the way fall.
    func pass(_ time: Duration) throws {
        stepper.now = stepper.now + time
        while try stepper.perform(TimerStep([DueClocks(), PartnerClocks(network: cache)])) > 0 {}
        try follow()
    }

    func findings() throws -> [String] { try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence) }
}

/// Where the units of an order's one component are.
struct OrderUnits: Equatable {
    var waiting: Quantity = 0
    var reserved: Quantity = 0
    var shipped: Quantity = 0
    var delivered: Quantity = 0
    var cancelled: Quantity = 0
}

extension NetworkPlan.Place {
    /// The same place, run by somebody else.
    func run(by mode: Site.Mode) -> NetworkPlan.Place {
        var site = site
        site.mode = mode
        return NetworkPlan.Place(
            site: site, hours: hours, locations: locations, cartons: cartons, collections: collections)
    }
}

/// The code of the refusal that a body throws; empty where it throws none.
func refusal(_ body: () throws -> some Any) throws -> String {
    do {
        _ = try body()
        return ""
    } catch let refusal as any Refusal {
        return refusal.code
    }
}
