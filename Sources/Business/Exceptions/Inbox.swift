import Kernel
import Store

/// A place in an inbox: the next page begins behind it.
package struct InboxCursor: Hashable, Sendable {
    package let due: Instant
    package let id: ExceptionID

    package init(due: Instant, id: ExceptionID) {
        self.due = due
        self.id = id
    }
}

extension ExceptionRecord {
    package var cursor: InboxCursor { InboxCursor(due: due, id: id) }
}

extension Exceptions {
    /// A page of what is open for a role, the most urgent first.
    ///
    /// - Parameters:
    ///   - merchant: only of this merchant; nil for all.
    ///   - site: only at this site; nil for all.
    ///   - cursor: of the last one of the page before; nil for the first page.
    package static func inbox(
        _ role: OwnerRole, merchant: MerchantID? = nil, site: SiteID? = nil, after cursor: InboxCursor? = nil,
        limit: Int, in tx: Transaction
    ) throws -> [ExceptionRecord] {
        var sql: SQL = """
            SELECT \(ExceptionRecord.columns) FROM exception WHERE closed_at IS NULL AND owner_role = \(role)
            """
        if let merchant { sql = sql + " AND merchant = \(merchant)" }
        if let site { sql = sql + " AND site = \(site)" }
        if let cursor { sql = sql + " AND (due, id) > (\(cursor.due), \(cursor.id))" }
        return try tx.query(sql + " ORDER BY due, id LIMIT \(limit)", ExceptionRecord.decode)
    }

    /// How many are open, by role.
    package static func openCounts(in tx: Transaction) throws -> [OwnerRole: Int] {
        let counts = try tx.query(
            "SELECT owner_role, COUNT(*) FROM exception WHERE closed_at IS NULL GROUP BY owner_role ORDER BY owner_role"
        ) { (try $0.next(OwnerRole.self), try $0.next(Int.self)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    package static func find(_ id: ExceptionID, in tx: Transaction) throws -> ExceptionRecord? {
        try tx.first("SELECT \(ExceptionRecord.columns) FROM exception WHERE id = \(id)", ExceptionRecord.decode)
    }

    /// All of one subject, open and closed, oldest first.
    package static func history(of subject: String, in tx: Transaction) throws -> [ExceptionRecord] {
        try tx.query(
            "SELECT \(ExceptionRecord.columns) FROM exception WHERE subject = \(subject) ORDER BY id",
            ExceptionRecord.decode)
    }
}

extension ExceptionRecord {
    static let columns: SQL = """
        id, kind, subject, merchant, site, owner_role, opened_at, due, stake_minor, currency, detail, outcome, closed_at
        """

    static func decode(_ row: inout RowReader) throws -> ExceptionRecord {
        try ExceptionRecord(
            id: row.next(), kind: row.next(), subject: row.next(), merchant: row.next(), site: row.next(),
            ownerRole: row.next(), opened: row.next(), due: row.next(), stake: row.nextMoney(), detail: row.next(),
            outcome: row.next(), closed: row.next())
    }
}

extension RowReader {
    /// The next two columns: minor units, currency; nil where one is null.
    fileprivate mutating func nextMoney() throws -> Money? {
        let (minor, currency) = try (next(Int64?.self), next(Currency?.self))
        guard let minor, let currency else { return nil }
        return Money(minor, currency)
    }
}
