import Identity
import Kernel
import Store

/// Opens a session for somebody whose password was right.
package struct OpenSession: Flow {
    let account: AccountID
    let token: APIToken
    let code: String
    let vault: Vault
    let subject: SignInGuard.Subject?
    let moment: Instant

    /// - Parameters:
    ///   - code: of the second factor, for accounts that ask for one.
    ///   - subject: whose wrong tries are forgotten now.
    ///   - moment: by the people's clock.
    package init(
        _ account: AccountID, _ token: APIToken, code: String, _ vault: Vault, forgetting subject: SignInGuard.Subject?,
        at moment: Instant
    ) {
        (self.account, self.token, self.code, self.vault) = (account, token, code, vault)
        (self.subject, self.moment) = (subject, moment)
    }

    package func run(in tx: Transaction) throws {
        guard let found = try Account.find(account, in: tx), found.disabled == nil else { throw SignInGuard.Refused.wrong }
        try SecondFactor.use(code, of: account, at: moment, vault, in: tx)
        if let subject { try SignInGuard.clear(subject, in: tx) }
        try Sessions.open(token, of: account, at: moment, in: tx)
    }
}

/// Counts a wrong try to sign in.
package struct CountWrongTry: Flow {
    let subjects: [SignInGuard.Subject]
    let moment: Instant

    package init(_ subjects: [SignInGuard.Subject], at moment: Instant) { (self.subjects, self.moment) = (subjects, moment) }

    package func run(in tx: Transaction) throws { try SignInGuard.count(subjects, at: moment, in: tx) }
}

/// Writes down that a session is still used.
package struct KeepSession: Flow {
    let hash: String
    let moment: Instant

    package init(_ hash: String, at moment: Instant) { (self.hash, self.moment) = (hash, moment) }

    package func run(in tx: Transaction) throws { try Sessions.seen(hash, at: moment, in: tx) }
}

/// Signs out.
package struct EndSession: Flow {
    let hash: String

    package init(_ hash: String) { self.hash = hash }

    package func run(in tx: Transaction) throws { try Sessions.close(hash, in: tx) }
}

/// Takes up an invitation or a reset: the password is set, the link is spent.
package struct UseAccountLink: Flow {
    let link: APIToken
    let password: String
    let moment: Instant

    /// - Parameter password: of `Password.hash`.
    package init(_ link: APIToken, password: String, at moment: Instant) {
        (self.link, self.password, self.moment) = (link, password, moment)
    }

    package func run(in tx: Transaction) throws -> Account {
        try AccountLinks.use(link, password: password, at: moment, in: tx)
    }
}

/// Sets one's own password; other sessions end.
package struct SetOwnPassword: Flow {
    let id: AccountID
    let password: String
    let session: String

    /// - Parameters:
    ///   - password: of `Password.hash`.
    ///   - session: the hash of the one that stays.
    package init(_ id: AccountID, password: String, keeping session: String) {
        (self.id, self.password, self.session) = (id, password, session)
    }

    package func run(in tx: Transaction) throws {
        try AccountLinks.setPassword(password, of: id, keeping: session, actor: id.description, in: tx)
    }
}

/// Asks for a code at each sign-in from now on.
package struct SetSecondFactor: Flow {
    let id: AccountID
    let secret: SecondFactor.Secret
    let code: String
    let vault: Vault
    let moment: Instant

    /// - Parameter code: what the app shows now, as proof that it has the secret.
    package init(_ id: AccountID, _ secret: SecondFactor.Secret, code: String, _ vault: Vault, at moment: Instant) {
        (self.id, self.secret, self.code, self.vault, self.moment) = (id, secret, code, vault, moment)
    }

    package func run(in tx: Transaction) throws {
        try SecondFactor.set(secret, code: code, of: id, at: moment, vault, in: tx)
    }
}

/// Asks for no code any more: for its owner, and where an owner helps somebody who lost the phone.
package struct RemoveSecondFactor: Flow {
    let id: AccountID
    let actor: String

    package init(_ id: AccountID, actor: String) { (self.id, self.actor) = (id, actor) }

    package func run(in tx: Transaction) throws {
        guard try Account.find(id, in: tx) != nil else { throw NotFound("account", id) }
        try SecondFactor.remove(of: id, actor: actor, in: tx)
    }
}
