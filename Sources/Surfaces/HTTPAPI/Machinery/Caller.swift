import Identity
import Kernel

/// Who stands behind a key, and for whom they act.
package struct Caller: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// Runs the network; sees everything.
        case `operator`
        case merchant(MerchantID)
        /// Works at one site.
        case site(SiteID)
        case carrier(CarrierID)
    }

    /// The key they call with; for somebody who is signed in, the number of their account.
    package var keyID: KeyID
    /// Who is signed in; nil for a key.
    package var account: AccountID?
    package var role: Role
    /// The key's name, given by whoever made it.
    package var name: String

    package init(keyID: KeyID, role: Role, name: String) {
        self.keyID = keyID
        self.role = role
        self.name = name
    }

    /// Somebody who is signed in sees and acts as a key of the same holder does.
    package init(_ account: Account) {
        self.init(keyID: KeyID(account.id.raw), role: account.holder.role(), name: account.name)
        self.account = account.id
    }

    /// The merchant whose key this is; nil for everybody else.
    package var merchant: MerchantID? { if case .merchant(let id) = role { id } else { nil } }
    /// The site whose key this is; nil for everybody else.
    package var site: SiteID? { if case .site(let id) = role { id } else { nil } }
    /// The carrier whose key this is; nil for everybody else.
    package var carrier: CarrierID? { if case .carrier(let id) = role { id } else { nil } }
}

extension Caller.Role {
    var kind: RoleKind {
        switch self {
        case .operator: .operator
        case .merchant: .merchant
        case .site: .site
        case .carrier: .carrier
        }
    }
}

/// The kinds of caller that an endpoint may be open to.
package enum RoleKind: String, CaseIterable, Hashable, Sendable {
    case `operator`, merchant, site, carrier
}

/// Who may call an endpoint: anybody, or a key of one of these roles. Written `[.operator, .merchant]` or `.open`.
package enum Access: Equatable, Sendable, ExpressibleByArrayLiteral {
    /// Anybody, without a key.
    case open
    case roles(Set<RoleKind>)

    /// Any key at all.
    package static let anyKey = Access.roles(Set(RoleKind.allCases))

    package init(arrayLiteral elements: RoleKind...) { self = .roles(Set(elements)) }

    /// The roles by name, in their order; empty for an open endpoint.
    var names: [String] {
        guard case .roles(let roles) = self else { return [] }
        return RoleKind.allCases.filter(roles.contains).map(\.rawValue)
    }
}
