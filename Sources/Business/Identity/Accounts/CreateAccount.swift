import Kernel
import Store

/// Makes an account that has no password yet.
package enum CreateAccount {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case loginInvalid(String)
        case nameInvalid
        case partyMissing(AccountRole)
        case loginTaken(String)
    }

    /// Emits `account.created`, without login and name.
    ///
    /// - Parameters:
    ///   - login: an e-mail address or a name: 3 to 100 characters without spaces.
    ///   - name: 1 to 100 characters.
    ///   - party: the raw id of the merchant, site or carrier that the role asks for.
    package static func run(
        login: String, name: String, role: AccountRole, party: Int64?, actor: String, in tx: Transaction
    ) throws -> AccountID {
        let login = Account.normalised(login)
        guard (3...100).contains(login.count), !login.contains(where: \.isWhitespace) else { throw Refused.loginInvalid(login) }
        guard (1...100).contains(name.count) else { throw Refused.nameInvalid }
        guard role.holder(party: party) != nil else { throw Refused.partyMissing(role) }
        let id: AccountID = tx.id()
        let made = try tx.run(
            """
            INSERT INTO account (id, login, name, role, party, created_at)
            VALUES (\(id), \(login), \(name), \(role), \(party), \(tx.now)) ON CONFLICT (login) DO NOTHING
            """)
        guard made == 1 else { throw Refused.loginTaken(login) }
        tx.emit(IdentityEvents.account(IdentityEvents.accountCreated, id, ["role": .string(role.rawValue)], actor, tx))
        return id
    }
}

extension CreateAccount.Refused {
    package var code: String {
        switch self {
        case .loginInvalid: "account.login_invalid"
        case .nameInvalid: "account.name_invalid"
        case .partyMissing: "account.party_missing"
        case .loginTaken: "account.login_taken"
        }
    }

    package var message: String {
        switch self {
        case .loginInvalid(let login): "'\(login)' cannot be signed in with: 3 to 100 characters without spaces."
        case .nameInvalid: "A name has 1 to 100 characters."
        case .partyMissing(let role):
            role.acts == .operator
                ? "An account of the role '\(role.rawValue)' belongs to no single merchant, site or carrier."
                : "An account of the role '\(role.rawValue)' names its \(role.acts.rawValue)."
        case .loginTaken(let login): "'\(login)' is taken."
        }
    }

    package var kind: RefusalKind { if case .loginTaken = self { .conflict } else { .invalid } }

    package var field: String? {
        switch self {
        case .loginInvalid, .loginTaken: "/login"
        case .nameInvalid: "/name"
        case .partyMissing: "/party"
        }
    }
}
