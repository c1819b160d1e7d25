import Identity
import Kernel
import Store
import Synchronization

/// Keys as the store keeps them, by the hash of their token.
///
/// A key that was found is remembered for two seconds, so that a key that another node revokes opens nothing soon after.
package final class StoreKeys: KeyLookup {
    private struct Known {
        let key: KeyRecord
        let until: Instant
    }

    private let store: Store
    private let known = Mutex<[String: Known]>([:])
    private static let memory = Duration.seconds(2)
    private static let limit = 10_000

    package init(_ store: Store) { self.store = store }

    package func caller(forBearer token: String) async throws -> Caller? {
        let hash = APIToken(token).hash, now = store.clock()
        guard let key = try await key(hash, now), key.isValid(at: now) else { return nil }
        return Caller(keyID: key.id, role: key.holder.role(), name: key.name)
    }

    /// Looks every key up anew.
    package func forget() { known.withLock { $0.removeAll() } }

    private func key(_ hash: String, _ now: Instant) async throws -> KeyRecord? {
        if let known = known.withLock({ $0[hash] }), now < known.until { return known.key }
        guard let key = try await store.read({ try Keys.find(hash, in: $0) }) else { return nil }
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            known[hash] = Known(key: key, until: now + Self.memory)
        }
        return key
    }
}

extension KeyHolder {
    func role() -> Caller.Role {
        switch self {
        case .operator: .operator
        case .merchant(let id): .merchant(id)
        case .site(let id): .site(id)
        case .carrier(let id): .carrier(id)
        }
    }
}
