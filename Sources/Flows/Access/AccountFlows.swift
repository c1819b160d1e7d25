import Facilities
import Identity
import Kernel
import Merchants
import Store

/// Makes an account and the link by which its owner chooses a password.
package struct InviteAccount: Flow {
    let login: String
    let name: String
    let role: AccountRole
    let party: Int64?
    let link: APIToken
    let moment: Instant
    let actor: String

    /// - Parameters:
    ///   - party: the raw id of the merchant, site or carrier that the role asks for.
    ///   - link: shown once by whoever asks.
    ///   - moment: by the people's clock, as the link's life is theirs.
    package init(
        login: String, name: String, role: AccountRole, party: Int64?, link: APIToken, at moment: Instant, actor: String
    ) {
        (self.login, self.name, self.role, self.party) = (login, name, role, party)
        (self.link, self.moment, self.actor) = (link, moment, actor)
    }

    package func run(in tx: Transaction) throws -> AccountID {
        try requireParty(role, party, in: tx)
        let id = try CreateAccount.run(login: login, name: name, role: role, party: party, actor: actor, in: tx)
        try AccountLinks.make(link, of: id, at: moment, in: tx)
        return id
    }
}

/// Makes a new link for an account whose owner lost the password. The old password holds until the link is used.
package struct ResetAccount: Flow {
    let id: AccountID
    let link: APIToken
    let moment: Instant
    let actor: String

    package init(_ id: AccountID, link: APIToken, at moment: Instant, actor: String) {
        (self.id, self.link, self.moment, self.actor) = (id, link, moment, actor)
    }

    package func run(in tx: Transaction) throws {
        guard try Account.find(id, in: tx) != nil else { throw NotFound("account", id) }
        try AccountLinks.make(link, of: id, at: moment, in: tx)
        tx.emit(IdentityEvents.accountInvited(id, actor, tx))
    }
}

/// Gives an account another role, or another merchant, site or carrier.
package struct ChangeRole: Flow {
    let id: AccountID
    let role: AccountRole
    let party: Int64?
    let actor: String

    package init(_ id: AccountID, _ role: AccountRole, party: Int64?, actor: String) {
        (self.id, self.role, self.party, self.actor) = (id, role, party, actor)
    }

    package func run(in tx: Transaction) throws {
        try requireParty(role, party, in: tx)
        try ChangeAccount.role(id, role, party: party, actor: actor, in: tx)
    }
}

/// Lets an account in no more, or again.
package struct DisableAccount: Flow {
    let id: AccountID
    let isDisabled: Bool
    let actor: String

    package init(_ id: AccountID, _ isDisabled: Bool, actor: String) {
        (self.id, self.isDisabled, self.actor) = (id, isDisabled, actor)
    }

    package func run(in tx: Transaction) throws { try ChangeAccount.disable(id, isDisabled, actor: actor, in: tx) }
}

/// How somebody sees their pages: name, language, time zone.
package struct ChangeAccountView: Flow {
    let id: AccountID
    let name: String
    let language: String?
    let zone: String?

    package init(_ id: AccountID, name: String, language: String?, zone: String?) {
        (self.id, self.name, self.language, self.zone) = (id, name, language, zone)
    }

    package func run(in tx: Transaction) throws {
        try ChangeAccount.view(id, name: name, language: language, zone: zone, in: tx)
    }
}

/// The merchant, site or carrier that a role names must be there.
private func requireParty(_ role: AccountRole, _ party: Int64?, in tx: Transaction) throws {
    guard let party else { return }
    switch role.acts {
    case .operator: break
    case .merchant: if try Merchant.find(MerchantID(party), in: tx) == nil { throw NotFound("merchant", MerchantID(party)) }
    case .site: if try Site.find(SiteID(party), in: tx) == nil { throw NotFound("site", SiteID(party)) }
    case .carrier:
        if try !Carrier.all(in: tx).contains(where: { $0.id.raw == party }) { throw NotFound("carrier", CarrierID(party)) }
    }
}
