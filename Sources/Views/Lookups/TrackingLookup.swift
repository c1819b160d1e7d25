import Kernel
import Orders
import Store
import Transport

/// What a carrier reported about one parcel.
package struct TrackingView: Codable, Sendable {
    package struct Report: Codable, Sendable {
        package let code: String
        package let reason: String?
        package let occurredAt: Instant
        package let recordedAt: Instant
        /// Names the signature or photo at the carrier.
        package let proof: String?

        private enum CodingKeys: String, CodingKey {
            case code, reason, occurredAt = "occurred_at", recordedAt = "recorded_at", proof
        }
    }

    package let number: String
    package let parcel: UnitID
    package let state: ParcelState
    package let deliverBy: Instant
    package let deliveredAt: Instant?
    /// In the order in which it happened.
    package var reports: [Report] = []

    private enum CodingKeys: String, CodingKey {
        case number, parcel, state, deliverBy = "deliver_by", deliveredAt = "delivered_at", reports
    }

    /// Who gives out the numbers of the labels we buy.
    package static let issuer = "courier"
    /// All that number our parcels; partners put on labels of their own.
    static let issuers = [issuer, "partner"] + LabelIssuer.allCases.map(\.rawValue).sorted()

    /// - Throws: `NotFound` where the reader has no parcel with this number.
    package static func find(_ number: String, _ scope: Scope, in tx: Transaction) throws -> TrackingView {
        let found = try tx.first(
            """
            SELECT l.number, p.id, p.state, p.deliver_by, p.delivered_at FROM label l JOIN parcel p ON p.id = l.parcel
            WHERE l.issuer IN \(list: issuers) AND l.number = \(number) AND \(scope.ownsParcel("p")) ORDER BY l.id DESC LIMIT 1
            """
        ) {
            try TrackingView(
                number: $0.next(), parcel: $0.next(), state: $0.next(), deliverBy: $0.next(), deliveredAt: $0.next())
        }
        guard var found else { throw NotFound("tracking", number) }
        found.reports = try tx.query(
            """
            SELECT code, reason, occurred_at, recorded_at, proof FROM tracking WHERE parcel = \(found.parcel)
            ORDER BY occurred_at, recorded_at, vendor_event
            """
        ) { try Report(code: $0.next(), reason: $0.next(), occurredAt: $0.next(), recordedAt: $0.next(), proof: $0.next()) }
        return found
    }
}
