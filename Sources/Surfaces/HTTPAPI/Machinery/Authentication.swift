import HTTPTypes
import Kernel

/// Finds whose key a bearer token is. The token is a secret: it is neither logged nor kept.
package protocol KeyLookup: Sendable {
    /// Nil where no live key has this token.
    func caller(forBearer token: String) async throws -> Caller?
}

/// Why a request is not let through, in the order of the checks.
package enum AccessRefusal: Refusal, Equatable {
    case keyMissing
    case keyUnknown
    case roleNotAllowed(String)

    package var code: String {
        switch self {
        case .keyMissing: "auth.key_missing"
        case .keyUnknown: "auth.key_unknown"
        case .roleNotAllowed: "auth.role_not_allowed"
        }
    }

    package var message: String {
        switch self {
        case .keyMissing: "Send a key in the header 'Authorization: Bearer wb_…'."
        case .keyUnknown: "The key is unknown, expired or revoked."
        case .roleNotAllowed(let role): "A key of the role '\(role)' may not do this."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .keyMissing, .keyUnknown: .unauthenticated
        case .roleNotAllowed: .forbidden
        }
    }
}

extension Access {
    /// The caller of a request with these headers; nil where the endpoint is open.
    /// - Throws: `AccessRefusal`, or what the lookup throws.
    func caller(of headers: HTTPFields, in keys: any KeyLookup) async throws -> Caller? {
        guard case .roles(let roles) = self else { return nil }
        guard let token = Self.bearerToken(headers) else { throw AccessRefusal.keyMissing }
        guard let caller = try await keys.caller(forBearer: token) else { throw AccessRefusal.keyUnknown }
        guard roles.contains(caller.role.kind) else {
            throw AccessRefusal.roleNotAllowed(caller.role.kind.rawValue)
        }
        return caller
    }

    /// RFC 6750, section 2.1; the scheme in any case.
    private static func bearerToken(_ headers: HTTPFields) -> String? {
        guard let value = headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512 else { return nil }
        return String(parts[1])
    }
}
