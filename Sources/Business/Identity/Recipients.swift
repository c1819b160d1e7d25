import Kernel
import Store

/// The people goods go to: the one table that holds personal data, sealed.
package enum Recipients {
    /// Keeps people for their merchants; answers their ids in the order given. Cannot refuse and leaves no event:
    /// the order names its recipient.
    ///
    /// - Parameter orders: for which each was told, in the order of `people`: a phone number leads to the order by it. Empty
    ///   where there is none.
    package static func add(
        _ people: [(merchant: MerchantID, person: Person)], for orders: [OrderID] = [], _ vault: Vault, in tx: Transaction
    ) throws -> [RecipientID] {
        let sealing = try begin(people, for: orders, vault, in: tx)
        try sealing.write(in: tx)
        return sealing.ids
    }

    /// As `add`, but that they are sealed beside the transaction until `Sealing.write`, which has to follow in it.
    package static func begin(
        _ people: [(merchant: MerchantID, person: Person)], for orders: [OrderID] = [], _ vault: Vault, in tx: Transaction
    ) throws -> Sealing {
        precondition(orders.isEmpty || orders.count == people.count, "each person has an order, or none has")
        let sealer = try Sealer(for: people.map(\.merchant), vault, in: tx)
        let ids = people.map { _ in tx.id(RecipientID.self) }
        let nonces = people.isEmpty ? [] : vault.draw(Vault.nonceBytes * people.count)
        let rows = Aside(isMuch: people.count >= Sealing.much) {
            var rows = Sealer.rows
            for (index, (merchant, person)) in people.enumerated() {
                let nonce = nonces[index * Vault.nonceBytes..<(index + 1) * Vault.nonceBytes]
                try sealer.add(
                    person, ids[index], of: merchant, for: orders.isEmpty ? nil : orders[index], nonce: nonce, to: &rows)
            }
            return rows
        }
        return Sealing(ids: ids, rows: rows)
    }

    /// People on their way into the table.
    package struct Sealing {
        /// So many are worth another thread.
        static let much = 16

        package let ids: [RecipientID]
        let rows: Aside<Rows>

        package func write(in tx: Transaction) throws {
            try tx.run(
                """
                INSERT INTO recipient (id, merchant, sealed, phone_hash, email_hash, address_hash, order_id, created_at, block)
                SELECT v.id, v.merchant, v.sealed, v.phone, v.email, v.address, v.ord, \(tx.now), \(tx.block)
                FROM (\(rows: rows.get())) AS v
                """)
        }
    }

    /// Replaces what is known of recipients, as after a corrected address. Those forgotten stay forgotten.
    package static func change(_ people: [RecipientID: Person], _ vault: Vault, in tx: Transaction) throws {
        let merchants = try tx.query(
            """
            SELECT id, merchant FROM recipient WHERE id IN \(list: people.keys.sorted()) AND forgotten_at IS NULL
            ORDER BY id \(.forUpdate)
            """
        ) { (try $0.next(RecipientID.self), try $0.next(MerchantID.self)) }
        let sealer = try Sealer(for: merchants.map(\.1), vault, in: tx)
        var rows = Sealer.rows
        for (id, merchant) in merchants {
            if let person = people[id] { try sealer.add(person, id, of: merchant, nonce: vault.draw(Vault.nonceBytes), to: &rows) }
        }
        try tx.run(
            """
            UPDATE recipient SET sealed = v.sealed, phone_hash = v.phone, email_hash = v.email, address_hash = v.address
            FROM (\(rows: rows)) AS v WHERE recipient.id = v.id
            """)
    }

    /// The people behind ids; those forgotten or unknown are absent.
    package static func open(
        _ ids: some Sequence<RecipientID>, _ vault: Vault, in tx: Transaction
    ) throws -> [RecipientID: Person] {
        let rows = try tx.query(
            "SELECT id, merchant, sealed FROM recipient WHERE id IN \(list: ids) AND sealed IS NOT NULL ORDER BY id"
        ) { (try $0.next(RecipientID.self), try $0.next(MerchantID.self), try $0.next(String.self)) }
        guard !rows.isEmpty else { return [:] }
        let keys = try SealingKeys.existing(of: rows.map(\.1), vault, in: tx)
        return try Dictionary(uniqueKeysWithValues: rows.map { id, merchant, sealed in
            let bytes = try vault.open(sealed, under: keys.key(of: merchant), context: Sealer.context(id))
            guard let json = try? JSON(String(decoding: bytes, as: UTF8.self)), let person = Person(json) else {
                throw StoreError.unexpected("\(id) holds no person")
            }
            return (id, person)
        })
    }

    /// Recipients with this phone number, newest first.
    ///
    /// - Parameter merchant: nil looks under all.
    package static func find(
        phone: String, of merchant: MerchantID? = nil, limit: Int = 100, _ vault: Vault, in tx: Transaction
    ) throws -> [RecipientID] {
        guard let hash = try hasher(vault, in: tx)?.phone(phone) else { return [] }
        return try find("phone_hash = \(hash)", of: merchant, limit: limit, in: tx)
    }

    /// Recipients with this e-mail address, newest first; `merchant` as above.
    package static func find(
        email: String, of merchant: MerchantID? = nil, limit: Int = 100, _ vault: Vault, in tx: Transaction
    ) throws -> [RecipientID] {
        guard let hash = try hasher(vault, in: tx)?.email(email) else { return [] }
        return try find("email_hash = \(hash)", of: merchant, limit: limit, in: tx)
    }

    /// Recipients at the address of this person, newest first; `merchant` as above.
    package static func find(
        addressOf person: Person, of merchant: MerchantID? = nil, limit: Int = 100, _ vault: Vault, in tx: Transaction
    ) throws -> [RecipientID] {
        guard let hash = try hasher(vault, in: tx)?.address(person) else { return [] }
        return try find("address_hash = \(hash)", of: merchant, limit: limit, in: tx)
    }

    /// The orders for which these were told, newest first.
    package static func orders(of recipients: [RecipientID], in tx: Transaction) throws -> [OrderID] {
        try tx.values(
            "SELECT order_id FROM recipient WHERE id IN \(list: recipients) AND order_id IS NOT NULL ORDER BY order_id DESC, id")
    }

    /// Nil before the first recipient was added.
    /// Keyed hashes of where these people live: equal for equal addresses; those forgotten or without one are absent.
    package static func addresses(of ids: some Sequence<RecipientID>, in tx: Transaction) throws -> [RecipientID: Int64] {
        let rows = try tx.query(
            "SELECT id, address_hash FROM recipient WHERE id IN \(list: Set(ids).sorted()) AND address_hash IS NOT NULL ORDER BY id"
        ) { try ($0.next(RecipientID.self), $0.next(Int64.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func hasher(_ vault: Vault, in tx: Transaction) throws -> PersonHasher? {
        let keys = try SealingKeys.existing(of: [SealingKeys.operatorID], vault, in: tx)
        return keys.has(SealingKeys.operatorID) ? try PersonHasher(keys) : nil
    }

    private static func find(
        _ condition: SQL, of merchant: MerchantID?, limit: Int, in tx: Transaction
    ) throws -> [RecipientID] {
        var sql: SQL = "SELECT id FROM recipient WHERE block IN \(.blocks(of: "recipient")) AND \(condition)"
        if let merchant { sql = sql + " AND merchant = \(merchant)" }
        return try tx.values(sql + " ORDER BY id DESC LIMIT \(limit)")
    }

    /// Wraps every sealing key under the current master key, after which the earlier ones are not needed; answers how
    /// many keys there were to wrap. What is sealed and the hashes stay as they are.
    package static func rewrap(_ vault: Vault, in tx: Transaction) throws -> Int { try SealingKeys.rewrap(vault, in: tx) }
}
