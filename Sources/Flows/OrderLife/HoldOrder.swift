import Kernel
import Orders
import Store

/// Keeps an order from being released, or lets it go again.
package struct HoldOrder: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let kind: String
    /// Nil releases the hold.
    let reason: String?
    let until: Instant?

    /// - Parameters:
    ///   - merchant: the only one whose order it may be; nil for the operator.
    ///   - until: the hold ends then by itself; nil: when somebody lets the order go.
    package init(_ order: OrderID, merchant: MerchantID?, kind: String, reason: String?, until: Instant? = nil) {
        self.order = order
        self.merchant = merchant
        self.kind = kind
        self.reason = reason
        self.until = until
    }

    package static let longest = Duration.days(366)

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case badUntil(Instant)
        case ended(OrderID, OrderState)

        package static let samples: [Refused] = [.badUntil(.distantPast), .ended(OrderID(0), .shipped)]
        package var code: String { if case .badUntil = self { "order.hold_until_invalid" } else { "order.ended" } }
        package var message: String {
            switch self {
            case .badUntil(let until): "A hold ends within the next 366 days; \(until) is not."
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing of it is left to be held."
            }
        }
        package var kind: RefusalKind { if case .badUntil = self { .invalid } else { .conflict } }
        package var field: String? { if case .badUntil = self { "/until" } else { nil } }
    }

    package func run(in tx: Transaction) throws {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        if let reason {
            if let until { guard until > tx.now, until <= tx.now + Self.longest else { throw Refused.badUntil(until) } }
            guard record.state == .open else { throw Refused.ended(order, record.state) }
            try OrderHolds.place(record, kind: kind, reason: reason, until: until, in: tx)
        } else if try OrderHolds.release(order, kind: kind, in: tx) == 0 {
            throw NotFound("hold", kind)
        }
        tx.emit(.orderHold(order, record.merchant, kind: kind, isOn: reason != nil, until: until, at: tx.now))
    }
}

/// Lets go of orders whose holds were for a time.
package struct OrderHoldClocks: ClockHandler {
    package let kinds = [OrderHolds.clock]

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let ended = try OrderHolds.end(clocks.map { HoldID($0.subject) }.sorted(), in: tx)
        let owners = Dictionary(uniqueKeysWithValues: clocks.map { (HoldID($0.subject), $0.owner) })
        for one in ended {
            guard let owner = owners[one.hold] ?? nil else { throw StoreError.unexpected("\(one.hold) is no merchant's") }
            tx.emit(.orderHold(one.order, owner, kind: one.kind, isOn: false, at: tx.now))
        }
        let gone = Set(ended.map(\.hold))
        return clocks.map { gone.contains(HoldID($0.subject)) ? "released" : "was released" }
    }
}
