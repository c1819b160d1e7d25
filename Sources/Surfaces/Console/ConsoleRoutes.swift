import HTTPTypes
import Hummingbird
import Kernel
import Views

/// The pages people look at: the first page at `/`, and `/live` with what of it changes.
package struct ConsoleRoutes: Sendable {
    private let access: ConsoleAccess
    private let page: JourneyPage
    private let latest: LatestJourney

    /// - Parameters:
    ///   - freshness: how old the picture may be; screens that ask within that time share one reading.
    ///   - journey: reads the journey anew.
    /// - Throws: where a template of the program itself does not parse.
    package init(
        _ access: ConsoleAccess, freshness: Duration = .seconds(1),
        journey: @escaping @Sendable () async throws -> Journey
    ) throws {
        self.access = access
        page = try JourneyPage()
        latest = LatestJourney(freshness: freshness, journey)
    }

    package func add(to router: some RouterMethods<some RequestContext>) {
        router.get("/") { request, _ in
            let nonce = Self.makeNonce()
            return try await answer(request, nonce: nonce) { page.page($0, nonce: nonce) }
        }
        router.get("/live") { request, _ in
            try await answer(request, nonce: Self.makeNonce()) { page.live($0) }
        }
    }

    private func answer(
        _ request: Request, nonce: String, _ draw: @Sendable (Journey) -> String
    ) async throws -> Response {
        do {
            try await access.check(request.headers)
            return Self.html(draw(try await latest.current()), status: .ok, nonce: nonce)
        } catch let denied as ConsoleAccess.Denied {
            let text = page.closed(title: denied.title, reason: denied.reason, nonce: nonce)
            var response = Self.html(text, status: denied.status, nonce: nonce)
            if denied.status == .unauthorized { response.headers[.wwwAuthenticate] = #"Bearer realm="waybill""# }
            return response
        }
    }

    private static func html(_ text: String, status: HTTPResponse.Status, nonce: String) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: """
            default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; connect-src 'self'; img-src data:; \
            base-uri 'none'; form-action 'none'; frame-ancestors 'self'
            """,
            .referrerPolicy: "no-referrer",
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Known to nobody who writes into the page.
    private static func makeNonce() -> String {
        var random = SystemRandomNumberGenerator()
        return String(random.next(), radix: 36) + String(random.next(), radix: 36)
    }
}

extension HTTPField.Name {
    private static func made(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no header name") }
        return field
    }

    fileprivate static let referrerPolicy = made("Referrer-Policy")
}
