import Edges
import Facilities
import Flows
import Foundation
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Rehearsal
import Store
import StorePostgres
import StoreSQLite
import TestGround

/// An order desk of two sites, whose database can be lost and opened again as the disk has it.
final class FaultDesk {
    static let skus = ["A", "B", "C"]
    static let opening: Int64 = 40

    let place: any FaultPlace
    /// The latest that it ever was: ids of one node do not go back over a restart.
    private var latest: Instant
    private(set) var stepper: Stepper
    let desk: OrderDesk
    let assembly: Assembly
    let merchant: MerchantID
    let skus: [SKUID]
    let sites: [SiteID]
    /// By site and SKU.
    let bins: [[LocationID]]
    private static let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)

    init(_ place: any FaultPlace) throws {
        self.place = place
        let world = Self.world
        let start = world.zone.instant(CivilDate(dayNumber: 20_500), .midnight) + .hours(9)
        let stepper = try Stepper(engine: place.engine, migrations: Assembly.migrations, now: start)
        self.stepper = stepper
        latest = start
        let made = try stepper.perform(SaveNetwork(WorldNetwork.plan(world, sites: 2, binsPerSite: 50)))
        sites = Array(made.sites.prefix(2))
        merchant = try stepper.perform(CreateMerchant(NewMerchant(code: "m", name: "M", currency: world.currency))).id
        let size = Dimensions(length: 100, width: 80, height: 40)
        skus = try stepper.perform(
            SaveSKUs(Self.skus.map { NewSKU(code: $0, name: $0, packaging: [.init(dimensions: size, weight: 200)]) }, of: merchant))
        bins = sites.map { site in (0..<Self.skus.count).compactMap { made.locations[site]?["A000-0\($0)"]?.id } }
        let cache = NetworkCache(), vault = Vault(try MasterKey(id: "t", bytes: [UInt8](repeating: 7, count: 32)))
        let network = try stepper.read { try cache.network(in: $0) }
        desk = OrderDesk(network: cache, vault: vault)
        let courier = try BuiltInCourier.make(
            network, day: world.zone.day(of: start), zone: world.zone, seed: 1, rates: JourneyRates(),
            ledger: InMemoryCarrierLedger())
        assembly = Assembly(
            network: cache, orders: desk,
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, clock: { start }))
        try stepper.lease(assembly.followers)
        let lines = sites.indices.flatMap { site in skus.indices.map { (site, $0) } }.map { [bins, skus, merchant] site, sku in
            StockLine(owner: merchant, sku: skus[sku], location: bins[site][sku], quantity: Quantity(Self.opening))
        }
        try stepper.perform(OpenStock(lines, occurred: start))
    }

    /// The process is gone; another one opens what the disk has.
    func open(again engine: any Engine) throws {
        jump(latest - stepper.now + .seconds(10))
        stepper = try Stepper(engine: engine, migrations: Assembly.migrations, now: stepper.now)
        try stepper.lease(assembly.followers)
    }

    func jump(_ by: Duration) {
        stepper.now = stepper.now + by
        latest = max(latest, stepper.now)
    }

    /// What goes on without a caller.
    func goOn() throws {
        while try stepper.perform(TimerStep(assembly.clocks)) > 0 {}
        try stepper.settle(assembly.followers, assembly.workers, whole: true)
    }

    func flow(_ order: FaultOrder) -> PlaceOrder {
        PlaceOrder(
            OrderRequest(
                merchant: merchant, number: order.number, way: order.way, payment: order.isPaid ? .paid : .pending,
                currency: Self.world.currency, person: nil,
                destination: Destination(
                    country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: 52_520_000, longitude: 13_405_000),
                lines: order.lines.map { .init(sku: Self.skus[$0.sku], quantity: Quantity($0.quantity), unitPrice: 1000) },
                placedAt: order.placed, backorder: order.mayWait), desk: desk)
    }
}

/// Announces and receives a shipment in one transaction.
struct ReceiveShipment: Flow {
    let merchant: MerchantID
    let site: SiteID
    let number: String
    let sku: SKUID
    let quantity: Quantity
    let bin: LocationID

    func run(in tx: Transaction) throws {
        let asn = try AnnounceASN(
            merchant: merchant, site: site, number: number, expected: tx.now, lines: [.init(sku: sku, quantity: quantity)]
        ).run(in: tx)
        _ = try ReceiveASN(asn, at: bin, [ReceivedLine(sku: sku, quantity: quantity)], occurred: tx.now, actor: "dock").run(in: tx)
        try CloseASN(asn).run(in: tx)
    }
}
