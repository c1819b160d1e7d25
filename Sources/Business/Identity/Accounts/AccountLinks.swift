import Kernel
import Store

/// Links that let somebody in once, to choose a password: an invitation, a reset, the first owner's.
package enum AccountLinks {
    package static let life = Duration.days(3)

    /// Refused where a link was used, has ended or never was.
    package struct Spent: Refusal, Equatable {
        package var code: String { "account.link_spent" }
        package var message: String { "This link was used or has ended. Ask for a new one." }
        package var kind: RefusalKind { .notFound }
        package init() {}
    }

    /// Replaces earlier links of the account.
    ///
    /// - Parameter token: shown once; only its hash is kept.
    package static func make(_ token: APIToken, of account: AccountID, at now: Instant, in tx: Transaction) throws {
        try tx.run("DELETE FROM account_link WHERE account = \(account)")
        try tx.run(
            "INSERT INTO account_link (hash, account, ends_at) VALUES (\(token.hash), \(account), \(now + life))")
    }

    /// Whose link this is.
    package static func owner(_ token: APIToken, at now: Instant, in tx: Transaction) throws -> Account {
        let id: AccountID? = try tx.value(
            "SELECT account FROM account_link WHERE hash = \(token.hash) AND ends_at > \(now)")
        guard let id, let account = try Account.find(id, in: tx), account.disabled == nil else { throw Spent() }
        return account
    }

    /// Sets the password and ends the link and all sessions; of two at the same time one is refused.
    ///
    /// - Parameter hash: of `Password.hash`.
    package static func use(_ token: APIToken, password hash: String, at now: Instant, in tx: Transaction) throws -> Account {
        let account = try owner(token, at: now, in: tx)
        guard try tx.run("DELETE FROM account_link WHERE hash = \(token.hash)") == 1 else { throw Spent() }
        try setPassword(hash, of: account.id, actor: account.id.description, in: tx)
        return account
    }

    /// Ends all sessions but the one of `session`. Emits `account.password_set`.
    package static func setPassword(
        _ hash: String, of id: AccountID, keeping session: String = "", actor: String, in tx: Transaction
    ) throws {
        try tx.run("UPDATE account SET password = \(hash) WHERE id = \(id)", expecting: 1)
        try Sessions.closeAll(of: id, except: session, in: tx)
        tx.emit(IdentityEvents.account(IdentityEvents.accountPasswordSet, id, [:], actor, tx))
    }
}
