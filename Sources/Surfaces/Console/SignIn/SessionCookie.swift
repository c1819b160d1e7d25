import HTTPTypes
import Identity

/// The cookie that holds a session: its token, and our signature on it.
enum SessionCookie {
    static let name = "waybill_session"

    /// Nil where we did not sign it.
    static func token(_ value: String, _ vault: Vault) -> APIToken? {
        let parts = value.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, value.utf8.count < 300 else { return nil }
        let token = String(parts[0])
        return vault.hasSigned(token, as: String(parts[1]), for: name) ? APIToken(token) : nil
    }

    /// Kept until the browser is closed for good; the session's own end is the server's matter.
    static func header(_ token: APIToken, _ vault: Vault, isBehindTLS: Bool) -> HTTPField {
        let signed = "\(token.text).\(vault.signature(of: token.text, for: name))"
        return HTTPField(
            name: .setCookie, value: "\(name)=\(signed); Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax\(isBehindTLS ? "; Secure" : "")")
    }

    static func ended(isBehindTLS: Bool) -> HTTPField {
        HTTPField(name: .setCookie, value: "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\(isBehindTLS ? "; Secure" : "")")
    }
}
