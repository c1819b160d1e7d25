import Flows
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Store

/// Says who comes, and whom a page is not for.
struct Doorman: Sendable {
    /// Why somebody is turned away, in the order of the checks.
    enum Turned: Error, Equatable {
        /// Nobody is signed in.
        case signIn
        case role
        /// The form is not from a page of this session.
        case foreignForm
    }

    let parts: ConsoleParts
    private static let longestForm = 256 * 1024

    init(_ parts: ConsoleParts) { self.parts = parts }

    func visit(_ page: Page, _ request: Request, _ context: some RequestContext) async throws -> Visit {
        let cookies = Cookies(request.headers), now = parts.clock()
        let token = cookies[SessionCookie.name].flatMap { SessionCookie.token($0, parts.vault) }
        let account = try await token.asyncFlatMap { try await holder(of: $0, now) }
        let language = account?.language.flatMap(Language.init(rawValue:)) ?? .accepted(request.headers[.acceptLanguage])
        let texts = Texts.of(language), zone = account?.zone.flatMap(TimeZoneRule.named) ?? parts.zone
        let query = FormValues(encoded: request.uri.query ?? "") ?? FormValues()
        return Visit(
            parts: parts, signedIn: account, texts: texts, format: Format(texts, zone: zone, now: parts.store.clock()),
            pathText: request.uri.path, path: Self.names(in: page.path, context), query: query.all.filter { !$0.value.isEmpty },
            form: page.method == .post ? try await Self.form(request) : FormValues(), logger: context.logger,
            address: address(request, context), session: account == nil ? nil : token,
            theme: cookies["waybill_theme"].flatMap { ["light", "dark"].contains($0) ? $0 : nil }, said: cookies["waybill_said"])
    }

    /// - Throws: `Turned`.
    static func check(_ page: Page, _ visit: Visit, _ request: Request) throws {
        if page.method == .post, isFromElsewhere(request) { throw Turned.foreignForm }
        guard let roles = page.roles else { return }
        guard let account = visit.signedIn else { throw Turned.signIn }
        guard roles.contains(account.role) else { throw Turned.role }
        if page.method == .post, visit.form.exact("csrf") != visit.formToken { throw Turned.foreignForm }
    }

    private func holder(of token: APIToken, _ now: Instant) async throws -> Account? {
        guard let (account, seen) = try await parts.store.read({ try Sessions.find(token.hash, at: now, in: $0) }) else { return nil }
        if now - seen > Sessions.seenEvery { try await parts.store.perform(KeepSession(token.hash, at: now)) }
        return account
    }

    /// What browsers say of where a form stands. Who says nothing is no browser, and has no session to misuse.
    private static func isFromElsewhere(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site != "same-origin" && site != "none" }
        guard let origin = request.headers[.origin] else { return false }
        let place = URLComponents(string: origin)
        return (place?.host ?? "") + (place?.port.map { ":\($0)" } ?? "") != request.head.authority
    }

    private static func form(_ request: Request) async throws -> FormValues {
        let bytes = try await request.body.collect(upTo: longestForm)
        guard let form = FormValues(encoded: String(buffer: bytes)) else {
            throw InvalidInput(field: "", "The form is not percent-encoded UTF-8.")
        }
        return form
    }

    private static func names(in path: String, _ context: some RequestContext) -> [String: String] {
        let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
        return Dictionary(names.map { ($0, FormValues.decoded(context.parameters.get($0) ?? "") ?? "") }, uniquingKeysWith: { $1 })
    }

    /// Behind a proxy its last word; else the other end of the connection.
    private func address(_ request: Request, _ context: some RequestContext) -> String {
        if parts.isBehindTLS, let last = request.headers[.forwardedFor]?.split(separator: ",").last {
            return last.trimmingCharacters(in: .whitespaces)
        }
        return (context as? any RemoteAddressRequestContext)?.remoteAddress?.ipAddress ?? ""
    }
}

extension Optional {
    fileprivate func asyncFlatMap<T>(_ transform: (Wrapped) async throws -> T?) async rethrows -> T? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

/// The cookies of a request.
struct Cookies {
    private var values: [Substring: String] = [:]

    init(_ headers: HTTPFields) {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { values[parts[0]] = String(parts[1]) }
            }
        }
    }

    subscript(_ name: String) -> String? { values[name[...]] }
}

extension HTTPField.Name {
    private static func made(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no header name") }
        return field
    }

    static let secFetchSite = made("Sec-Fetch-Site")
    static let forwardedFor = made("X-Forwarded-For")
    static let consoleForm = made("X-Waybill-Form")
    static let referrerPolicy = made("Referrer-Policy")
}
