import Kernel
import Merchants
import Store

/// Records orders as a set, and cancels those that the files say were cancelled.
struct ApplyOrders {
    let record: ImportRecord
    let desk: OrderDesk
    let actor: String

    func run(_ rows: [(seq: Int64, row: StagedRow)], in tx: Transaction) throws -> [RefusedRow] {
        let staged = try rows.map { (seq: $0.seq, row: $0.row, order: try $0.row.read(StagedOrder.self)) }
        let merchants = try Merchant.find(codes: Set(staged.map(\.order.merchant)).sorted(), in: tx).mapValues(\.id)
        let secret = try staged.contains { $0.order.person != nil } ? ImportSecret.open(record.secret, desk.vault, in: tx) : nil
        var refused: [RefusedRow] = [], flows: [(seq: Int64, row: StagedRow, cancelled: Bool, flow: PlaceOrder)] = []
        for (seq, row, order) in staged {
            guard let merchant = merchants[order.merchant] else {
                refused.append((seq, row, NotFound("merchant", order.merchant)))
                continue
            }
            let request = try request(order, of: merchant, secret)
            flows.append((seq, row, order.cancelled, PlaceOrder(request, desk: desk, actor: actor)))
        }
        guard !flows.isEmpty else { return refused }
        var loaded = try PlaceOrder.load(flows.map(\.flow), in: tx), cancelled: [OrderID] = []
        for (seq, row, isCancelled, flow) in flows {
            do {
                let placed = try flow.decide(&loaded, in: tx)
                if isCancelled, !placed.isRepeat { cancelled.append(placed.order) }
            } catch let refusal as PlaceOrderRefused {
                refused.append((seq, row, refusal))
            }
        }
        try PlaceOrder.write(loaded, in: tx)
        for order in cancelled {
            _ = try CancelOrder(order, merchant: nil, reason: "cancelled in the imported files", actor: actor).run(in: tx)
        }
        return refused.sorted { $0.seq < $1.seq }
    }

    private func request(_ order: StagedOrder, of merchant: MerchantID, _ secret: ImportSecret?) throws -> OrderRequest {
        OrderRequest(
            merchant: merchant, channel: order.channel, number: order.number, way: .record, payment: order.payment,
            currency: order.currency, person: try order.person.flatMap { try secret?.open($0) },
            destination: order.destination.destination,
            lines: order.lines.map {
                OrderRequest.Line(
                    sku: $0.sku, quantity: Quantity($0.quantity), unitPrice: $0.unitPrice, discount: $0.discount,
                    shipping: $0.shipping, tax: $0.tax, channelUnit: $0.channelUnit)
            },
            placedAt: order.placedAt, deliverBy: order.deliverBy, importID: record.id)
    }
}
