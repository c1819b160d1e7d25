import Kernel
import Orders
import Store

/// The payment provider or channel tells how an order stands; goods leave only for one that allows it.
///
/// An order that is paid for later than it was placed gets its dates then: work begins with the payment.
package struct SetPayment: BatchFlow {
    package typealias Answer = Void

    let order: OrderID
    let merchant: MerchantID?
    let payment: PaymentState
    let desk: OrderDesk

    package init(_ order: OrderID, merchant: MerchantID?, _ payment: PaymentState, desk: OrderDesk) {
        self.order = order
        self.merchant = merchant
        self.payment = payment
        self.desk = desk
    }

    package enum Refused: Refusal, Equatable {
        case wrongState(OrderID, PaymentState, wanted: PaymentState)

        package static let codes = ["payment.wrong_state"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .wrongState(let order, let state, let wanted):
                "The payment of \(order) is \(state.rawValue), after which it cannot be \(wanted.rawValue)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package struct Loaded {
        let records: [OrderID: OrderRecord]
        var payments: [OrderID: PaymentState] = [:]
        var told: [(order: OrderID, payment: PaymentState)] = []
        let desk: OrderDesk
    }

    package static func load(_ flows: [SetPayment], in tx: Transaction) throws -> Loaded {
        guard let desk = flows.first?.desk else { preconditionFailure("a batch holds a flow") }
        return Loaded(records: try OrderRecords.load(flows.map(\.order), locked: true, in: tx), desk: desk)
    }

    package func decide(_ loaded: inout Loaded, in tx: Transaction) throws {
        guard let record = loaded.records[order], merchant == nil || record.merchant == merchant else {
            throw NotFound("order", order)
        }
        let known = loaded.payments[order] ?? record.payment
        if known == payment {
            // What is told again is answered again, unless it settles what an edit left due.
            guard record.due != 0 else { return }
        } else if !(PaymentState.transitions[known]?.contains(payment) ?? false) {
            throw Refused.wrongState(order, known, wanted: payment)
        }
        loaded.payments[order] = payment
        loaded.told.append((order, payment))
    }

    package static func write(_ loaded: Loaded, in tx: Transaction) throws {
        let last = loaded.payments.sorted { $0.key < $1.key }.map { (order: $0.key, payment: $0.value) }
        try OrderRecords.setPayments(last, in: tx)
        try OrderRecords.settle(last.map(\.order), in: tx)
        for one in loaded.told {
            guard let record = loaded.records[one.order] else { continue }
            tx.emit(.orderPayment(one.order, record.merchant, one.payment, at: tx.now))
        }
        let paid = last.compactMap { one -> OrderRecord? in
            guard one.payment.allowsRelease, let record = loaded.records[one.order], !record.payment.allowsRelease else { return nil }
            return record
        }
        try DatePaidOrders.run(paid, loaded.desk, in: tx)
    }
}
