import Kernel
import Store

/// Who is signed in: a row a session, so that signing out and changes of an account hold at once.
///
/// Moments here are those of the people's own clock, which is not the network's where a demo runs faster.
package enum Sessions {
    /// A session ends so long after it was last used.
    package static let idle = Duration.hours(12)
    /// A session that is used later than this after it was last seen is written down as seen.
    package static let seenEvery = Duration.minutes(10)

    /// - Parameter token: of `APIToken.make`; only its hash is kept.
    package static func open(_ token: APIToken, of account: AccountID, at now: Instant, in tx: Transaction) throws {
        try tx.run("DELETE FROM account_session WHERE account = \(account) AND ends_at < \(now)")
        try tx.run(
            """
            INSERT INTO account_session (hash, account, created_at, seen_at, ends_at)
            VALUES (\(token.hash), \(account), \(now), \(now), \(now + idle))
            """)
        tx.emit(IdentityEvents.account(IdentityEvents.signedIn, account, [:], account.description, tx))
    }

    /// Whose session this is and when it was last seen; nil where it has ended or its account is disabled.
    package static func find(_ hash: String, at now: Instant, in tx: Transaction) throws -> (account: Account, seen: Instant)? {
        let session = try tx.first(
            "SELECT account, seen_at FROM account_session WHERE hash = \(hash) AND ends_at > \(now)"
        ) { (account: try $0.next(AccountID.self), seen: try $0.next(Instant.self)) }
        guard let session, let account = try Account.find(session.account, in: tx), account.disabled == nil else { return nil }
        return (account, session.seen)
    }

    package static func seen(_ hash: String, at now: Instant, in tx: Transaction) throws {
        try tx.run("UPDATE account_session SET seen_at = \(now), ends_at = \(now + idle) WHERE hash = \(hash)")
    }

    package static func close(_ hash: String, in tx: Transaction) throws {
        try tx.run("DELETE FROM account_session WHERE hash = \(hash)")
    }

    package static func closeAll(of account: AccountID, except hash: String = "", in tx: Transaction) throws {
        try tx.run("DELETE FROM account_session WHERE account = \(account) AND hash <> \(hash)")
    }
}
