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
import Views

/// A small network with two sites and one SKU.
struct SmallNetwork {
    let stepper: Stepper
    let desk: OrderDesk
    let merchant: MerchantID
    let sku: SKUID
    let sites: [SiteID]
    let bins: [LocationID]
    let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)

    init(_ database: TestDatabase, stock: [Int64]) throws {
        let made = try SmallNetwork.open(database, world)
        (stepper, sites) = (made.stepper, made.made.sites)
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        sku = try stepper.perform(
            SaveSKUs([NewSKU(code: "A", name: "A", packaging: [.init(dimensions: size, weight: 200)])], of: merchant))[0]
        bins = sites.compactMap { site in made.made.locations[site]?["A000-00"]?.id }
        let lines = zip(bins, stock).filter { $1 > 0 }.map { [merchant, sku] in
            StockLine(owner: merchant, sku: sku, location: $0, quantity: Quantity($1))
        }
        try stepper.perform(OpenStock(lines, occurred: stepper.now))
        let vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        desk = OrderDesk(network: NetworkCache(), vault: vault)
        try stepper.lease(followers)
    }

    private static func open(_ database: TestDatabase, _ world: World) throws -> (stepper: Stepper, made: SaveNetwork.Made) {
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        let stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: start)
        return (stepper, try stepper.perform(SaveNetwork(WorldNetwork.plan(world, sites: 2, binsPerSite: 50))))
    }

    var followers: [any Follower] { [ResourceBrokenClaims(desk: desk), FillBackorders(desk: desk)] }

    func place(_ number: Int, backorder: Bool = true, payment: PaymentState = .paid) -> PlaceOrder {
        PlaceOrder(
            OrderRequest(
                merchant: merchant, number: "O-\(number)", payment: payment, currency: world.currency, person: nil,
                destination: Destination(
                    country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: 52_520_000, longitude: 13_405_000),
                lines: [.init(sku: "A", quantity: 1, unitPrice: 1000)], placedAt: stepper.now, backorder: backorder),
            desk: desk)
    }

    func supplies() throws -> [SiteID: Supply] {
        let all = try stepper.read { [sku] in try Supply.load(of: [sku], locked: false, in: $0)[sku] ?? [] }
        return Dictionary(all.filter { $0.kind == .onHand }.map { ($0.site, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func follow() throws { for follower in followers { try stepper.follow(follower) } }

    func findings() throws -> [String] { try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence) }
}

@Suite("A fact below what is promised")
struct ShortfallTests {
    @Test("a fully reserved bin counted to zero has its claims sourced from the other site", arguments: EngineKind.all)
    func countedToZero(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [5, 0])
            for answer in network.stepper.perform((0..<5).map { network.place($0, backorder: false) }) { _ = try answer.get() }
            try network.stepper.perform(
                OpenStock(
                    [StockLine(owner: network.merchant, sku: network.sku, location: network.bins[1], quantity: 3)],
                    occurred: network.stepper.now))
            let counted = try network.stepper.perform(
                CountBin(
                    location: network.bins[0], owner: network.merchant, sku: network.sku, counted: 0,
                    occurred: network.stepper.now, actor: "test"))
            #expect(counted.before == 5)
            #expect(counted.after == 0)
            let short = try network.supplies()
            #expect(short[network.sites[0]]?.sellable == 0)
            #expect(short[network.sites[0]]?.short == 5)
            try network.follow()
            let after = try network.supplies()
            #expect(after[network.sites[0]]?.reserved == 0)
            #expect(after[network.sites[0]]?.short == 0)
            #expect(after[network.sites[1]]?.reserved == 3)
            #expect(try network.stepper.read { try Shortages.count(in: $0) } == 2)
            #expect(try network.findings() == [])
        }
    }

    @Test("the last unit goes to one of 200 buyers, and the rest get one and the same refusal", arguments: EngineKind.all)
    func lastUnit(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [1, 0])
            let answers = network.stepper.perform((0..<200).map { network.place($0, backorder: false) })
            var won = 0, refusals: Set<String> = []
            for answer in answers {
                switch answer {
                case .success: won += 1
                case .failure(let refusal as any Refusal): refusals.insert("\(refusal.code): \(refusal.message)")
                case .failure(let error): throw error
                }
            }
            #expect(won == 1)
            #expect(refusals == ["inventory.stock_short: 1 of SKU 'A' wanted, 0 available to promise."])
            #expect(try network.findings() == [])
        }
    }

    @Test("a backorder fills itself from the next supply", arguments: EngineKind.all)
    func backorder(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [0, 0])
            let placed = try network.stepper.perform(network.place(1))
            #expect(placed.waiting == 1)
            try network.stepper.perform(
                OpenStock(
                    [StockLine(owner: network.merchant, sku: network.sku, location: network.bins[0], quantity: 4)],
                    occurred: network.stepper.now))
            try network.follow()
            let components = try network.stepper.read { try OrderRecords.components(of: [placed.order], in: $0) }
            #expect(components.map(\.waiting) == [0])
            #expect(components.map(\.reserved) == [1])
            #expect(try network.findings() == [])
        }
    }
}
