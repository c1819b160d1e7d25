import Kernel
import Orders
import Store

/// The payment provider or channel tells how an order stands; goods leave only for one that allows it.
package struct SetPayment: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let payment: PaymentState

    package init(_ order: OrderID, merchant: MerchantID?, _ payment: PaymentState) {
        self.order = order
        self.merchant = merchant
        self.payment = payment
    }

    package func run(in tx: Transaction) throws {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        try OrderRecords.setPayment(order, payment, in: tx)
        tx.emit(.orderPayment(order, record.merchant, payment, at: tx.now))
    }
}

/// Keeps an order from being released, or lets it go again.
package struct HoldOrder: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let kind: String
    /// Nil releases the hold.
    let reason: String?

    package init(_ order: OrderID, merchant: MerchantID?, kind: String, reason: String?) {
        self.order = order
        self.merchant = merchant
        self.kind = kind
        self.reason = reason
    }

    package func run(in tx: Transaction) throws {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        if let reason {
            try OrderHolds.place([order], kind: kind, reason: reason, in: tx)
        } else if try OrderHolds.release(order, kind: kind, in: tx) == 0 {
            throw NotFound("hold", kind)
        }
        tx.emit(.orderHold(order, record.merchant, kind: kind, isOn: reason != nil, at: tx.now))
    }
}
