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
import Returns
import Store
import TestGround
import Transport
import Views
import Warehouse

/// Two sites, a merchant with mugs (M), lids (L) and a kit of two mugs and a lid (K), and a way to the shopper's door.
final class ReturnsGround {
    let stepper: Stepper
    let assembly: Assembly
    let made: SaveNetwork.Made
    let merchant: MerchantID
    let mug: SKUID
    let lid: SKUID
    let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)

    init(_ database: TestDatabase) throws {
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        stepper = try Stepper(engine: database.engine, migrations: Assembly.migrations, now: start)
        made = try stepper.perform(SaveNetwork(WorldNetwork.plan(world, sites: 2, binsPerSite: 50)))
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        let goods = ["M", "L"].map { NewSKU(code: $0, name: $0, packaging: [.init(dimensions: size, weight: 200)]) }
        let skus = try stepper.perform(SaveSKUs(goods, of: merchant))
        let parts = [NewSKU.Component(code: "M", quantity: 2), NewSKU.Component(code: "L", quantity: 1)]
        _ = try stepper.perform(SaveSKUs([NewSKU(code: "K", name: "K", components: parts)], of: merchant))
        (mug, lid) = (skus[0], skus[1])
        let cache = NetworkCache()
        let network = try stepper.read { try cache.network(in: $0) }
        let vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        let courier = try BuiltInCourier.make(
            network, day: world.zone.day(of: start), zone: world.zone, seed: 1, rates: JourneyRates(),
            ledger: InMemoryCarrierLedger())
        let stepper = stepper
        assembly = Assembly(
            network: cache, orders: OrderDesk(network: cache, vault: vault),
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, clock: { start }))
        let bin = bin(0)
        try stepper.perform(
            OpenStock(
                skus.map { [merchant] in StockLine(owner: merchant, sku: $0, location: bin, quantity: 20) }, occurred: start))
        try stepper.lease(assembly.followers)
    }

    var now: Instant { stepper.now }
    var site: SiteID { made.sites[0] }
    func bin(_ site: Int) -> LocationID { made.locations[made.sites[site]]?["A000-00"]?.id ?? LocationID(0) }

    func settle() throws {
        while true {
            var done = 0
            for worker in assembly.workers { done += try stepper.deliver(worker) }
            for follower in assembly.followers { done += try stepper.follow(follower) }
            if done == 0 { return }
        }
    }

    /// Lets time pass, and what falls due on the way.
    func pass(_ span: Duration) throws {
        let end = stepper.now + span
        while let due = try stepper.nextDue(), due <= end {
            stepper.now = max(due, stepper.now)
            if try stepper.perform(TimerStep(assembly.clocks)) == 0 { break }
            try settle()
        }
        stepper.now = end
        try settle()
    }

    func set(_ change: (inout ReturnTerms) -> Void, validity: Validity = .always) throws {
        var terms = ReturnTerms()
        terms.currency = world.currency
        change(&terms)
        try stepper.perform(SetReturnPolicy(ReturnPolicy(merchant: merchant, validity: validity, terms: terms)))
    }

    func place(_ number: String, _ lines: [OrderRequest.Line], payment: PaymentState = .paid) throws -> OrderID {
        try stepper.perform(
            PlaceOrder(
                OrderRequest(
                    merchant: merchant, number: number, payment: payment, currency: world.currency,
                    person: Person(
                        name: "Ada Muster", street: ["Lange Straße 1"], city: "Berlin", region: "BE", postalCode: "10115",
                        country: world.country),
                    destination: Destination(
                        country: "DE", region: "BE", city: "Berlin", postalArea: "101", latitude: 52_520_000,
                        longitude: 13_405_000), lines: lines, placedAt: now, backorder: true), desk: assembly.orders)).order
    }

    /// Takes all that is placed to the carrier; answers the tracking numbers.
    @discardableResult
    func ship() throws -> [String] {
        try settle()
        var numbers: [String] = []
        for site in made.sites {
            _ = try stepper.perform(ReleaseWave(site: site, until: .distantFuture))
            let tasks = try stepper.read { try Tasks.open(.pick, at: site, limit: 100, in: $0) }
            guard !tasks.isEmpty else { continue }
            let tote = try stepper.perform(MakeTotes(site: site, count: 1, occurred: now))[0]
            try stepper.perform(
                ConfirmPicks(tasks.map { PickResult(task: $0.id, quantity: $0.quantity) }, into: tote, occurred: now, actor: "t"))
            let picked = try stepper.read { try Fulfillments.picked(at: site, limit: 100, in: $0) }
            let parcels = try stepper.perform(
                PackOrders(picked, network: assembly.network, occurred: now, actor: "t"))
            try settle()
            let known = try stepper.read { try Parcels.load(parcels, in: $0) }
            _ = try stepper.perform(WeighParcels(known.map { ($0.id, $0.expected) }, occurred: now, actor: "t"))
            for service in made.services.values.sorted() {
                numbers += try stepper.perform(
                    HandOver(
                        site: site, service: service, until: .distantFuture, network: assembly.network, occurred: now,
                        actor: "t")).numbers
            }
        }
        try settle()
        return numbers
    }

    func report(_ numbers: [String], _ code: TrackingCode) throws {
        let updates = numbers.map {
            TrackingUpdate(trackingNumber: $0, at: now, code: code, place: "", detail: "", vendorCode: code.rawValue)
        }
        let taken = try stepper.perform(RecordTracking(issuer: "courier", updates))
        precondition(taken.strangers.isEmpty, "the numbers are ours")
        try settle()
    }

    /// An order at the shopper's door.
    func delivered(_ number: String, _ lines: [OrderRequest.Line]) throws -> OrderID {
        let order = try place(number, lines)
        try report(try ship(), .delivered)
        return order
    }

    func components(_ order: OrderID) throws -> [ComponentRecord] {
        try stepper.read { try OrderRecords.components(of: [order], in: $0) }
    }

    func component(_ order: OrderID, _ sku: SKUID) throws -> ComponentID {
        try components(order).first { $0.sku == sku }?.id ?? ComponentID(0)
    }

    func ask(
        _ order: OrderID, _ items: [(SKUID, Quantity, ReturnReason)], number: String = "R-1",
        resolution: Resolution = .refund, method: ReturnMethod = .dropOff, wanted: SKUID? = nil
    ) throws -> RMAID {
        let request = ReturnRequest(
            order: .id(order), merchant: merchant, number: number,
            items: try items.map { .init(.component(try component(order, $0.0)), quantity: $0.1, reason: $0.2, wanted: wanted) },
            resolution: resolution, method: method)
        return try ask(request)
    }

    func ask(_ request: ReturnRequest) throws -> RMAID {
        switch try stepper.perform(RequestReturns([request], network: assembly.network, actor: "t"))[0] {
        case .taken(let id, _):
            try settle()
            return id
        case .refused(let refusal): throw refusal
        }
    }

    func view(_ rma: RMAID) throws -> ReturnView { try stepper.read { try ReturnView.find(rma, .network, in: $0) } }

    @discardableResult
    func receive(_ code: String?, _ found: [ReturnMatch.Found], at site: Int = 0) throws -> ReceivedReturn {
        let receipt = ReturnReceipt(site: made.sites[site], code: code, found: found)
        let taken = try stepper.perform(
            ReceiveReturns([receipt], network: assembly.network, occurred: now, actor: "desk"))[0]
        try settle()
        return taken
    }

    @discardableResult
    func inspect(_ inspections: [Inspection]) throws -> [InspectGoods.Inspected] {
        let done = try stepper.perform(InspectGoods(inspections, occurred: now, actor: "desk"))
        try settle()
        return done
    }

    func pay() throws {
        let due = try stepper.read { try Refunds.due(limit: 100, in: $0) }
        try stepper.perform(SendRefunds(due.map { ($0.id, "PSP") }, merchant: nil, actor: "t"))
        try settle()
    }

    func dropOff(_ rma: RMAID, at site: Int = 0) throws {
        _ = try stepper.perform(
            DropOffReturns([ReturnParcels.code(of: rma)], at: made.sites[site], network: assembly.network, occurred: now, actor: "t"))
        try settle()
    }

    func sellable(_ sku: SKUID) throws -> Int64 {
        try stepper.read { try Supply.load(of: [sku], locked: false, in: $0)[sku] ?? [] }
            .reduce(0) { $0 + $1.sellable.rawValue }
    }

    /// The kinds of what needs a person.
    func open() throws -> [String] {
        try stepper.read { try $0.values("SELECT kind FROM exception WHERE closed_at IS NULL ORDER BY kind, id") }
    }

    func findings() throws -> [String] {
        try AuditRun.run(read: { try stepper.read($0) }).broken.map(\.sentence)
            + stepper.read { try StageCounts.compare(in: $0) }.map(\.description)
    }
}

func withReturns(_ kind: EngineKind, _ body: (ReturnsGround) throws -> Void) throws {
    try withDatabase(kind) { (database: TestDatabase) throws in try body(try ReturnsGround(database)) }
}
