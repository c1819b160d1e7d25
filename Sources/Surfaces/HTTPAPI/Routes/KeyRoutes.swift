import Flows
import Identity
import Kernel
import Views

/// API keys: the token is shown once, only its hash is kept.
struct KeyRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/keys", "Make a key", for: [.operator]).named("createKey")
                .describing("The token is in this answer and nowhere else.")
                .body(KeyBody.self).answering(.created).missing("merchant", "site", "carrier")
                .refusing([CreateKey.Refused.nameInvalid, CreateKey.Refused.expired(.distantPast)])
                .handle { [desk] call, body in
                    let token = APIToken.make(Vault.systemRandom)
                    let flow = IssueKey(
                        name: body.name, holder: try body.holder, token: token, expires: body.expiresAt,
                        actor: try call.caller.actor)
                    return NewKeyReply(key: KeyReply(try await desk.perform(flow)), token: token.text)
                },
            Endpoint.get("/v1/keys", "List keys", for: [.operator]).named("listKeys")
                .list { [desk] call, page in
                    let after = try page.after(KeyID.self)
                    let rows = try await desk.read { try Keys.list(after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { KeyReply($0) }
                },
            Endpoint.delete("/v1/keys/{key}", "Make a key open nothing any more", for: [.operator]).named("revokeKey")
                .path(KeyID.self).missing("key").refusing([RevokeKey.OwnKey()])
                .handle { [desk] call in
                    try await desk.perform(RevokeKey(call.path, by: try call.caller.keyID))
                    desk.keys.forget()
                    return Nothing()
                },
        ].tagged("Keys")
    }
}

/// For whom a key is: the role, and the one merchant, site or carrier.
struct KeyBody: Codable, Sendable {
    var name: String
    var role: KeyHolder.Role
    var merchant: MerchantID?
    var site: SiteID?
    var carrier: CarrierID?
    var expiresAt: Instant?

    private enum CodingKeys: String, CodingKey { case name, role, merchant, site, carrier, expiresAt = "expires_at" }

    var holder: KeyHolder {
        get throws {
            switch (role, merchant, site, carrier) {
            case (.operator, nil, nil, nil): return .operator
            case (.merchant, let id?, nil, nil): return .merchant(id)
            case (.site, nil, let id?, nil): return .site(id)
            case (.carrier, nil, nil, let id?): return .carrier(id)
            default:
                throw InvalidRequest([
                    Violation(
                        pointer: "/role", detail: "A key of the role '\(role.rawValue)' names its \(role.rawValue) and no other.")
                ])
            }
        }
    }
}

extension KeyBody: Documented {
    static let fields: FieldNotes = [
        "name": FieldNote("For people to tell keys apart.", length: 1...100, example: "Shop of Glow"),
        "merchant": "For a merchant's key.", "site": "For a site's key.", "carrier": "For a carrier's key.",
        "expires_at": "Stays unless said.",
    ]
}

/// A key as it is kept.
struct KeyReply: Codable, Sendable {
    var id: KeyID
    var name: String
    var role: KeyHolder.Role
    var merchant: MerchantID?
    var site: SiteID?
    var carrier: CarrierID?
    var createdAt: Instant
    var expiresAt: Instant?
    var revokedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, name, role, merchant, site, carrier, createdAt = "created_at", expiresAt = "expires_at"
        case revokedAt = "revoked_at"
    }

    init(_ key: KeyRecord) {
        id = key.id
        name = key.name
        role = key.role
        if case .merchant(let id) = key.holder { merchant = id }
        if case .site(let id) = key.holder { site = id }
        if case .carrier(let id) = key.holder { carrier = id }
        createdAt = key.created
        expiresAt = key.expires
        revokedAt = key.revoked
    }
}

struct NewKeyReply: Codable, Sendable, Documented {
    var key: KeyReply
    var token: String

    static let fields: FieldNotes = ["token": "Shown once: send it as `Authorization: Bearer …`."]
}
