import Crypto
import Kernel
import Store

/// Documents that name people, such as labels that others drew: sealed under their merchant's key, and erased with the
/// person they name.
package enum SealedDocuments {
    package struct Opened: Sendable {
        package let mediaType: String
        package let bytes: [UInt8]
    }

    /// Keeps a document for a thing that has at most one; a later one replaces it.
    ///
    /// - Parameters:
    ///   - subject: the raw id of the thing.
    ///   - recipient: whom it names; nil where nobody is known by name.
    package static func keep(
        _ bytes: [UInt8], _ mediaType: String, of subject: Int64, merchant: MerchantID, recipient: RecipientID?, _ vault: Vault,
        in tx: Transaction
    ) throws {
        let key = try SealingKeys.load(for: [merchant], vault, in: tx).key(of: merchant)
        let sealed = try vault.seal(bytes, under: key, context: context(subject))
        try tx.run(
            """
            INSERT INTO sealed_document (subject, merchant, recipient, media_type, sha256, sealed, created_at)
            VALUES (\(subject), \(merchant), \(recipient), \(mediaType), \(hash(bytes)), \(sealed), \(tx.now))
            ON CONFLICT (subject) DO UPDATE SET media_type = excluded.media_type, sha256 = excluded.sha256,
                sealed = excluded.sealed, recipient = excluded.recipient
            """)
    }

    /// Nil where there is none, or the person it named was forgotten.
    package static func open(_ subject: Int64, _ vault: Vault, in tx: Transaction) throws -> Opened? {
        let row = try tx.first("SELECT merchant, media_type, sealed FROM sealed_document WHERE subject = \(subject)") {
            try (merchant: $0.next(MerchantID.self), mediaType: $0.next(String.self), sealed: $0.next(String.self))
        }
        guard let row else { return nil }
        let key = try SealingKeys.existing(of: [row.merchant], vault, in: tx).key(of: row.merchant)
        return Opened(mediaType: row.mediaType, bytes: try vault.open(row.sealed, under: key, context: context(subject)))
    }

    /// The SHA-256 of what is kept, by subject.
    package static func hashes(_ subjects: [Int64], in tx: Transaction) throws -> [Int64: String] {
        let rows = try tx.query(
            "SELECT subject, sha256 FROM sealed_document WHERE subject IN \(list: subjects) ORDER BY subject"
        ) { try ($0.next(Int64.self), $0.next(String.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    package static func erase(_ subjects: [Int64], in tx: Transaction) throws {
        guard !subjects.isEmpty else { return }
        try tx.run("DELETE FROM sealed_document WHERE subject IN \(list: subjects)")
    }

    static func eraseAll(naming recipients: [RecipientID], in tx: Transaction) throws {
        try tx.run("DELETE FROM sealed_document WHERE recipient IN \(list: recipients)")
    }

    package static func hash(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func context(_ subject: Int64) -> String { "the document of \(subject)" }
}
