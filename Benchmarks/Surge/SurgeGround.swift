import Facilities
import Flows
import Foundation
import HTTPAPI
import Hummingbird
import Identity
import Inventory
import Kernel
import Logging
import Merchants
import NIOCore
import Rehearsal
import ServiceLifecycle
import Store

/// A network of three sites that all hold plenty of ten thousand SKUs of one merchant, with its followers running.
struct SurgeGround {
    let store: Store
    let network: RunningNetwork
    let merchant: MerchantID
    let currency: Currency
    let country: Country
    /// Of a key of the merchant.
    let token: String

    init(_ engine: any Engine, now: Instant) throws {
        let store = try Store(engine: engine, migrations: Assembly.migrations, clock: { .wallClock })
        let world = SampleWorld.make(orders: 60, days: 1, start: CivilDate(dayNumber: 20_500), seed: 1)
        _ = try store.performBlocking(SaveNetwork(WorldNetwork.plan(world, sites: 3, binsPerSite: 500)))
        let vault = Vault(try MasterKey(id: "k1", bytes: Vault.systemRandom(32)))
        try self.init(store, vault, currency: world.currency, country: world.country, now: now)
    }

    /// On a network that stands already: a merchant of its own, with goods at all fulfillment centers that we run.
    init(
        _ store: Store, _ vault: Vault, merchant code: String = "surge", currency: Currency, country: Country, now: Instant
    ) throws {
        (self.store, self.currency, self.country) = (store, currency, country)
        merchant = try store.performBlocking(CreateMerchant(NewMerchant(code: code, name: "Surge", currency: currency))).id
        try Self.stock(merchant, now, store)
        let key = APIToken.make(Vault.systemRandom)
        _ = try store.performBlocking(
            IssueKey(name: "surge", holder: .merchant(merchant), token: key, expires: nil, actor: "bench"))
        token = key.text
        network = try RunningNetwork(store: store, vault: vault)
    }

    private static func stock(_ merchant: MerchantID, _ now: Instant, _ store: Store) throws {
        let shelves = try store.readBlocking { tx in
            try NetworkCache().network(in: tx).sites.filter { $0.kind == .fulfillmentCenter && $0.mode == .own }
                .map { (site: $0.id, bins: try Locations.all(at: $0.id, kind: .bin, in: tx)) }
        }
        let size = Dimensions(length: 140, width: 90, height: 30)
        for first in stride(from: 0, to: SurgeOrders.skus, by: 500) {
            let new = (first..<first + 500).map {
                NewSKU(code: SurgeOrders.code($0), name: "Thing \($0)", packaging: [.init(dimensions: size, weight: 180)])
            }
            let skus = try store.performBlocking(SaveSKUs(new, of: merchant))
            for (_, bins) in shelves {
                let lines = skus.enumerated().map { index, sku in
                    StockLine(owner: merchant, sku: sku, location: bins[index % bins.count].id, quantity: 100_000_000)
                }
                try store.performBlocking(OpenStock(lines, occurred: now, actor: "bench"))
            }
        }
    }

    /// Runs `body` with the followers and the timer going on beside it.
    func withFollowers<T>(_ body: () async throws -> T) async throws -> T {
        let background = network.background(logger: Self.quiet)
        defer { background.stop() }
        return try await body()
    }

    private static let quiet = Logger(label: "surge") { _ in SwiftLogNoOpLogHandler() }

    /// Serves the API, and an echo that reads an order as the API does and answers its bytes, on a free port of this machine.
    func withServer<T: Sendable>(_ body: @escaping @Sendable (_ port: Int) async throws -> T) async throws -> T {
        let api = HTTPAPIAssembly(store: store, orders: network.assembly.orders)
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let app = try makeApplication(
            endpoints: api.endpoints, parts: api.parts(metrics: PrometheusRegistry(), logger: Self.quiet, version: "bench"),
            address: .hostname("127.0.0.1", port: 0), extraRoutes: Self.addEcho, onRunning: { running.yield($0) })
        let group = ServiceGroup(configuration: .init(services: [app], logger: Self.quiet))
        return try await withThrowingTaskGroup(of: T?.self) { tasks in
            tasks.addTask {
                try await group.run()
                return nil
            }
            tasks.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw SurgeFailed(reason: "no server") }
                defer { Task { await group.triggerGracefulShutdown() } }
                return try await body(port)
            }
            for try await answer in tasks { if let answer { return answer } }
            throw SurgeFailed(reason: "the server ended")
        }
    }

    private static func addEcho(to router: Router<APIContext>) {
        router.post("/bench/echo") { request, _ in
            let bytes = Array(buffer: try await request.body.collect(upTo: 1 << 20))
            guard OrderIntake.reads(bytes) else { throw HTTPError(.badRequest) }
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// Events that the slowest follower has not passed yet; one that rests, as nothing matters to it now, is not behind.
    func lag() throws -> Int {
        try store.readBlocking { tx in
            let last = try tx.value("SELECT MAX(seq) FROM event", as: Int64?.self) ?? nil
            return try network.assembly.followers.filter { try $0.start(in: tx) != nil }.map { one in
                let lowest: Int64? = try tx.value("SELECT MIN(seq) FROM follower_cursor WHERE follower = \(one.name)") ?? nil
                return Int((last ?? 0) - (lowest ?? 0))
            }.max() ?? 0
        }
    }
}

/// Why a measurement could not be made.
struct SurgeFailed: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
