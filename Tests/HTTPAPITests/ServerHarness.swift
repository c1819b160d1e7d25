import Hummingbird
import Kernel
import Logging
import ServiceLifecycle
import Synchronization

@testable import HTTPAPI

/// Runs the server on a free port of the loopback address while `body` talks to it.
func withServer<Result: Sendable>(
    _ endpoints: [Endpoint] = TinyAPI().endpoints, log: LogBook = LogBook(),
    metrics: PrometheusRegistry = PrometheusRegistry(),
    metricsAccess: Access = .open, ledger: any IdempotencyLedger = MemoryIdempotencyLedger(),
    health: @escaping @Sendable () async throws -> Void = {}, extraRoutes: (Router<APIContext>) -> Void = { _ in },
    _ body: @Sendable (PlainClient, ServiceGroup) async throws -> Result
) async throws -> Result {
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    let parts = testParts(log: log, metrics: metrics, metricsAccess: metricsAccess, ledger: ledger, health: health)
    let app = try makeApplication(
        endpoints: endpoints, parts: parts, address: .hostname("127.0.0.1", port: 0), extraRoutes: extraRoutes,
        onRunning: { running.yield($0) })
    let group = ServiceGroup(
        configuration: .init(services: [app], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        guard let port = await ports.first(where: { _ in true }) else {
            throw PlainClient.Failed(description: "no server")
        }
        let result: Result
        do {
            result = try await body(PlainClient(port: port), group)
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

func testParts(
    log: LogBook = LogBook(), metrics: PrometheusRegistry = PrometheusRegistry(), metricsAccess: Access = .open,
    ledger: any IdempotencyLedger = MemoryIdempotencyLedger(), health: @escaping @Sendable () async throws -> Void = {}
) -> ServerParts {
    ServerParts(
        keys: TinyKeys(), ledger: ledger, health: health, metrics: metrics, metricsAccess: metricsAccess,
        logger: log.logger,
        title: DocumentTitle(
            title: "Tiny", version: "1.0.0", description: "A shop for tests.",
            chapters: [
                ("Orders", "Orders and their lines."), ("Odds", "The rest."), ("Operations", "The server itself."),
            ]))
}

/// Keeps the lines of the log.
final class LogBook: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        Logger(label: "waybill.http") { label in
            JSONLines(
                label: label, now: { Instant(micros: 1_800_000_000_000_000) },
                write: { [self] line in
                    kept.withLock { $0.append(line) }
                })
        }
    }
}
