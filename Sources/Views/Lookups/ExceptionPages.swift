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

    private enum CodingKeys: String, CodingKey {
        case id, kind, subject, merchant, site, role, openedAt = "opened_at", due, stake, detail
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

    /// A page of what is open, the most urgent first.
    package static func open(
        _ role: OwnerRole?, _ scope: Scope, after cursor: ExceptionCursor?, limit: Int, in tx: Transaction
    ) throws -> [ExceptionView] {
        var sql: SQL = """
            SELECT id, kind, subject, merchant, site, owner_role, opened_at, due, stake_minor, currency, detail FROM exception
            WHERE closed_at IS NULL AND \(owns(scope))
            """
        if let role { sql = sql + " AND owner_role = \(role)" }
        if let cursor { sql = sql + " AND (due, id) > (\(cursor.due), \(cursor.id))" }
        return try tx.query(sql + " ORDER BY due, id LIMIT \(limit)") {
            try ExceptionView(
                id: $0.next(), kind: $0.next(), subject: $0.next(), merchant: $0.next(), site: $0.next(), role: $0.next(),
                openedAt: $0.next(), due: $0.next(), stake: $0.nextMoneyIfAny(), detail: $0.next())
        }
    }
}
