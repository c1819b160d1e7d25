import Exceptions
import Kernel
import Orders
import Returns
import Store

/// The payment side says that it sent refunds; the payment state of their orders follows.
package struct SendRefunds: Flow {
    let refunds: [(refund: RefundID, reference: String)]
    let merchant: MerchantID?
    let actor: String

    package struct NotDue: Refusal, Equatable {
        package let refund: RefundID

        package init(_ refund: RefundID) { self.refund = refund }

        package var code: String { "refund.not_due" }
        package var message: String { "\(refund) was sent already." }
        package var kind: RefusalKind { .conflict }
    }

    /// - Parameter merchant: the only one whose refunds they may be; nil for the operator.
    package init(_ refunds: [(refund: RefundID, reference: String)], merchant: MerchantID?, actor: String) {
        self.refunds = refunds
        self.merchant = merchant
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let known = Dictionary(
            uniqueKeysWithValues: try Refunds.load(refunds.map(\.refund), in: tx).map { ($0.id, $0) })
        let sent = try refunds.map { id, reference -> (refund: Refund, reference: String) in
            guard let one = known[id], merchant == nil || one.merchant == merchant else { throw NotFound("refund", id) }
            guard RefundState.transitions[one.state]?.contains(.sent) ?? false else { throw NotDue(id) }
            return (one, reference)
        }
        try Refunds.sent(sent, actor: actor, occurred: tx.now, in: tx)
        try tx.closeClocks([ReturnGrants.refundDue], of: sent.map(\.refund.id.raw), outcome: "met")
        try Exceptions.close(
            sent.map(\.refund.id.description), kind: ReturnExceptions.refundLate, outcome: "sent", actor: actor, in: tx)
        try setPayments(sent.map(\.refund.order), in: tx)
        try ReturnEnds.close(try RMAs.load(sent.compactMap(\.refund.rma), in: tx), in: tx)
    }

    private func setPayments(_ ids: [OrderID], in tx: Transaction) throws {
        let orders = try OrderRecords.load(ids, locked: true, in: tx)
        let sums = try Refunds.sums(ids, in: tx), totals = try OrderRefunds.totals(of: ids, in: tx)
        let changed = orders.values.sorted { $0.id < $1.id }.compactMap { order -> (order: OrderID, payment: PaymentState)? in
            guard let sum = sums[order.id], sum > 0 else { return nil }
            let payment: PaymentState = sum >= totals[order.id] ?? 0 ? .refunded : .partlyRefunded
            guard order.payment != payment else { return nil }
            tx.emit(.orderPayment(order.id, order.merchant, payment, at: tx.now))
            return (order.id, payment)
        }
        try OrderRecords.setPayments(changed, in: tx)
    }
}
