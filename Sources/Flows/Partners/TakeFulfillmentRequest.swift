import Inventory
import Kernel
import Orders
import Store

/// Another order system asks us to send goods that it has sold: what is there we take on, and the rest is rejected at once.
///
/// The same number with the same content answers the first request.
package struct TakeFulfillmentRequest: Flow {
    /// The channel under which such orders stand.
    package static let channel = "fulfillment"
    static let rejected = "rejected"

    let request: OrderRequest
    let desk: OrderDesk
    let actor: String

    /// - Parameter request: its channel and way are set here.
    package init(_ request: OrderRequest, desk: OrderDesk, actor: String) {
        var request = request
        (request.channel, request.way) = (Self.channel, .record)
        self.request = request
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> OrderID {
        let placed = try PlaceLabelledOrder(request, desk: desk, actor: actor)?.run(in: tx)
            ?? PlaceOrder(request, desk: desk, actor: actor).run(in: tx)
        guard !placed.isRepeat, placed.waiting > 0 else { return placed.order }
        let waiting = try OrderRecords.components(of: [placed.order], in: tx).filter { $0.waiting > 0 }
        try OrderProgress.move(
            waiting.map { (component: $0.id, quantity: $0.waiting) }, from: .waiting, to: .cancelled, in: tx)
        tx.emit(
            .orderMoved(
                placed.order, request.merchant, site: nil, from: .waiting, to: .cancelled, quantity: placed.waiting, at: tx.now))
        for shortage in try Shortages.waiting(of: placed.order, in: tx) {
            try OrderClocks.settle(shortage, shortage.quantity, as: Self.rejected, in: tx)
        }
        try OrderProgress.refresh([placed.order], occurred: tx.now, in: tx)
        if placed.reserved == 0 { try OrderClocks.cancelled([placed.order], in: tx) }
        return placed.order
    }
}
