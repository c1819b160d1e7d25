import Kernel
import Store

/// For whom a key acts.
package enum KeyHolder: Hashable, Sendable {
    case `operator`
    case merchant(MerchantID)
    case site(SiteID)
    case carrier(CarrierID)

    package enum Role: String, CaseIterable, Sendable, Codable, SQLValue {
        case `operator`
        case merchant
        case site
        case carrier
    }

    package var role: Role {
        switch self {
        case .operator: .operator
        case .merchant: .merchant
        case .site: .site
        case .carrier: .carrier
        }
    }

    /// The raw id of the merchant, site or carrier; nil for the operator.
    package var party: Int64? {
        switch self {
        case .operator: nil
        case .merchant(let id): id.raw
        case .site(let id): id.raw
        case .carrier(let id): id.raw
        }
    }

    /// Nil where a party is missing, or there for the operator.
    init?(_ role: Role, party: Int64?) {
        switch (role, party) {
        case (.operator, nil): self = .operator
        case (.merchant, let id?): self = .merchant(MerchantID(id))
        case (.site, let id?): self = .site(SiteID(id))
        case (.carrier, let id?): self = .carrier(CarrierID(id))
        default: return nil
        }
    }
}

/// An API key as it is kept: never the token itself.
package struct KeyRecord: Hashable, Sendable {
    package let id: KeyID
    package let name: String
    package let holder: KeyHolder
    package let created: Instant
    /// From then on it opens nothing; nil for a key that stays.
    package let expires: Instant?
    package let revoked: Instant?

    package var role: KeyHolder.Role { holder.role }

    package func isValid(at instant: Instant) -> Bool {
        revoked == nil && expires.map { instant < $0 } ?? true
    }
}

/// The API keys of the network.
package enum Keys {
    /// The key with this hash, valid or not; nil where there is none.
    package static func find(_ hash: String, in tx: Transaction) throws -> KeyRecord? {
        try tx.first("SELECT \(columns) FROM api_key WHERE hash = \(hash)", decode)
    }

    /// All keys in the order they were made, revoked ones too.
    ///
    /// - Parameter holder: nil lists everybody's.
    package static func list(
        of holder: KeyHolder? = nil, after id: KeyID? = nil, limit: Int, in tx: Transaction
    ) throws -> [KeyRecord] {
        var sql: SQL = "SELECT \(columns) FROM api_key WHERE id > \(id?.raw ?? -1)"
        if let holder {
            sql = sql + " AND role = \(holder.role)"
            if let party = holder.party { sql = sql + " AND party = \(party)" }
        }
        return try tx.query(sql + " ORDER BY id LIMIT \(limit)", decode)
    }

    private static let columns: SQL = "id, name, role, party, created_at, expires_at, revoked_at"

    private static func decode(_ row: inout RowReader) throws -> KeyRecord {
        let (id, name) = try (row.next(KeyID.self), row.next(String.self))
        let (role, party) = try (row.next(KeyHolder.Role.self), row.next(Int64?.self))
        guard let holder = KeyHolder(role, party: party) else {
            throw StoreError.unexpected("\(id) has a role and a party that do not go together")
        }
        return try KeyRecord(
            id: id, name: name, holder: holder, created: row.next(), expires: row.next(), revoked: row.next())
    }
}
