import Edges
import Exceptions
import Facilities
import Kernel
import Orders
import Store
import Transport

/// Fetches the labels that channels and merchants issue. Without a source, they are waited for until somebody supplies
/// them.
package struct FetchWorker: OutboxWorker {
    package let kind = RequestLabels.fetch
    let desk: CarrierDesk

    package init(_ desk: CarrierDesk) { self.desk = desk }

    /// Null where the label was voided or supplied meanwhile: nothing is fetched.
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        guard let label = try Labels.load([LabelID(item.subject)], in: tx).first, label.state == .requested,
            let parcel = try Parcels.load([label.parcel], in: tx).first, parcel.state == .packed, !parcel.pull,
            let order = try OrderRecords.load([parcel.order], in: tx)[parcel.order]
        else { return .null }
        return [
            "issuer": .string(label.issuer), "order": .string(order.number), "channel": .string(order.channel),
            "piece": .int(Int64(parcel.piece)), "pieces": .int(Int64(parcel.pieces)),
            "weight": .int((parcel.weighed ?? parcel.expected).rawValue),
        ]
    }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        guard let source = desk.labels, let issuer = request["issuer"]?.string else { return .done([:]) }
        let fetch = LabelFetch(
            idempotencyKey: item.id.description, issuer: issuer, channel: request["channel"]?.string ?? "",
            order: request["order"]?.string ?? "", piece: Int(request["piece"]?.int ?? 1), pieces: Int(request["pieces"]?.int ?? 1),
            weight: Grams(request["weight"]?.int ?? 0), at: desk.clock())
        do {
            let label = try source.fetch(fetch)
            return .done([
                "number": .string(label.number), "carrier": .string(label.carrier), "url": .string(label.url),
                "valid_until": label.validUntil.map { .string($0.description) } ?? .null,
            ])
        } catch {
            return LabelWorker.outcome(error)
        }
    }

    /// The same key gives the same label: it may simply be asked for again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard let label = try Labels.load([LabelID(item.subject)], in: tx).first, label.state == .requested,
            let parcel = try Parcels.load([label.parcel], in: tx).first, parcel.state == .packed
        else { return }
        guard case .done(let reply) = outcome else { return try fail(label, parcel, outcome, in: tx) }
        guard let number = reply["number"]?.string else { return }
        guard try !Labels.isUsed(number, issuer: label.issuer, merchant: parcel.merchant, in: tx) else {
            return try fail(label, parcel, .refused("number \(number) is on another label already"), in: tx)
        }
        let supplied = SuppliedLabel(
            number: number, carrier: reply["carrier"]?.string ?? "", url: reply["url"]?.string,
            validUntil: reply["valid_until"]?.string.flatMap { Instant($0) })
        try SupplyLabel.apply(supplied, to: label.id, parcel, actor: "system", in: tx)
    }

    private func fail(_ label: ParcelLabel, _ parcel: Parcel, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        try Labels.failed(label.id, reason: "\(outcome)", in: tx)
        try tx.closeClocks([LabelClocks.patience], of: [label.id.raw], outcome: "failed")
        try OpenAtStake.run(
            [
                NewException(
                    LabelClocks.failed, subject: parcel.id, merchant: parcel.merchant, site: parcel.site, ownerRole: .operator,
                    due: parcel.shipBy,
                    detail: "The \(label.issuer) gave no label: \(outcome). Re-issue it, supply one, or cancel the order.")
            ], in: tx)
    }
}
