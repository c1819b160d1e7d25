import Identity
import Kernel
import Orders
import Store

/// A channel tells what an order of its own is now: one that was not known is recorded, a newer version is an edit, an
/// older one that comes late is passed over.
package struct RecordVersion: Flow {
    let request: OrderRequest
    let version: Int64
    let payment: PaymentState?
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - request: the whole order as it is now.
    ///   - version: a number of the channel's that grows with each change, such as the time of its last update.
    ///   - payment: where the channel says how it stands.
    package init(_ request: OrderRequest, version: Int64, payment: PaymentState?, desk: OrderDesk, actor: String) {
        self.request = request
        self.version = version
        self.payment = payment
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> EditOrder.Answer {
        guard let known = try OrderNumbers.known([request.key], in: tx)[request.key] else {
            let placed = try PlaceOrder(request, desk: desk, actor: actor).run(in: tx)
            try OrderEdits.setChannelVersion(placed.order, version, in: tx)
            return try EditOrder.Answer(.recorded, placed.order, in: tx)
        }
        let edit = EditOrder(
            known.order, merchant: request.merchant,
            .init(lines: request.lines, destination: request.destination, person: request.person), channelVersion: version,
            desk: desk, actor: actor)
        let answer = try edit.run(in: tx)
        guard answer.outcome != .superseded, let payment,
            try OrderRecords.load([known.order], in: tx)[known.order]?.payment != payment
        else { return answer }
        try SetPayment(known.order, merchant: request.merchant, payment, desk: desk).run(in: tx)
        return try EditOrder.Answer(.edited, known.order, in: tx)
    }
}
