import Kernel

/// One scan or notice of a carrier about one parcel. Holds no personal data: a proof of delivery is a token.
package struct TrackingUpdate: Hashable, Sendable, Codable {
    package var trackingNumber: String
    /// When it happened, by the carrier; it may be told much later, and out of order.
    package var at: Instant
    package var code: TrackingCode
    /// Town or hub; empty where the carrier names none.
    package var place: String
    /// The carrier's words.
    package var detail: String
    /// The carrier's own code, unchanged.
    package var vendorCode: String
    package var reason: IncidentReason?
    /// Names the signature or photo at the carrier; on `delivered` only.
    package var proof: String?

    package init(
        trackingNumber: String, at: Instant, code: TrackingCode, place: String, detail: String, vendorCode: String,
        reason: IncidentReason? = nil, proof: String? = nil
    ) {
        self.trackingNumber = trackingNumber
        self.at = at
        self.code = code
        self.place = place
        self.detail = detail
        self.vendorCode = vendorCode
        self.reason = reason
        self.proof = proof
    }
}
