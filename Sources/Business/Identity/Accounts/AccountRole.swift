import Kernel
import Store

/// What somebody who signs in is there for. One table says with whose eyes each role sees: the API's roles.
package enum AccountRole: String, CaseIterable, Sendable, Codable, SQLValue {
    /// Owns the installation: everything, and the accounts of others.
    case owner
    /// Runs the network.
    case `operator`
    /// Leads the shift of one warehouse.
    case lead
    /// Works on the floor of one site.
    case floor
    /// One merchant's people.
    case merchant
    /// One site that somebody else runs.
    case partner
    /// Drives for one carrier.
    case driver
    /// Plans the network.
    case planner
    /// Helps shoppers and merchants.
    case support
    /// Sees the network and changes nothing.
    case reader

    /// The role of the API that this one sees and acts with.
    package var acts: KeyHolder.Role {
        switch self {
        case .owner, .operator, .planner, .support, .reader: .operator
        case .lead, .floor, .partner: .site
        case .merchant: .merchant
        case .driver: .carrier
        }
    }

    /// Nil where the role asks for a party and none is named, or the other way round.
    ///
    /// - Parameter party: the raw id of the one merchant, site or carrier.
    package func holder(party: Int64?) -> KeyHolder? { KeyHolder(acts, party: party) }
}
