import Kernel
import Store

/// Who claims, and from whom.
package enum ClaimKind: String, SQLValue, CaseIterable, Codable {
    /// The operator from a carrier, for a parcel.
    case carrier
    /// A shopper from their merchant, for a parcel.
    case shopper
    /// A merchant from the operator, for goods that were lost or damaged in the network.
    case merchant
}

package enum ClaimReason: String, SQLValue, CaseIterable, Codable {
    case lost
    case damaged
    /// Not all of it was in the parcel.
    case missing
    case wrongItem = "wrong_item"

    /// What can be claimed in this way.
    package static func of(_ kind: ClaimKind) -> [ClaimReason] { kind == .shopper ? allCases : [.lost, .damaged] }
}

package enum ClaimState: String, SQLValue, CaseIterable, Codable {
    case open
    /// The carrier has it.
    case sent
    case granted
    case denied
    case withdrawn

    package static let transitions: [ClaimState: Set<ClaimState>] = [
        .open: [.sent, .granted, .denied, .withdrawn], .sent: [.granted, .denied, .withdrawn],
    ]
}

/// Money that somebody asks for what was lost or damaged.
package struct ClaimRecord: Sendable {
    package let id: ClaimID
    package let kind: ClaimKind
    /// Whose goods they were.
    package let merchant: MerchantID
    /// What it is for: the id of a parcel, a movement or a dispute, in the outside form.
    package let subject: String
    /// Of the parcel; nil where goods in stock are meant.
    package let order: OrderID?
    /// From whom it is claimed; nil but for `carrier`.
    package let carrier: CarrierID?
    /// The goods and how many; nil where a parcel says it.
    package let sku: SKUID?
    package let quantity: Quantity?
    package let reason: ClaimReason
    package let claimed: Money
    /// What there is to say; nothing personal.
    package let note: String
    package let state: ClaimState
    package let due: Instant

    package init(
        id: ClaimID, kind: ClaimKind, merchant: MerchantID, subject: String, order: OrderID? = nil, carrier: CarrierID? = nil,
        sku: SKUID? = nil, quantity: Quantity? = nil, reason: ClaimReason, claimed: Money, note: String, due: Instant
    ) {
        (self.id, self.kind, self.merchant, self.subject, self.order) = (id, kind, merchant, subject, order)
        (self.carrier, self.sku, self.quantity, self.reason) = (carrier, sku, quantity, reason)
        (self.claimed, self.note, self.due, state) = (claimed, note, due, .open)
    }

    init(_ row: inout RowReader) throws {
        (id, kind, merchant, subject, order) = try (row.next(), row.next(), row.next(), row.next(), row.next())
        (carrier, sku, quantity, reason) = try (row.next(), row.next(), row.next(), row.next())
        claimed = try Money(row.next(), row.next())
        (note, state, due) = try (row.next(), row.next(), row.next())
    }
}

/// What is said to a claim.
package struct ClaimAnswer: Sendable {
    /// Minor units of the claim's currency; nothing denies it.
    package let granted: Int64
    /// Why; nothing personal.
    package let words: String
    /// That pays it, where the shopper gets it.
    package let refund: RefundID?

    package init(granted: Int64, words: String, refund: RefundID? = nil) {
        (self.granted, self.words, self.refund) = (granted, words, refund)
    }
}
