import Kernel
import Orders
import Store
import Transport

/// A stretch of the journey, in its order. Each unit of an order stands in exactly one.
package enum Stage: String, SQLValue, CaseIterable, Codable {
    case waiting
    case reserved
    case picked
    case packed
    /// On its way, not on the last leg: between our sites, on the courier's truck, in a hub, after an attempt that failed.
    case handedOver = "handed_over"
    /// On the last leg, or ready where the shopper picks it up.
    case outForDelivery = "out_for_delivery"
    case delivered
    /// With a carrier, on the way back to us.
    case returning
    case returned
    case lost
    /// Destroyed, with a proof.
    case disposed
    case cancelled

    /// The position of the order's units; three stages share `shipped`, which only the parcel tells apart.
    package var position: Position {
        switch self {
        case .waiting: .waiting
        case .reserved: .reserved
        case .picked: .picked
        case .packed: .packed
        case .handedOver, .outForDelivery, .returning: .shipped
        case .delivered: .delivered
        case .returned: .returned
        case .lost: .lost
        case .disposed: .disposed
        case .cancelled: .cancelled
        }
    }

    /// What waits for goods and what will never leave is counted for the whole network.
    var hasSite: Bool { self != .waiting && self != .cancelled }

    /// The stage of the units in a parcel of this state; nil for one taken apart.
    ///
    /// - Parameter hasLeft: the site where it was packed.
    init?(_ state: ParcelState, hasLeft: Bool = false) {
        switch state {
        case .packed, .labelled: self = hasLeft ? .handedOver : .packed
        case .inTransit, .handedOver, .attempted: self = .handedOver
        case .outForDelivery, .availableForPickup: self = .outForDelivery
        case .delivered: self = .delivered
        case .returning: self = .returning
        case .returned: self = .returned
        case .lost: self = .lost
        case .voided: return nil
        }
    }

    /// The stage of units in this position that no parcel tells more about.
    init(_ position: Position) {
        switch position {
        case .waiting: self = .waiting
        case .reserved: self = .reserved
        case .picked: self = .picked
        case .packed: self = .packed
        case .shipped: self = .handedOver
        case .delivered: self = .delivered
        case .returned: self = .returned
        case .lost: self = .lost
        case .disposed: self = .disposed
        case .cancelled: self = .cancelled
        }
    }
}
