import Facilities
import Identity
import Kernel
import Merchants
import Store

/// Makes an API key for somebody who exists.
package struct IssueKey: Flow {
    let name: String
    let holder: KeyHolder
    let token: APIToken
    let expires: Instant?
    let actor: String

    /// - Parameter token: shown once by whoever asks; only its hash is kept.
    package init(name: String, holder: KeyHolder, token: APIToken, expires: Instant?, actor: String) {
        self.name = name
        self.holder = holder
        self.token = token
        self.expires = expires
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> KeyRecord {
        switch holder {
        case .operator: break
        case .merchant(let id): if try Merchant.find(id, in: tx) == nil { throw NotFound("merchant", id) }
        case .site(let id): if try Site.find(id, in: tx) == nil { throw NotFound("site", id) }
        case .carrier(let id):
            if try !Carrier.all(in: tx).contains(where: { $0.id == id }) { throw NotFound("carrier", id) }
        }
        return try CreateKey.run(name: name, holder: holder, token: token, expires: expires, actor: actor, in: tx)
    }
}

/// Makes a key open nothing any more.
package struct RevokeKey: Flow {
    let id: KeyID
    let caller: KeyID?
    let actor: String

    /// Whoever revokes the key they call with could lock everybody out.
    package struct OwnKey: Refusal, Equatable {
        package var code: String { "identity.key_own" }
        package var message: String { "A key does not revoke itself; use another one." }
        package var kind: RefusalKind { .conflict }

        package init() {}
    }

    /// - Parameter caller: the key that asks for it; nil for an account, or for who has the database itself.
    package init(_ id: KeyID, by caller: KeyID?, actor: String = "waybill keys") {
        self.id = id
        self.caller = caller
        self.actor = caller?.description ?? actor
    }

    package func run(in tx: Transaction) throws {
        guard id != caller else { throw OwnKey() }
        try RevokeKeys.run([id], actor: actor, in: tx)
    }
}
