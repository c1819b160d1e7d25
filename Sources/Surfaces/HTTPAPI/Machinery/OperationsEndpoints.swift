import Kernel
import Logging

extension Endpoint {
    /// What the server tells of itself: its document, its health, its metrics.
    static func operations(_ parts: ServerParts, document: String) -> [Endpoint] {
        [
            get("/openapi.json", "Read this document", for: .open).named("readDocument")
                .download(as: "application/json") { _ in
                    Download(mediaType: "application/json", bytes: Array(document.utf8))
                },
            get("/healthz", "Ask whether the server can do its work", for: .open).named("readHealth")
                .refusing(.busy, "server.unhealthy")
                .handle { call in
                    do {
                        try await parts.health()
                    } catch {
                        call.logger.error("unhealthy", metadata: ["error": "\(String(reflecting: error))"])
                        throw Unhealthy()
                    }
                    return Health(status: "ok")
                },
            get("/metrics", "Read the metrics, in the Prometheus text format", for: parts.metricsAccess)
                .named("readMetrics")
                .download(as: "text/plain") { _ in
                    Download(mediaType: PrometheusRegistry.mediaType, bytes: Array(parts.metrics.text().utf8))
                },
        ].tagged("Operations")
    }
}

private struct Health: Codable, Sendable {
    var status: String
}

private struct Unhealthy: Refusal {
    var code: String { "server.unhealthy" }
    var message: String { "The server cannot do its work now; the log has the rest." }
    var kind: RefusalKind { .busy }
}
