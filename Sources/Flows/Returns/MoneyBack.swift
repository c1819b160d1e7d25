import Kernel
import Orders
import Returns
import Store

/// Money that goes back to a shopper although nothing comes back: a refund without a return, sent as any refund is.
enum MoneyBack {
    private static let patience = Duration.hours(72)

    /// What of an order was paid and not given back yet, in minor units.
    static func left(_ order: OrderRecord) -> Int64 { max(0, order.total - order.refunded - max(0, order.due)) }

    /// - Throws: `MoneyBackRefused`; and where the amount is nothing or in another currency.
    static func check(_ amount: Money, _ order: OrderRecord) throws {
        guard amount.currency == order.currency else {
            throw InvalidInput(field: "/currency", "\(order.id) is in \(order.currency.code), not in \(amount.currency.code).")
        }
        guard amount.minor > 0 else { throw InvalidInput(field: "/amount", "An amount is more than nothing; \(amount) is not.") }
        guard isPaid(order) else { throw MoneyBackRefused.nothingPaid(order.id, order.payment) }
        let left = left(order)
        guard amount.minor <= left else {
            throw MoneyBackRefused.overPaid(order.id, asked: "\(amount)", left: "\(Money(left, order.currency))")
        }
        // An order of which all was given back is not sent.
        guard order.state != .open || amount.minor < left else { throw MoneyBackRefused.cancelInstead(order.id) }
    }

    private static func isPaid(_ order: OrderRecord) -> Bool {
        switch order.payment {
        case .paid, .partlyRefunded: true
        case .authorized, .onDelivery: order.state == .delivered || order.state == .returned
        case .pending, .refunded: false
        }
    }

    /// After `check`, with the order locked.
    static func give(_ amount: Money, for order: OrderRecord, in tx: Transaction) throws -> RefundID {
        var parts = RefundParts()
        parts.items = amount.minor
        let refund = Refund(
            id: tx.id(), rma: nil, merchant: order.merchant, order: order.id, refundOn: .onRequest, currency: amount.currency,
            parts: parts, dueBy: tx.now + patience)
        try OrderRefunds.record([], amounts: [(order.id, amount.minor)], in: tx)
        try Refunds.add([(refund, [])], occurred: tx.now, in: tx)
        try tx.schedule(ReturnGrants.refundDue, source: "policy", due: [(refund.id.raw, order.merchant, refund.dueBy, [:])])
        return refund.id
    }
}

/// In the order of the checks.
package enum MoneyBackRefused: Refusal, Equatable {
    /// There is no money that could go back.
    case nothingPaid(OrderID, PaymentState)
    /// Amounts as people write them.
    case overPaid(OrderID, asked: String, left: String)
    /// It has not left, and nothing of it would be paid.
    case cancelInstead(OrderID)

    package static let samples: [MoneyBackRefused] = [
        .nothingPaid(OrderID(0), .pending), .overPaid(OrderID(0), asked: "", left: ""), .cancelInstead(OrderID(0)),
    ]
    package var code: String {
        switch self {
        case .nothingPaid: "refund.nothing_paid"
        case .overPaid: "refund.over_paid"
        case .cancelInstead: "refund.cancel_instead"
        }
    }
    package var message: String {
        switch self {
        case .nothingPaid(let id, let state): "\(id) is \(state.rawValue): there is nothing to give back."
        case .overPaid(let id, let asked, let left): "\(left) of \(id) were paid and not given back; \(asked) are more."
        case .cancelInstead(let id): "\(id) has not left and nothing of it would be paid; cancel it instead."
        }
    }
    package var kind: RefusalKind { if case .overPaid = self { .invalid } else { .conflict } }
    package var field: String? { if case .nothingPaid = self { nil } else { "/amount" } }
}
