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
        var refused: [RefusedRow] = [], known: [(seq: Int64, row: StagedRow, cancelled: Bool)] = []
        var requests: [OrderRequest] = [], cancelled: [OrderID] = []
        for (seq, row, order) in staged {
            guard let merchant = merchants[order.merchant] else {
                refused.append((seq, row, NotFound("merchant", order.merchant)))
                continue
            }
            known.append((seq, row, order.cancelled))
            requests.append(try request(order, of: merchant, secret))
        }
        let outcomes = try PlaceOrders(requests, desk: desk, actor: actor).run(in: tx)
        for ((seq, row, isCancelled), outcome) in zip(known, outcomes) {
            switch outcome {
            case .taken(let placed): if isCancelled, !placed.isRepeat { cancelled.append(placed.order) }
            case .refused(let refusal): refused.append((seq, row, refusal))
            }
        }
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
