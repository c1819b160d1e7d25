import Kernel
import Store

/// Erases people: what was sealed, documents that name them and hashes go, the row stays, so that what points to it keeps adding up.
package enum ForgetRecipients {
    /// Emits `recipient.forgotten` for each that was still known; answers how many. When it may happen (no parcel on
    /// the way, legal terms over) is for the caller to see to.
    @discardableResult
    package static func run(
        _ ids: [RecipientID], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> Int {
        let known = try tx.query(
            """
            SELECT id, merchant FROM recipient WHERE id IN \(list: ids) AND forgotten_at IS NULL ORDER BY id \(.forUpdate)
            """
        ) { (try $0.next(RecipientID.self), try $0.next(MerchantID.self)) }
        guard !known.isEmpty else { return 0 }
        try tx.run(
            """
            UPDATE recipient SET sealed = NULL, phone_hash = NULL, email_hash = NULL, address_hash = NULL,
                forgotten_at = \(tx.now)
            WHERE id IN \(list: known.map(\.0))
            """, expecting: known.count)
        try SealedDocuments.eraseAll(naming: known.map(\.0), in: tx)
        for (id, merchant) in known {
            tx.emit(IdentityEvents.recipientForgotten(id, of: merchant, occurred: occurred ?? tx.now, actor: actor))
        }
        return known.count
    }
}

extension Recipients {
    /// As `ForgetRecipients.run`.
    @discardableResult
    package static func forget(_ ids: [RecipientID], actor: String = "system", in tx: Transaction) throws -> Int {
        try ForgetRecipients.run(ids, actor: actor, in: tx)
    }
}
