import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Metrics
import NIOCore

/// What a server of the API needs from the program.
package struct ServerParts: Sendable {
    package var keys: any KeyLookup
    package var ledger: any IdempotencyLedger
    /// Throws where the server cannot do its work; `/healthz` then answers 503.
    package var health: @Sendable () async throws -> Void
    /// The metrics that `/metrics` shows, and that requests are counted in.
    package var metrics: PrometheusRegistry
    /// Who may read `/metrics`.
    package var metricsAccess: Access
    package var logger: Logger
    package var title: DocumentTitle

    package init(
        keys: any KeyLookup, ledger: any IdempotencyLedger, health: @escaping @Sendable () async throws -> Void,
        metrics: PrometheusRegistry, metricsAccess: Access = .open, logger: Logger, title: DocumentTitle
    ) {
        self.keys = keys
        self.ledger = ledger
        self.health = health
        self.metrics = metrics
        self.metricsAccess = metricsAccess
        self.logger = logger
        self.title = title
    }
}

/// The server: the endpoints, `/openapi.json`, `/healthz`, `/metrics`, and the routes that `extraRoutes` adds.
///
/// It is a service of swift-service-lifecycle; on a graceful shutdown it takes no new connection and finishes the
/// requests in flight.
/// - Parameters:
///   - extraRoutes: routes that are not part of the API, such as pages.
///   - missing: the page for a browser that asks for a path there is nothing at; nil for a problem as everywhere.
///   - address: port 0 takes any that is free.
///   - onRunning: called with the port once the server listens.
/// - Throws: `SchemaError` where an endpoint is declared wrongly.
package func makeApplication(
    endpoints: [Endpoint], parts: ServerParts, address: BindAddress,
    extraRoutes: (Router<APIContext>) -> Void = { _ in }, missing: (@Sendable (Request) -> Response)? = nil,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let router = try makeRouter(endpoints, parts)
    extraRoutes(router)
    let routes = RouteTable(router.routes.map { ($0.path, $0.method) })
    let frame = RequestFrame(
        inner: router.buildResponder(), routes: routes, meters: RequestMeters(factory: parts.metrics),
        missing: missing)
    return Application(
        responder: frame,
        server: .http1(
            configuration: .init(
                idleTimeout: .seconds(75),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 64 * 1024))),
        configuration: ApplicationConfiguration(address: address),
        onServerRunning: { channel in
            if let port = channel.localAddress?.port { await onRunning(port) }
        }, logger: parts.logger)
}

/// The router of the API, whose routes are exactly the endpoints and the three of the server itself.
func makeRouter(_ endpoints: [Endpoint], _ parts: ServerParts) throws -> Router<APIContext> {
    let document = OpenAPIDocument(
        try CompiledAPI(endpoints + Endpoint.operations(parts, document: "")), title: parts.title
    ).text
    let api = try CompiledAPI(endpoints + Endpoint.operations(parts, document: document))
    let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
    for compiled in api.endpoints {
        router.on(
            RouterPath(compiled.declaration.path), method: compiled.declaration.method,
            responder: EndpointResponder(
                compiled: compiled, components: api.components, keys: parts.keys, ledger: parts.ledger))
    }
    return router
}
