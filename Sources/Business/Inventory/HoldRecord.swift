import Kernel
import Store

/// `active` until an order takes it (`confirmed`), somebody lets it go (`voided`) or its clock runs out (`expired`).
package enum HoldState: String, SQLValue, CaseIterable, Codable {
    case active
    case confirmed
    case voided
    case expired

    package static let transitions: [HoldState: Set<HoldState>] = [.active: [.confirmed, .voided, .expired]]
}

/// A quantity kept for somebody for a short time: a checkout, a place in a drop.
package struct NewHold: Sendable {
    package let owner: MerchantID
    package let pool: String
    package let claims: [HoldClaim]
    /// `checkout`, `drop`, `waitlist`.
    package let purpose: String
    package let reference: String
    package let expires: Instant

    package init(
        owner: MerchantID, pool: String, claims: [HoldClaim], purpose: String, reference: String, expires: Instant
    ) {
        self.owner = owner
        self.pool = pool
        self.claims = claims
        self.purpose = purpose
        self.reference = reference
        self.expires = expires
    }
}

/// How much of a supply is held.
package struct HoldClaim: Sendable, Equatable {
    package let supply: SupplyID
    package let sku: SKUID
    package let quantity: Quantity

    package init(supply: SupplyID, sku: SKUID, quantity: Quantity) {
        self.supply = supply
        self.sku = sku
        self.quantity = quantity
    }
}

/// A hold as it stands.
package struct Hold: Sendable {
    package let id: HoldID
    package let owner: MerchantID
    package let pool: String
    package let purpose: String
    package let expires: Instant
    package let state: HoldState
    /// The order that took it.
    package let order: OrderID?
    package let claims: [HoldClaim]
}
