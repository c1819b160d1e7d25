import Kernel
import Store

/// Turns people into rows: sealed, with their hashes.
struct Sealer: Sendable {
    private let vault: Vault
    private let keys: SealingKeys
    private let hasher: PersonHasher

    init(for merchants: [MerchantID], _ vault: Vault, in tx: Transaction) throws {
        self.vault = vault
        keys = try SealingKeys.load(for: merchants + [SealingKeys.operatorID], vault, in: tx)
        hasher = try PersonHasher(keys)
    }

    static var rows: Rows {
        Rows(["id": .int, "merchant": .int, "sealed": .text, "phone": .int, "email": .int, "address": .int, "ord": .int])
    }

    /// - Parameter nonce: as `Vault.nonces` draws them.
    func add(
        _ person: Person, _ id: RecipientID, of merchant: MerchantID, for order: OrderID? = nil, nonce: some Collection<UInt8>,
        to rows: inout Rows
    ) throws {
        let sealed = try vault.seal(
            person.canonicalText, under: keys.key(of: merchant), context: Self.context(id), nonce: Array(nonce))
        rows.add(id, merchant, sealed, hasher.phone(person.phone), hasher.email(person.email), hasher.address(person), order)
    }

    /// Binds what is sealed to its row, so that it opens in no other.
    static func context(_ id: RecipientID) -> String { id.description }
}
