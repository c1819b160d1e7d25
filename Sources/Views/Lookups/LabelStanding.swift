import Identity
import Kernel
import Orders
import Store
import Transport

/// Where a parcel stands with its label: whether it may go on, or waits in the lane of those without.
package struct LabelStanding: Codable, Sendable {
    package enum Lane: String, Codable, CaseIterable, Sendable {
        case labelled
        /// Asked for, and not there yet.
        case awaitingLabel = "awaiting-label"
        /// It has none and none is asked for: re-issue it or supply one.
        case none
    }

    package let parcel: UnitID
    package let state: ParcelState
    package let lane: Lane
    /// The latest of the last mile; nil where none was ever asked for.
    package let label: ParcelSummary.Label?
    /// SHA-256 of the document that was supplied with it; nil where there is none, or who it names was forgotten.
    package let documentHash: String?

    private enum CodingKeys: String, CodingKey { case parcel, state, lane, label, documentHash = "document_sha256" }

    /// - Throws: `NotFound` where there is no such parcel for the reader.
    package static func find(_ id: UnitID, _ scope: Scope, in tx: Transaction) throws -> LabelStanding {
        let parcel = try ParcelSummary.find(id, scope, in: tx)
        let label = parcel.labels.last { $0.leg == "last_mile" }
        let hash = try label.flatMap { try SealedDocuments.hashes([$0.id.raw], in: tx)[$0.id.raw] }
        return LabelStanding(
            parcel: id, state: parcel.state, lane: parcel.lane, label: label, documentHash: hash)
    }
}

extension ParcelSummary {
    package var lane: LabelStanding.Lane {
        switch labels.last(where: { $0.leg == "last_mile" })?.state {
        case .current: .labelled
        case .requested: .awaitingLabel
        default: .none
        }
    }
}

/// A parcel in the lane of those that wait for a label.
package struct AwaitingLabel: Codable, Sendable {
    package let parcel: UnitID
    package let merchant: MerchantID
    package let order: OrderID
    /// `courier` where we buy it, else `channel` or `merchant`.
    package let issuer: String
    package let requestedAt: Instant
    /// How long it has been waiting.
    package let ageSeconds: Int64
    package let shipBy: Instant

    private enum CodingKeys: String, CodingKey {
        case parcel, merchant, order, issuer, requestedAt = "requested_at", ageSeconds = "age_s", shipBy = "ship_by"
    }

    /// A page of a site's, in the order of ids.
    package static func page(
        at site: SiteID, after id: UnitID?, limit: Int, in tx: Transaction
    ) throws -> [AwaitingLabel] {
        try tx.query(
            """
            SELECT p.id, p.merchant, p.order_id, l.issuer, l.requested_at, p.ship_by FROM parcel p
            JOIN label l ON l.parcel = p.id AND l.state = 'requested'
            WHERE p.site = \(site) AND p.state = 'packed' AND p.pull = 0 AND p.id > \(id?.raw ?? -1)
            ORDER BY p.id, l.id LIMIT \(limit)
            """
        ) {
            let (parcel, merchant, order): (UnitID, MerchantID, OrderID) = try ($0.next(), $0.next(), $0.next())
            let (issuer, requested) = try ($0.next(String.self), $0.next(Instant.self))
            return AwaitingLabel(
                parcel: parcel, merchant: merchant, order: order, issuer: issuer, requestedAt: requested,
                ageSeconds: (tx.now - requested).micros / 1_000_000, shipBy: try $0.next())
        }
    }
}
