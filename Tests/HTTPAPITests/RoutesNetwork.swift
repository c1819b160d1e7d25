import Claims
import Drops
import Edges
import Exceptions
import Facilities
import Flows
import Foundation
import Identity
import Inventory
import Kernel
import Logging
import Merchants
import Orders
import Partners
import Returns
import ServiceLifecycle
import Sourcing
import Store
import TestGround
import Transport
import Views
import Warehouse
import Webhooks

@testable import HTTPAPI

/// A small network behind a server: two sites and a carrier with one service, another carrier, two merchants with goods.
struct RoutesNetwork: Sendable {
    let store: Store
    let assembly: HTTPAPIAssembly
    let orders: OrderDesk
    let carriers: CarrierDesk
    let sites: [SiteID]
    let service: ServiceID
    let carrier: CarrierID
    let bins: [LocationID]
    let docks: [LocationID]
    let merchants: [MerchantID]
    /// By merchant: a mug, a lamp, and a poster that nobody has measured.
    let skus: [[SKUID]]
    let tokens: Tokens
    let log: LogBook

    /// One key a role; `other…` are those of somebody else.
    struct Tokens: Sendable {
        var partner = "", otherPartner = ""
        var `operator` = "", merchant = "", otherMerchant = "", site = "", otherSite = "", carrier = "", otherCarrier = ""
    }

    static let migrations: [Migration] =
        IdentitySchema.migrations + MerchantsSchema.migrations + FacilitiesSchema.migrations + InventorySchema.migrations
        + OrdersSchema.migrations + WarehouseSchema.migrations + TransportSchema.migrations + ReturnsSchema.migrations
        + ExceptionsSchema.migrations + PartnersSchema.migrations + SourcingSchema.migrations + DropsSchema.migrations
        + ClaimsSchema.migrations
        + WebhooksSchema.migrations + ViewsSchema.migrations

    init(_ store: Store) async throws {
        let made = try await store.perform(SaveNetwork(Self.plan()))
        let stranger = NewCarrier(code: "stranger", name: "Stranger", client: BuiltInCourier.clientName)
        let other = try await store.perform(SaveNetwork(NetworkPlan(places: [], carrier: stranger, services: [])))
        guard let service = made.services["standard"], let currency = Currency("EUR"),
            let zone = TimeZoneRule.named("Europe/Berlin")
        else { throw NotFound("service", "standard") }
        let cache = NetworkCache()
        let vault = Vault(try MasterKey(id: "test", bytes: Array(repeating: 7, count: 32)))
        let network = try await store.read { try cache.network(in: $0) }
        let courier = try BuiltInCourier.make(
            network, day: zone.day(of: .wallClock), zone: zone, seed: 1, rates: JourneyRates(), ledger: InMemoryCarrierLedger())
        var merchants: [MerchantID] = [], skus: [[SKUID]] = []
        for code in ["glow", "studio"] {
            let new = NewMerchant(code: code, name: code.capitalized, currency: currency)
            merchants.append(try await store.perform(CreateMerchant(new)).id)
            skus.append(try await store.perform(SaveSKUs(Self.goods(of: code), of: merchants[merchants.count - 1])))
        }
        self.store = store
        self.skus = skus
        self.merchants = merchants
        self.service = service
        (sites, carrier) = (made.sites, made.carrier)
        bins = made.sites.compactMap { made.locations[$0]?["A-01"]?.id }
        docks = made.sites.compactMap { made.locations[$0]?["DOCK"]?.id }
        orders = OrderDesk(network: cache, vault: vault)
        assembly = HTTPAPIAssembly(store: store, orders: orders, targets: WebhookTargets(allowsPrivate: true))
        carriers = CarrierDesk(network: cache, vault: vault, client: courier, clock: { .wallClock })
        log = LogBook()
        var tokens = Tokens()
        tokens.operator = try await Self.key(.operator, store)
        tokens.merchant = try await Self.key(.merchant(merchants[0]), store)
        tokens.otherMerchant = try await Self.key(.merchant(merchants[1]), store)
        tokens.site = try await Self.key(.site(made.sites[0]), store)
        tokens.otherSite = try await Self.key(.site(made.sites[1]), store)
        tokens.carrier = try await Self.key(.carrier(made.carrier), store)
        tokens.otherCarrier = try await Self.key(.carrier(other.carrier), store)
        tokens.partner = try await Self.key(.site(made.sites[2]), store)
        tokens.otherPartner = try await Self.key(.site(made.sites[3]), store)
        self.tokens = tokens
    }

    /// The site that a partner runs.
    var partner: SiteID { sites[2] }

    /// Puts pieces of the first merchant's SKU into the first site's bin.
    func stock(_ sku: Int, _ quantity: Quantity, at site: Int = 0) async throws {
        let line = StockLine(owner: merchants[0], sku: skus[0][sku], location: bins[site], quantity: quantity)
        try await store.perform(OpenStock([line], occurred: .wallClock))
    }

    /// A lane that leads from the first site.
    func lane() async throws -> String {
        let cache = NetworkCache(), site = sites[0]
        let network = try await store.read { try cache.network(in: $0) }
        guard let lane = network.lanes(from: site).first else { throw NotFound("lane", site) }
        return lane.id.description
    }

    /// Buys the labels that were asked for.
    func buyLabels() async throws {
        let (store, worker) = (store, LabelWorker(carriers))
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { done.resume(with: Result { while try store.deliver(worker) > 0 {} }) }
        }
    }

    /// Lets what returns have earned be granted.
    func grantReturns() async throws {
        let follower = ReturnGrants(desk: OrderDesk(network: carriers.network, vault: carriers.vault))
        _ = try await store.perform(LeasePartitions(follower.name, node: 0, nodes: 1, duration: .hours(1)))
        while try await store.perform(FollowerStep(follower, node: 0)) > 0 {}
    }

    private static func key(_ holder: KeyHolder, _ store: Store) async throws -> String {
        let token = APIToken.make(Vault.systemRandom)
        _ = try await store.perform(
            IssueKey(name: holder.role.rawValue, holder: holder, token: token, expires: nil, actor: "test"))
        return token.text
    }
}

extension RoutesNetwork {
    private static func goods(of merchant: String) -> [NewSKU] {
        func sku(_ code: String, _ name: String, _ sides: (Int64, Int64, Int64), _ weight: Int64, _ barcode: String) -> NewSKU {
            let size = Dimensions(length: Millimetres(sides.0), width: Millimetres(sides.1), height: Millimetres(sides.2))
            return NewSKU(
                code: code, name: name, flags: HandlingFlags(fragile: true),
                packaging: [NewSKU.Level(dimensions: size, weight: Grams(weight), barcodes: [barcode])])
        }
        return [
            sku("MUG-1", "Mug, white", (110, 120, 100), 380, "\(merchant)-mug"),
            sku("LAMP-1", "Desk lamp", (420, 200, 160), 1900, "\(merchant)-lamp"),
            NewSKU(code: "POSTER-1", name: "Poster"),
        ]
    }

    private static func plan() throws -> NetworkPlan {
        let berlin = Coordinates(latitude: 52_520_000, longitude: 13_405_000)
        let munich = Coordinates(latitude: 48_137_000, longitude: 11_575_000)
        guard let berlin, let munich, let country = Country("DE"), let currency = Currency("EUR") else {
            throw NotFound("country", "DE")
        }
        return NetworkPlan(
            places: [
                place("BER", "Berlin", berlin, country), place("MUC", "Munich", munich, country),
                place("PAR", "Munich", munich, country, .partner), place("PAX", "Munich", munich, country, .partner),
                place("HUB", "Kassel", munich, country, isHub: true),
            ],
            carrier: NewCarrier(code: "courier", name: "Built-in courier", client: BuiltInCourier.clientName),
            services: [{ service(currency, $0) }],
            lanes: [
                .init(
                    from: "BER", to: "HUB", service: "standard", mode: .road, transitMinutes: 180,
                    departures: (1...7).map { LaneDeparture(weekday: $0, leaves: .endOfDay.earlier) })
            ])
    }

    private static func place(
        _ code: String, _ city: String, _ at: Coordinates, _ country: Country, _ mode: Site.Mode = .own, isHub: Bool = false
    ) -> NetworkPlan.Place {
        NetworkPlan.Place(
            site: NewSite(
                code: code, name: isHub ? "\(city) hub" : "\(city) FC", kind: isHub ? .hub : .fulfillmentCenter,
                operatedBy: "Waybill", mode: mode,
                address: SiteAddress(country: country, city: city, postalCode: "10115", street: "Dock 1"), place: at,
                zone: "Europe/Berlin", handlingMinutes: 60, parcelCost: 120, unitCost: 25),
            hours: [],
            locations: [
                NewLocation(code: "DOCK", kind: .dock, pickable: false, sellable: true),
                NewLocation(code: "HOLD", kind: .hold, pickable: false, sellable: false),
                NewLocation(code: "A-01", kind: .bin, walk: 1, pickable: true, sellable: true),
                NewLocation(code: "A-02", kind: .bin, walk: 2, pickable: true, sellable: true),
            ],
            cartons: [box("S", (260, 200, 150)), box("L", (600, 400, 300))],
            collections: [
                .init(service: "standard", weekdays: .every, leaves: .endOfDay.earlier, cutOffMinutes: 1)
            ])
    }

    private static func box(_ code: String, _ sides: (Int64, Int64, Int64)) -> NetworkPlan.Box {
        NetworkPlan.Box(
            code: code,
            inner: Dimensions(length: Millimetres(sides.0), width: Millimetres(sides.1), height: Millimetres(sides.2)),
            maxLoad: 20_000, tare: 120, cost: 40, onHand: 1000)
    }

    private static func service(_ currency: Currency, _ carrier: CarrierID) -> NewService {
        NewService(
            carrier: carrier, code: "standard", name: "Standard", currency: currency,
            limits: Facilities.ParcelLimits(weight: 30_000, length: 1200, girth: 3000, dimDivisor: 6000), deliversOn: .every,
            zones: [ServiceZone("Z1", upToKm: 20_100, minimumDays: 1, likelyDays: 2)],
            rates: [ServiceRate(zone: "Z1", upTo: 2000, price: 490), ServiceRate(zone: "Z1", upTo: 30_000, price: 1290)])
    }
}

extension LocalTime {
    /// The last minute before it.
    fileprivate var earlier: LocalTime { LocalTime(minuteOfDay: minuteOfDay - 1) ?? self }
}

/// Runs a network behind a server on the loopback address while `body` talks to it.
func withNetwork(
    _ kind: EngineKind = .sqliteMemory, _ body: @Sendable @escaping (RoutesNetwork, PlainClient) async throws -> Void
) async throws {
    try await withStore(kind, migrations: RoutesNetwork.migrations) { store in
        let network = try await RoutesNetwork(store)
        try await serve(network) { port in try await body(network, PlainClient(port: port)) }
        let undocumented = network.log.lines.filter { $0.contains("undocumented refusal") }
        guard undocumented.isEmpty else { throw PlainClient.Failed(description: undocumented.joined(separator: "\n")) }
    }
}

private func serve(_ network: RoutesNetwork, _ body: @Sendable (Int) async throws -> Void) async throws {
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    let parts = network.assembly.parts(metrics: PrometheusRegistry(), logger: network.log.logger, version: "1.0.0")
    let app = try makeApplication(
        endpoints: network.assembly.endpoints, parts: parts, address: .hostname("127.0.0.1", port: 0),
        onRunning: { running.yield($0) })
    let group = ServiceGroup(
        configuration: .init(services: [app], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        guard let port = await ports.first(where: { _ in true }) else { throw PlainClient.Failed(description: "no server") }
        let result: Result<Void, any Error>
        do { result = .success(try await body(port)) } catch { result = .failure(error) }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        try result.get()
    }
}
