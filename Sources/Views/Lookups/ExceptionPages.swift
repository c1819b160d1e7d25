import Exceptions
import Kernel
import Store

/// Something that needs a person, as it is shown outside.
package struct ExceptionView: Codable, Sendable {
    package let id: ExceptionID
    package let kind: String
    package let subject: String
    package let merchant: MerchantID?
    package let site: SiteID?
    package let role: OwnerRole
    package let openedAt: Instant
    package let due: Instant
    package let stake: Money?
    package let detail: String
    package let assignee: String?
    package let escalatedAt: Instant?
    package let outcome: String?
    package let closedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, kind, subject, merchant, site, role, openedAt = "opened_at", due, stake, detail, assignee
        case escalatedAt = "escalated_at", outcome, closedAt = "closed_at"
    }

    static let columns: SQL = """
        id, kind, subject, merchant, site, owner_role, opened_at, due, stake_minor, currency, detail, assignee, escalated_at,
        outcome, closed_at
        """

    static func decode(_ row: inout RowReader) throws -> ExceptionView {
        try ExceptionView(
            id: row.next(), kind: row.next(), subject: row.next(), merchant: row.next(), site: row.next(), role: row.next(),
            openedAt: row.next(), due: row.next(), stake: row.nextMoneyIfAny(), detail: row.next(), assignee: row.next(),
            escalatedAt: row.next(), outcome: row.next(), closedAt: row.next())
    }

    package var cursor: ExceptionCursor { ExceptionCursor(due: due, id: id) }
}

/// A place in an inbox.
package struct ExceptionCursor: Codable, Sendable {
    package let due: Instant
    package let id: ExceptionID
}

package enum ExceptionPages {
    /// Merchants and sites see what is theirs to decide.
    static func owns(_ scope: Scope) -> SQL {
        switch scope {
        case .merchant: "owner_role = 'merchant' AND \(scope.owns(merchant: "merchant"))"
        case .site: "owner_role = 'site' AND \(scope.owns(site: "site"))"
        case .network, .carrier: scope.owns()
        }
    }

    /// Which exceptions are wanted; nil takes all.
    package struct Filter: Sendable {
        /// The operator's hold what was escalated as well.
        package var role: OwnerRole?
        package var kind: String?
        package var merchant: MerchantID?
        package var site: SiteID?
        package var overdue = false

        package init() {}
    }

    /// A page of what is open, the most urgent first.
    package static func open(
        _ filter: Filter, _ scope: Scope, after cursor: ExceptionCursor?, limit: Int, in tx: Transaction
    ) throws -> [ExceptionView] {
        var sql: SQL = "SELECT \(ExceptionView.columns) FROM exception WHERE closed_at IS NULL AND \(owns(scope))"
        if filter.role == .operator {
            sql = sql + " AND (owner_role = 'operator' OR escalated_at IS NOT NULL)"
        } else if let role = filter.role {
            sql = sql + " AND owner_role = \(role)"
        }
        if let kind = filter.kind { sql = sql + " AND kind = \(kind)" }
        if let merchant = filter.merchant { sql = sql + " AND merchant = \(merchant)" }
        if let site = filter.site { sql = sql + " AND site = \(site)" }
        if filter.overdue { sql = sql + " AND due < \(tx.now)" }
        if let cursor { sql = sql + " AND (due, id) > (\(cursor.due), \(cursor.id))" }
        return try tx.query(sql + " ORDER BY due, id LIMIT \(limit)", ExceptionView.decode)
    }

    package static func find(_ id: ExceptionID, _ scope: Scope, in tx: Transaction) throws -> ExceptionView {
        let sql: SQL = "SELECT \(ExceptionView.columns) FROM exception WHERE id = \(id) AND \(owns(scope))"
        guard let found = try tx.first(sql, ExceptionView.decode) else { throw NotFound("exception", id) }
        return found
    }

    /// How many are open, by kind and role.
    package static func counts(_ scope: Scope, in tx: Transaction) throws -> [ExceptionCount] {
        try tx.query(
            """
            SELECT kind, owner_role, COUNT(*), COUNT(CASE WHEN due < \(tx.now) THEN 1 END) FROM exception
            WHERE closed_at IS NULL AND \(owns(scope)) GROUP BY kind, owner_role ORDER BY kind, owner_role
            """
        ) {
            try ExceptionCount(kind: $0.next(), role: $0.next(), open: $0.next(), overdue: $0.next())
        }
    }
}

/// How many exceptions of one kind are open for one role.
package struct ExceptionCount: Codable, Sendable {
    package let kind: String
    package let role: OwnerRole
    package let open: Int
    package let overdue: Int
}
