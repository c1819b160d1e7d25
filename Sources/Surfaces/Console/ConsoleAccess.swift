import HTTPAPI
import HTTPTypes

/// Who may see the pages of the network.
package enum ConsoleAccess: Sendable {
    /// Everybody who reaches the server: for the demo, on loopback.
    case open
    /// Whoever sends an operator's key, as for the API.
    case operators(any KeyLookup)

    /// Why somebody is turned away, in the order of the checks.
    enum Denied: Error, Equatable {
        case keyMissing
        case keyUnknown
        case notOperator
    }

    /// - Throws: `Denied`, or what the lookup throws.
    func check(_ headers: HTTPFields) async throws {
        guard case .operators(let keys) = self else { return }
        guard let token = Self.bearerToken(headers) else { throw Denied.keyMissing }
        guard let caller = try await keys.caller(forBearer: token) else { throw Denied.keyUnknown }
        guard caller.role == .operator else { throw Denied.notOperator }
    }

    /// RFC 6750, section 2.1; the scheme in any case.
    private static func bearerToken(_ headers: HTTPFields) -> String? {
        let parts = (headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512 else { return nil }
        return String(parts[1])
    }
}

extension ConsoleAccess.Denied {
    var status: HTTPResponse.Status { self == .notOperator ? .forbidden : .unauthorized }

    var title: String { self == .notOperator ? "This key may not see this page" : "This page asks for a key" }

    var reason: String {
        let rule = """
            It shows the whole network, so it is for operators: send an operator's key in the header 'Authorization', or \
            let the proxy that signs your people in add it. 'waybill keys' makes keys; 'waybill demo' shows this page to \
            everybody on its own machine.
            """
        return switch self {
        case .keyMissing: rule
        case .keyUnknown: "The key that came with the request is unknown, expired or revoked. " + rule
        case .notOperator: "The key that came with the request is not an operator's. " + rule
        }
    }
}
