import Identity
import Kernel
import Orders
import Store
import Transport

/// Takes an order that comes with its label: placed or recorded as any other, and the label waits for the first parcel.
package struct PlaceLabelledOrder: Flow {
    let order: PlaceOrder
    let label: SuppliedLabel
    let vault: Vault

    /// Nil where the request comes without a label.
    package init?(_ request: OrderRequest, desk: OrderDesk, actor: String) {
        guard let label = request.label else { return nil }
        order = PlaceOrder(request, desk: desk, actor: actor)
        self.label = label
        vault = desk.vault
    }

    /// What is wrong with the label; those of `SupplyLabel` that concern it, in their order. After all that is wrong with the
    /// order.
    package struct Refused: Refusal, Equatable {
        package let why: SupplyLabel.Refused

        package init(_ why: SupplyLabel.Refused) { self.why = why }
        package static let samples: [Refused] = [
            .init(.textInvalid(field: "number")), .init(.noDocument), .init(.overPast(.distantPast)), .init(.numberUsed("")),
        ]
        package var code: String { why.code }
        package var message: String { why.message }
        package var kind: RefusalKind { why.kind }
        package var field: String? { why.field.map { "/label" + $0 } }
    }

    /// A recorded order is sold already: a label whose time is over does not keep it out, and is asked for anew.
    package func run(in tx: Transaction) throws -> PlacedOrder {
        let placed = try order.run(in: tx)
        guard !placed.isRepeat else { return placed }
        let request = order.request
        let isOver = request.way == .record && label.validUntil.map { $0 <= tx.now } ?? false
        do { try SupplyLabel.check(label, now: isOver ? .distantPast : tx.now) } catch { throw Refused(error) }
        let isTaken = try OrderLabels.isUsed(label.number, merchant: request.merchant, in: tx)
            || Labels.isUsed(label.number, issuer: request.labelIssuer.rawValue, merchant: request.merchant, in: tx)
        guard !isTaken else { throw Refused(.numberUsed(label.number)) }
        let id = tx.id(LabelID.self)
        try OrderLabels.add(
            OrderLabel(
                order: placed.order, id: id, merchant: request.merchant, number: label.number, carrier: label.carrier,
                url: label.url, validUntil: label.validUntil), in: tx)
        guard let document = label.document else { return placed }
        let recipient = try OrderRecords.load([placed.order], in: tx)[placed.order]?.recipient
        try SealedDocuments.keep(
            document.bytes, document.mediaType, of: id.raw, merchant: request.merchant, recipient: recipient, vault, in: tx)
        return placed
    }
}
