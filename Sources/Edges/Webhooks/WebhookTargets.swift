import Foundation
import Kernel

/// Where messages may go: to public addresses over https, unless private ones are allowed.
///
/// A network behind this server must not be reached through it. The address is looked up before each message and must
/// be public in all its forms; as the client looks it up once more, a firewall should keep this host from private networks
/// where merchants are not trusted.
package struct WebhookTargets: Sendable {
    package let allowsPrivate: Bool

    package init(allowsPrivate: Bool = false) { self.allowsPrivate = allowsPrivate }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case urlInvalid(String)
        case notSecure
        case isPrivate(String)

        package static let samples: [Refused] = [.urlInvalid(""), .notSecure, .isPrivate("")]

        package var code: String {
            switch self {
            case .urlInvalid: "webhook.url_invalid"
            case .notSecure: "webhook.url_not_secure"
            case .isPrivate: "webhook.url_private"
            }
        }
        package var message: String {
            switch self {
            case .urlInvalid(let url): "'\(url.prefix(100))' is not an http address without user, password and fragment."
            case .notSecure: "A webhook's address begins with https."
            case .isPrivate(let host): "'\(host)' is not a public address."
            }
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? { "/url" }
    }

    /// Checks what the text alone tells; answers the host.
    @discardableResult
    package func check(_ url: String) throws(Refused) -> String {
        guard url.utf8.count <= 2000, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URLComponents(string: url),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme), var host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil, (1...65_535).contains(parts.port ?? 443)
        else { throw Refused.urlInvalid(url) }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !allowsPrivate else { return host }
        guard scheme == "https" else { throw Refused.notSecure }
        let name = host.lowercased().hasSuffix(".") ? String(host.lowercased().dropLast()) : host.lowercased()
        let isLocal = name == "localhost" || [".localhost", ".local", ".internal"].contains { name.hasSuffix($0) }
        let literal = HostAddress(literal: name)
        guard !isLocal, literal.map(\.isPublic) ?? name.contains(".") else { throw Refused.isPrivate(host) }
        return host
    }

    /// Checks the addresses that the host has now; nil where they may be reached, else why not.
    func obstacle(to url: String) -> String? {
        let host: String
        do { host = try check(url) } catch { return error.message }
        if allowsPrivate { return nil }
        let addresses = HostAddress.all(of: host)
        if addresses.isEmpty { return "'\(host)' has no address." }
        return addresses.allSatisfy(\.isPublic) ? nil : Refused.isPrivate(host).message
    }
}
