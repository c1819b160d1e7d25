import Kernel
import Transport

/// Why a scan in the network is refused. In the order of the checks.
package enum NetworkRefused: Refusal, Equatable {
    /// What is named is not here, by the book.
    case notHere(UnitID, SiteID)
    /// Cancelled: take it out.
    case pull(UnitID, inside: UnitID?)
    /// It goes somewhere else.
    case otherWay(UnitID, LaneID?)
    /// It is inside something, which is to be scanned instead.
    case inside(UnitID, UnitID)
    case notShut(UnitID, BagState)
    case notOpen(UnitID, BagState)
    /// A parcel that is not ready to go on.
    case notReady(UnitID, ParcelState)
    case notABag(UnitID)

    package static let codes = [
        "unit.not_here", "unit.pull", "unit.other_way", "unit.inside", "bag.not_shut", "bag.not_open", "parcel.not_ready",
        "unit.no_bag",
    ]

    package static let samples: [any Refusal] = [
        NetworkRefused.notHere(UnitID(0), SiteID(0)), NetworkRefused.pull(UnitID(0), inside: nil),
        NetworkRefused.otherWay(UnitID(0), nil), NetworkRefused.inside(UnitID(0), UnitID(0)),
        NetworkRefused.notShut(UnitID(0), .open), NetworkRefused.notOpen(UnitID(0), .closed),
        NetworkRefused.notReady(UnitID(0), .packed), NetworkRefused.notABag(UnitID(0)),
    ]

    package var code: String {
        switch self {
        case .notHere: Self.codes[0]
        case .pull: Self.codes[1]
        case .otherWay: Self.codes[2]
        case .inside: Self.codes[3]
        case .notShut: Self.codes[4]
        case .notOpen: Self.codes[5]
        case .notReady: Self.codes[6]
        case .notABag: Self.codes[7]
        }
    }

    package var message: String {
        switch self {
        case .notHere(let id, let site): "\(id) does not stand at \(site)."
        case .pull(let id, let unit?): "PULL: \(id) in \(unit) is cancelled. Take it out."
        case .pull(let id, nil): "PULL: \(id) is cancelled. Take it out."
        case .otherWay(let id, let lane?): "\(id) goes by \(lane)."
        case .otherWay(let id, nil): "\(id) does not go this way."
        case .inside(let id, let unit): "\(id) is inside \(unit)."
        case .notShut(let id, let state): "\(id) is \(state.rawValue); only what is closed or sealed goes on."
        case .notOpen(let id, let state): "\(id) is \(state.rawValue); only an open bag is filled."
        case .notReady(let id, let state): "\(id) is \(state.rawValue) and not ready to go on."
        case .notABag(let id): "\(id) is no bag, pallet or container."
        }
    }

    package var kind: RefusalKind { .conflict }
}
