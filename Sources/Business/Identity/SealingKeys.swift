import Crypto
import Kernel
import Store

/// The keys that seal, opened for one transaction: one a merchant, and the operator's for hashes.
struct SealingKeys: Sendable {
    /// Stands for the operator in `sealing_key`; no merchant has it.
    static let operatorID = MerchantID(0)

    private let keys: [MerchantID: SymmetricKey]

    /// Opens the keys of these owners and makes those that are missing.
    static func load(for owners: some Sequence<MerchantID>, _ vault: Vault, in tx: Transaction) throws -> SealingKeys {
        let wanted = Set(owners).sorted()
        var wrapped = try rows(of: wanted, in: tx)
        let missing = wanted.filter { wrapped[$0] == nil }
        if !missing.isEmpty {
            try make(missing, vault, in: tx)
            wrapped = try rows(of: wanted, in: tx)
        }
        return try SealingKeys(wrapped, vault)
    }

    /// Opens the keys of those owners that have one; makes none, so that it can be read from a snapshot.
    static func existing(of owners: some Sequence<MerchantID>, _ vault: Vault, in tx: Transaction) throws -> SealingKeys {
        try SealingKeys(rows(of: Set(owners).sorted(), in: tx), vault)
    }

    private init(_ wrapped: [MerchantID: WrappedKey], _ vault: Vault) throws {
        keys = try Dictionary(uniqueKeysWithValues: wrapped.sorted { $0.key < $1.key }.map { owner, key in
            (owner, SymmetricKey(data: try key.open(for: owner, vault)))
        })
    }

    func has(_ owner: MerchantID) -> Bool { keys[owner] != nil }

    func key(of owner: MerchantID) throws -> SymmetricKey {
        guard let key = keys[owner] else { throw StoreError.unexpected("\(owner) has no sealing key") }
        return key
    }

    private static func rows(of owners: [MerchantID], in tx: Transaction) throws -> [MerchantID: WrappedKey] {
        let found = try tx.query(
            "SELECT merchant, master_key, wrapped FROM sealing_key WHERE merchant IN \(list: owners) ORDER BY merchant"
        ) { (try $0.next(MerchantID.self), try WrappedKey(master: $0.next(), text: $0.next())) }
        return Dictionary(uniqueKeysWithValues: found)
    }

    /// Another transaction may make the same key at the same time: the first one stands.
    private static func make(_ owners: [MerchantID], _ vault: Vault, in tx: Transaction) throws {
        var rows = Rows(["merchant": .int, "master": .text, "wrapped": .text])
        for owner in owners {
            let key = try WrappedKey(vault.draw(32), for: owner, vault)
            rows.add(owner, key.master, key.text)
        }
        try tx.run(
            """
            INSERT INTO sealing_key (merchant, master_key, wrapped, created_at)
            SELECT v.merchant, v.master, v.wrapped, \(tx.now) FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (merchant) DO NOTHING
            """)
    }

    /// Wraps all keys under the current master key that are still under another; answers how many.
    ///
    /// What they seal stays as it is. The earlier master key is not needed afterwards.
    @discardableResult
    static func rewrap(_ vault: Vault, in tx: Transaction) throws -> Int {
        let stale = try tx.query(
            """
            SELECT merchant, master_key, wrapped FROM sealing_key WHERE master_key <> \(vault.current.id)
            ORDER BY merchant \(.forUpdate)
            """
        ) { (try $0.next(MerchantID.self), try WrappedKey(master: $0.next(), text: $0.next())) }
        var rows = Rows(["merchant": .int, "master": .text, "wrapped": .text])
        for (owner, old) in stale {
            let new = try WrappedKey(old.open(for: owner, vault), for: owner, vault)
            rows.add(owner, new.master, new.text)
        }
        return try tx.run(
            """
            UPDATE sealing_key SET master_key = v.master, wrapped = v.wrapped
            FROM (\(rows: rows)) AS v WHERE sealing_key.merchant = v.merchant
            """)
    }
}

/// A sealing key as it is stored.
private struct WrappedKey {
    /// The id of the master key that wraps it.
    let master: String
    let text: String

    init(master: String, text: String) {
        self.master = master
        self.text = text
    }

    init(_ key: [UInt8], for owner: MerchantID, _ vault: Vault) throws {
        master = vault.current.id
        text = try vault.seal(key, under: vault.current.key, context: Self.context(owner))
    }

    func open(for owner: MerchantID, _ vault: Vault) throws -> [UInt8] {
        try vault.open(text, under: vault.master(master).key, context: Self.context(owner))
    }

    private static func context(_ owner: MerchantID) -> String { "the sealing key of \(owner)" }
}
