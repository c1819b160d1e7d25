import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Metrics
import NIOCore

/// Stands around every request: gives it an id, turns what is thrown into a problem, adds the headers that all
/// answers have, and writes its one line of the log and its metrics. No line holds a path, a query or a body.
struct RequestFrame<Inner: HTTPResponder<APIContext>>: HTTPResponder {
    let inner: Inner
    let routes: RouteTable
    let meters: RequestMeters
    /// Draws the page for a browser that asks for a path there is nothing at.
    var missing: (@Sendable (Request) -> Response)?

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestID.accepted(request.headers[.requestID]) ?? RequestID.new()
        context.logger[metadataKey: "request_id"] = "\(context.requestID)"
        meters.begin()
        var (response, code) = await answer(request, context)
        Self.addHeaders(to: &response, context.requestID)
        if request.method == .head { response = response.createHeadResponse() }
        let route = isUnmatched(context) ? nil : context.endpointPath
        let elapsed = ContinuousClock.now - start
        meters.end(method: request.method, route: route, status: response.status, after: elapsed)
        log(request, context, route, response, code, elapsed)
        return response
    }

    private func answer(_ request: Request, _ context: APIContext) async -> (Response, code: String?) {
        do {
            let response = try await inner.respond(to: request, context: context)
            guard isUnmatched(context) else { return (response, nil) }
            let refusal = routes.refusal(path: request.uri.path)
            if refusal == .unknownPath, let missing, request.headers[.accept]?.contains("text/html") == true {
                return (missing(request), refusal.code)
            }
            throw refusal
        } catch {
            let failure = Failure(error, requestID: context.requestID)
            if failure.isUnexpected {
                context.logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
            }
            var headers = failure.headers
            headers[.contentType] = Problem.mediaType
            return (
                Response(
                    status: .init(integerLiteral: failure.problem.status), headers: headers,
                    body: .init(byteBuffer: ByteBuffer(bytes: failure.body))), failure.problem.code
            )
        }
    }

    /// The router writes this name where no route fits.
    private func isUnmatched(_ context: APIContext) -> Bool { context.endpointPath == "NotFound" }

    /// What OWASP's REST and headers sheets ask of an API; a page that needs other values sets them itself.
    private static func addHeaders(to response: inout Response, _ requestID: String) {
        response.headers[.requestID] = requestID
        let defaults: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"), (.xContentTypeOptions, "nosniff"),
            (.frameOptions, "DENY"), (.referrerPolicy, "no-referrer"), (.cacheControl, "no-store"),
            (.openerPolicy, "same-origin"), (.resourcePolicy, "same-origin"),
        ]
        for (name, value) in defaults where response.headers[name] == nil { response.headers[name] = value }
    }

    private func log(
        _ request: Request, _ context: APIContext, _ route: String?, _ response: Response, _ code: String?,
        _ elapsed: Duration
    ) {
        var metadata: Logger.Metadata = [
            "method": "\(RequestMeters.name(of: request.method))", "route": "\(route ?? "-")",
            "status": "\(response.status.code)", "ms": "\(Double(elapsed.micros) / 1000)",
        ]
        if let key = context.notes.callerKey { metadata["caller"] = "\(key)" }
        if let code { metadata["code"] = "\(code)" }
        context.logger.info("request", metadata: metadata)
    }
}

/// The paths that the router knows, for telling a wrong method from a wrong path.
struct RouteTable: Sendable {
    private let routes: [(path: RouterPath, method: HTTPRequest.Method)]

    init(_ routes: [(path: RouterPath, method: HTTPRequest.Method)]) { self.routes = routes }

    func refusal(path: String) -> ProtocolRefusal {
        let segments = path.split(separator: "/")
        let methods = Set(routes.filter { Self.matches($0.path, segments) }.map(\.method))
        guard !methods.isEmpty else { return .unknownPath }
        let all = methods.contains(.get) ? methods.union([.head]) : methods
        return .methodNotAllowed(all.map(\.rawValue).sorted())
    }

    private static func matches(_ path: RouterPath, _ segments: [Substring]) -> Bool {
        for (index, element) in path.components.enumerated() {
            if element == .recursiveWildcard { return true }
            guard index < segments.count, element ~= segments[index] else { return false }
        }
        return path.components.count == segments.count
    }
}

/// The metrics of requests: `http_requests_total`, `http_request_duration_seconds`, `http_requests_in_flight`.
struct RequestMeters: Sendable {
    private let factory: any MetricsFactory
    private let inFlight: Meter
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    init(factory: any MetricsFactory) {
        self.factory = factory
        inFlight = Meter(label: "http_requests_in_flight", factory: factory)
    }

    /// A method's name, for a label: strangers share one.
    static func name(of method: HTTPRequest.Method) -> String {
        methods.contains(method.rawValue) ? method.rawValue : "other"
    }

    func begin() { inFlight.increment() }

    func end(method: HTTPRequest.Method, route: String?, status: HTTPResponse.Status, after elapsed: Duration) {
        inFlight.decrement()
        let labels = [("method", Self.name(of: method)), ("route", route ?? "-")]
        Counter(label: "http_requests", dimensions: labels + [("status", String(status.code))], factory: factory)
            .increment()
        Timer(label: "http_request_duration", dimensions: labels, factory: factory).recordNanoseconds(
            elapsed.micros * 1000)
    }
}
