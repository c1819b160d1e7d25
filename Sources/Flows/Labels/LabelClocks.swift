import Exceptions
import Facilities
import Kernel
import Orders
import Store
import Transport

/// What is due about labels: the end of their validity, and the patience with those that others issue.
package struct LabelClocks: ClockHandler {
    package let kinds = [LabelClocks.expiry, LabelClocks.patience]
    /// On each current label that has an end.
    static let expiry = "label.expires"
    /// On each label that somebody else has to issue.
    static let patience = "label.awaited"
    static let awaited = "label.awaited"
    static let failed = "label.failed"
    /// How long a parcel waits for an outside label before somebody is told.
    static let wait = Duration.minutes(30)

    package init() {}

    static func setExpiry(_ label: LabelID, _ owner: MerchantID, _ until: Instant, in tx: Transaction) throws {
        try tx.schedule(expiry, source: "issuer", due: [(label.raw, owner, until, [:])])
    }

    static func setPatience(_ labels: [(LabelID, MerchantID)], in tx: Transaction) throws {
        try tx.schedule(patience, source: "policy", due: labels.map { ($0.0.raw, $0.1, tx.now + wait, [:]) })
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let labels = Dictionary(
            uniqueKeysWithValues: try Labels.load(clocks.map { LabelID($0.subject) }, in: tx).map { ($0.id, $0) })
        let parcels = Dictionary(
            uniqueKeysWithValues: try Parcels.load(labels.values.map(\.parcel), in: tx).map { ($0.id, $0) })
        var ended: Set<LabelID> = []
        return try clocks.map { clock in
            guard let label = labels[LabelID(clock.subject)], let parcel = parcels[label.parcel], !parcel.pull else { return "gone" }
            guard clock.kind == Self.expiry else { return try remind(label, parcel, due: clock.due, in: tx) }
            if !ended.contains(label.id) { ended.formUnion(try expire(label, parcel, in: tx)) }
            return ended.contains(label.id) ? "expired" : "used"
        }
    }

    /// With the other pieces of its shipment that have not left; answers what expired.
    private func expire(_ label: ParcelLabel, _ parcel: Parcel, in tx: Transaction) throws -> [LabelID] {
        guard label.state == .current, parcel.state == .labelled else { return [] }
        let pieces = [parcel] + (try VoidLabels.company(of: [parcel.id], in: tx))
        let ended = try Labels.of(pieces.map(\.id), in: tx).filter { $0.state == .current }.map(\.id)
        try Labels.change(ended, to: .expired, reason: "its time was over", in: tx)
        try ReissueLabel.ask(again: pieces, why: "expired", actor: "system", in: tx)
        return ended
    }

    private func remind(_ label: ParcelLabel, _ parcel: Parcel, due: Instant, in tx: Transaction) throws -> String {
        guard label.state == .requested, parcel.state == .packed else { return "met" }
        try OpenAtStake.run(
            [
                NewException(
                    Self.awaited, subject: parcel.id, merchant: parcel.merchant, site: parcel.site, ownerRole: .merchant,
                    due: parcel.shipBy,
                    detail: "The \(label.issuer) has given no label for \(parcel.order). Supply it, or cancel the order.")
            ], in: tx)
        return "missed"
    }
}
