import HTTPTypes

/// A header name that is a literal of ours; `HTTPField.Name` refuses only what is not a token.
private func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("'\(text)' is no header name") }
    return name
}

extension HTTPField.Name {
    static let idempotencyKey = name("Idempotency-Key")
    static let idempotencyReplayed = name("Idempotency-Replayed")
    static let requestID = name("X-Request-Id")
    static let frameOptions = name("X-Frame-Options")
    static let referrerPolicy = name("Referrer-Policy")
    static let permissionsPolicy = name("Permissions-Policy")
    static let openerPolicy = name("Cross-Origin-Opener-Policy")
    static let resourcePolicy = name("Cross-Origin-Resource-Policy")
}
