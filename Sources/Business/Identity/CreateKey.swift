import Kernel
import Store

/// Makes an API key.
package enum CreateKey {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case nameInvalid
        case expired(Instant)
    }

    /// Keeps the hash of `token`; the token is the caller's to show once. Emits `key.created`.
    ///
    /// - Parameters:
    ///   - name: 1 to 100 characters, for people to tell keys apart.
    ///   - token: of `APIToken.make`.
    ///   - expires: nil for a key that stays.
    package static func run(
        name: String, holder: KeyHolder, token: APIToken, expires: Instant? = nil, actor: String = "system",
        in tx: Transaction
    ) throws -> KeyRecord {
        guard (1...100).contains(name.count) else { throw Refused.nameInvalid }
        if let expires, expires <= tx.now { throw Refused.expired(expires) }
        let key = KeyRecord(id: tx.id(), name: name, holder: holder, created: tx.now, expires: expires, revoked: nil)
        try tx.run(
            """
            INSERT INTO api_key (id, hash, name, role, party, created_at, expires_at)
            VALUES (\(key.id), \(token.hash), \(name), \(holder.role), \(holder.party), \(tx.now), \(expires))
            """)
        tx.emit(IdentityEvents.keyCreated(key, actor: actor))
        return key
    }
}

extension CreateKey.Refused {
    package var code: String {
        switch self {
        case .nameInvalid: "identity.key_name_invalid"
        case .expired: "identity.key_expired"
        }
    }

    package var message: String {
        switch self {
        case .nameInvalid: "A key's name has 1 to 100 characters."
        case .expired(let instant): "A key expires in the future; \(instant) has passed."
        }
    }

    package var kind: RefusalKind { .invalid }

    package var field: String? {
        switch self {
        case .nameInvalid: "/name"
        case .expired: "/expires_at"
        }
    }
}
