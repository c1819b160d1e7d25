import Console
import Edges
import Flows
import Foundation
import HTTPAPI
import Hummingbird
import Identity
import Kernel
import Logging
import Metrics
import Rehearsal
import ServiceLifecycle
import Store
import Views

/// The composition root of a serving process: the store, the clock, the keys, the pages and the API.
struct Server {
    let store: Store
    let network: RunningNetwork
    let logger: Logger
    private let metrics: PrometheusRegistry
    private let targets: WebhookTargets
    private let zone: TimeZoneRule

    /// - Parameters:
    ///   - zone: whose days the built-in courier delivers by.
    ///   - targets: where webhooks may be sent.
    init(
        engine: any Engine, masterKey: String, zone: TimeZoneRule, targets: WebhookTargets,
        clock: @escaping @Sendable () -> Instant
    ) throws {
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        metrics = registry
        LoggingSystem.bootstrap { JSONLines(label: $0, now: { .wallClock }) }
        logger = Logger(label: "waybill")
        store = try Store(engine: engine, migrations: Assembly.migrations, clock: clock)
        self.targets = targets
        self.zone = zone
        let vault = try MasterKeyFile.vault(path: masterKey)
        // Receivers compare the moment with their own clocks, also where this network's runs faster.
        let webhooks = WebhookDesk(vault: vault, client: URLSessionWebhookClient(targets), clock: { .wallClock })
        network = try RunningNetwork(store: store, vault: vault, zone: zone, webhooks: webhooks)
    }

    /// Serves until the process is asked to stop; what was accepted is finished first.
    /// - Parameters:
    ///   - isBehindTLS: a proxy in front speaks TLS and names the caller's address.
    ///   - isDemo: an account of each role is a click away.
    func run(
        host: String, port: Int, isBehindTLS: Bool = false, isDemo: Bool = false, onRunning: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let api = HTTPAPIAssembly(store: store, orders: network.assembly.orders, targets: targets)
        let pages = try ConsoleRoutes(
            ConsoleParts(
                store: store, orders: network.assembly.orders, zone: zone, isBehindTLS: isBehindTLS, isDemo: isDemo, targets: targets,
                rehearsals: RehearsalDesk(RehearseInMemory.run), clock: { .wallClock }
            ) { [store, zone, cache = network.assembly.network] in
                try await store.read { tx in
                    let network = try cache.network(in: tx), journey = try Journey.read(network, in: tx)
                    return TowerPicture(journey: journey, outlook: try .read(network, journey.sites, zone: zone, in: tx))
                }
            })
        let app = try makeApplication(
            endpoints: api.endpoints, parts: api.parts(metrics: metrics, logger: logger, version: Waybill.configuration.version),
            address: .hostname(host, port: port), extraRoutes: { pages.add(to: $0) }, missing: pages.missing, onRunning: onRunning)
        try await store.perform(KeepBooksClosed())
        let background = network.background(logger: logger)
        let group = ServiceGroup(
            services: [app], gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "waybill.lifecycle"))
        defer { background.stop() }
        try await group.run()
    }
}
