import Kernel
import Store

/// What changes about an account after it was made. Role, party and disabling end its sessions, so that they hold at once.
package enum ChangeAccount {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case partyMissing(AccountRole)
        /// Somebody must be left who can let people in.
        case lastOwner
    }

    /// Emits `account.role_changed`.
    package static func role(_ id: AccountID, _ role: AccountRole, party: Int64?, actor: String, in tx: Transaction) throws {
        let account = try locked(id, in: tx)
        guard role.holder(party: party) != nil else { throw Refused.partyMissing(role) }
        if account.role == .owner, role != .owner { try requireAnotherOwner(than: id, in: tx) }
        try tx.run("UPDATE account SET role = \(role), party = \(party) WHERE id = \(id)", expecting: 1)
        try Sessions.closeAll(of: id, in: tx)
        tx.emit(IdentityEvents.account(IdentityEvents.accountRoleChanged, id, ["role": .string(role.rawValue)], actor, tx))
    }

    /// Emits `account.disabled` or `account.enabled`, where that is a change.
    package static func disable(_ id: AccountID, _ isDisabled: Bool, actor: String, in tx: Transaction) throws {
        let account = try locked(id, in: tx)
        guard (account.disabled != nil) != isDisabled else { return }
        if isDisabled, account.role == .owner { try requireAnotherOwner(than: id, in: tx) }
        try tx.run("UPDATE account SET disabled_at = \(isDisabled ? tx.now : nil) WHERE id = \(id)", expecting: 1)
        if isDisabled { try Sessions.closeAll(of: id, in: tx) }
        let type = isDisabled ? IdentityEvents.accountDisabled : IdentityEvents.accountEnabled
        tx.emit(IdentityEvents.account(type, id, [:], actor, tx))
    }

    /// How somebody sees their pages.
    ///
    /// - Parameters:
    ///   - language: nil for what the browser asks for.
    ///   - zone: nil for the installation's.
    package static func view(_ id: AccountID, name: String, language: String?, zone: String?, in tx: Transaction) throws {
        guard (1...100).contains(name.count) else { throw CreateAccount.Refused.nameInvalid }
        if let zone, TimeZoneRule.named(zone) == nil {
            throw InvalidInput(field: "/zone", "'\(zone)' is no IANA time zone such as Europe/Lisbon.", code: "account.zone_unknown")
        }
        try tx.run(
            "UPDATE account SET name = \(name), language = \(language), zone = \(zone) WHERE id = \(id)", expecting: 1)
    }

    private static func locked(_ id: AccountID, in tx: Transaction) throws -> Account {
        let found = try tx.first("SELECT \(Account.columns) FROM account WHERE id = \(id) \(.forUpdate)", Account.decode)
        guard let found else { throw NotFound("account", id) }
        return found
    }

    private static func requireAnotherOwner(than id: AccountID, in tx: Transaction) throws {
        let others: Int64 =
            try tx.value(
                """
                SELECT COUNT(*) FROM account WHERE role = \(AccountRole.owner) AND disabled_at IS NULL AND id <> \(id)
                """) ?? 0
        guard others > 0 else { throw Refused.lastOwner }
    }
}

extension ChangeAccount.Refused {
    package var code: String {
        switch self {
        case .partyMissing: "account.party_missing"
        case .lastOwner: "account.last_owner"
        }
    }

    package var message: String {
        switch self {
        case .partyMissing(let role): CreateAccount.Refused.partyMissing(role).message
        case .lastOwner: "This is the last owner; make another one first."
        }
    }

    package var kind: RefusalKind { self == .lastOwner ? .conflict : .invalid }
    package var field: String? { self == .lastOwner ? nil : "/party" }
}
