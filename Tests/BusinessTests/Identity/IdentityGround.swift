import Identity
import Kernel
import Store
import Synchronization
import TestGround

/// A stepper with the tables of identity.
func withIdentity<T>(_ kind: EngineKind, _ body: (Stepper) throws -> T) throws -> T {
    try withStepper(kind, migrations: IdentitySchema.migrations, body)
}

extension Vault {
    /// A vault whose keys and nonces follow from a seed.
    static func seeded(_ seed: UInt64) throws -> Vault {
        let stream = SeededBytes(seed)
        return Vault(try MasterKey(id: "test", bytes: stream.next(32))) { stream.next($0) }
    }
}

/// Bytes of one seed, for callers that cannot hold a generator of their own.
final class SeededBytes: Sendable {
    private let random: Mutex<SeededRandom>

    init(_ seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

    func next(_ count: Int) -> [UInt8] {
        random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
    }
}

extension Country {
    fileprivate static let portugal: Country = {
        guard let country = Country("PT") else { preconditionFailure("Portugal is a country") }
        return country
    }()
}

extension Person {
    static let ana = Person(
        name: "Ana Sousa", phone: "+351 912 345 678", email: "ana@example.com", street: ["Rua das Flores 1", "3.º Esq."],
        city: "Porto", postalCode: "4000-001", country: .portugal)
    static let ben = Person(
        name: "Ben", company: "Nori", phone: "912000111", street: ["Avenida Central 40"], district: "Braga", city: "Braga",
        region: "Norte", postalCode: "4710-229", country: .portugal, note: "Ring twice")
}
