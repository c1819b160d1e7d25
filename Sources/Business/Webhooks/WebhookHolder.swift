import Kernel
import Store

/// For whom a webhook is, which decides of which events it may tell.
package enum WebhookHolder: Hashable, Sendable {
    case `operator`
    case merchant(MerchantID)
    /// A site, as a partner who runs it has it.
    case site(SiteID)

    package enum Role: String, CaseIterable, Sendable, Codable, SQLValue {
        case `operator`
        case merchant
        case site
    }

    package var role: Role {
        switch self {
        case .operator: .operator
        case .merchant: .merchant
        case .site: .site
        }
    }

    package var party: Int64? {
        switch self {
        case .operator: nil
        case .merchant(let id): id.raw
        case .site(let id): id.raw
        }
    }

    package var merchant: MerchantID? { if case .merchant(let id) = self { id } else { nil } }
    package var site: SiteID? { if case .site(let id) = self { id } else { nil } }

    init?(_ role: Role, party: Int64?) {
        switch (role, party) {
        case (.operator, nil): self = .operator
        case (.merchant, let id?): self = .merchant(MerchantID(id))
        case (.site, let id?): self = .site(SiteID(id))
        default: return nil
        }
    }

    /// The operator sees all; a merchant what is its own; a site what was handed to it. Of exceptions, merchants and sites
    /// see those that are theirs to decide.
    package func sees(_ event: Event) -> Bool {
        switch self {
        case .operator: true
        case .merchant(let id): event.owner == id && isTheirs(event)
        case .site(let id): event.site == id && Self.handed.contains { event.type.hasPrefix($0) } && isTheirs(event)
        }
    }

    /// What concerns fulfillment orders and parcels that were handed to a site.
    private static let handed = ["fulfillment.", "parcel.", "exception."]

    private func isTheirs(_ event: Event) -> Bool {
        !event.type.hasPrefix("exception.") || event.payload["owner_role"]?.string == role.rawValue
    }
}
