import Kernel
import Store

/// Makes API keys open nothing any more.
package enum RevokeKeys {
    /// Emits `key.revoked` for each that was not revoked; a key that was is left as it is.
    ///
    /// - Throws: `NotFound` for the first id that is no key.
    package static func run(_ ids: [KeyID], actor: String = "system", in tx: Transaction) throws {
        let known = try tx.query(
            "SELECT id, revoked_at FROM api_key WHERE id IN \(list: ids) ORDER BY id \(.forUpdate)"
        ) { (try $0.next(KeyID.self), try $0.next(Instant?.self)) }
        let found = Set(known.map(\.0))
        if let unknown = ids.first(where: { !found.contains($0) }) { throw NotFound("key", unknown) }
        let open = known.filter { $0.1 == nil }.map(\.0)
        try tx.run("UPDATE api_key SET revoked_at = \(tx.now) WHERE id IN \(list: open)", expecting: open.count)
        for id in open { tx.emit(IdentityEvents.keyRevoked(id, occurred: tx.now, actor: actor)) }
    }
}
