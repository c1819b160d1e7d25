import Kernel

/// Who draws the label.
package enum LabelArtwork: Hashable, Sendable {
    /// The carrier leaves it to us: see `LabelDocument`.
    case ours
    case pdf([UInt8])
    case zpl(String)
}

package struct LabelReply: Hashable, Sendable {
    package var idempotencyKey: String
    package var trackingNumber: String
    package var service: String
    package var price: Money
    package var zone: String
    package var billableWeight: Grams
    package var transitDays: Int
    /// The sort code for the label.
    package var routingCode: String
    package var artwork: LabelArtwork
    /// The labels of the other pieces, in their order; the number of the first is the master's.
    package var others: [LabelReply] = []

    package init(
        idempotencyKey: String, trackingNumber: String, service: String, price: Money, zone: String, billableWeight: Grams,
        transitDays: Int, routingCode: String, artwork: LabelArtwork
    ) {
        self.idempotencyKey = idempotencyKey
        self.trackingNumber = trackingNumber
        self.service = service
        self.price = price
        self.zone = zone
        self.billableWeight = billableWeight
        self.transitDays = transitDays
        self.routingCode = routingCode
        self.artwork = artwork
    }
}

package struct VoidReply: Hashable, Sendable {
    package var trackingNumber: String
    /// When it was first voided.
    package var voidedAt: Instant
    package var credit: Money

    package init(trackingNumber: String, voidedAt: Instant, credit: Money) {
        self.trackingNumber = trackingNumber
        self.voidedAt = voidedAt
        self.credit = credit
    }
}

package struct InterceptReply: Hashable, Sendable {
    package var trackingNumber: String
    /// From when on the parcel is on its way back.
    package var turnedAt: Instant

    package init(trackingNumber: String, turnedAt: Instant) {
        self.trackingNumber = trackingNumber
        self.turnedAt = turnedAt
    }
}

package struct RedirectReply: Hashable, Sendable {
    package var trackingNumber: String
    /// From when on it goes to the other address.
    package var acceptedAt: Instant

    package init(trackingNumber: String, acceptedAt: Instant) {
        self.trackingNumber = trackingNumber
        self.acceptedAt = acceptedAt
    }
}

package struct ManifestReply: Hashable, Sendable {
    package var manifestNumber: String
    /// In the order of the request.
    package var accepted: [String]
    package var rejected: [Rejection]

    package struct Rejection: Hashable, Sendable {
        package var trackingNumber: String
        package var refusal: CarrierRefusal

        package init(trackingNumber: String, refusal: CarrierRefusal) {
            self.trackingNumber = trackingNumber
            self.refusal = refusal
        }
    }

    package init(manifestNumber: String, accepted: [String], rejected: [Rejection]) {
        self.manifestNumber = manifestNumber
        self.accepted = accepted
        self.rejected = rejected
    }
}
