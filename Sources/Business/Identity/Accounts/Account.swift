import Kernel
import Store

package enum AccountTag: IDTag { package static let prefix = "acc" }
package typealias AccountID = ID<AccountTag>

/// Somebody who signs in, without what they prove themselves with.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    /// What they sign in with: an e-mail address or a name, in lower case.
    package let login: String
    package let name: String
    package let role: AccountRole
    /// With whose eyes they see.
    package let holder: KeyHolder
    /// `en`, `pt`, `zh`; nil for what the browser asks for.
    package let language: String?
    /// IANA name of the zone times are shown in; nil for the installation's.
    package let zone: String?
    package let created: Instant
    package let disabled: Instant?
    /// Whether a password was set: an invitation that nobody took up has none.
    package let hasPassword: Bool
    package let hasSecondFactor: Bool
}

extension Account {
    /// Nil where there is none.
    package static func find(_ id: AccountID, in tx: Transaction) throws -> Account? {
        try tx.first("SELECT \(columns) FROM account WHERE id = \(id)", decode)
    }

    /// Nil where nobody signs in with this name.
    package static func find(login: String, in tx: Transaction) throws -> Account? {
        try tx.first("SELECT \(columns) FROM account WHERE login = \(normalised(login))", decode)
    }

    /// All accounts in the order they were made.
    package static func list(after id: AccountID? = nil, limit: Int, in tx: Transaction) throws -> [Account] {
        try tx.query("SELECT \(columns) FROM account WHERE id > \(id?.raw ?? -1) ORDER BY id LIMIT \(limit)", decode)
    }

    /// The names behind these ids, for showing who did something.
    package static func names(_ ids: [AccountID], in tx: Transaction) throws -> [AccountID: String] {
        let rows = try tx.query("SELECT id, name FROM account WHERE id IN \(list: ids) ORDER BY id") {
            (try $0.next(AccountID.self), try $0.next(String.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Whether nobody has an account yet.
    package static func isEmpty(in tx: Transaction) throws -> Bool {
        try tx.value("SELECT 1 FROM account LIMIT 1", as: Int.self) == nil
    }

    /// The stored hash of the password; nil where none was set.
    package static func passwordHash(_ id: AccountID, in tx: Transaction) throws -> String? {
        try tx.first("SELECT password FROM account WHERE id = \(id)") { try $0.next(String?.self) } ?? nil
    }

    /// As logins are compared: without outer spaces, in lower case.
    package static func normalised(_ login: String) -> String {
        String(login.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()).lowercased()
    }

    static let columns: SQL = """
        id, login, name, role, party, language, zone, created_at, disabled_at,
        CASE WHEN password IS NULL THEN 0 ELSE 1 END, CASE WHEN totp IS NULL THEN 0 ELSE 1 END
        """

    static func decode(_ row: inout RowReader) throws -> Account {
        let (id, login, name) = try (row.next(AccountID.self), row.next(String.self), row.next(String.self))
        let (role, party) = try (row.next(AccountRole.self), row.next(Int64?.self))
        guard let holder = role.holder(party: party) else {
            throw StoreError.unexpected("\(id) has a role and a party that do not go together")
        }
        return try Account(
            id: id, login: login, name: name, role: role, holder: holder, language: row.next(), zone: row.next(),
            created: row.next(), disabled: row.next(), hasPassword: row.next(Bool.self), hasSecondFactor: row.next(Bool.self))
    }
}
