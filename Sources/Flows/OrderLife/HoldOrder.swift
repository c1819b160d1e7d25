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
        /// Orders are held so by joining a live session.
        case reserved(String)
        case ended(OrderID, OrderState)

        package static let samples: [Refused] = [.badUntil(.distantPast), .reserved(""), .ended(OrderID(0), .shipped)]
        package var code: String {
            switch self {
            case .badUntil: "order.hold_until_invalid"
            case .reserved: "order.hold_kind_reserved"
            case .ended: "order.ended"
            }
        }
        package var message: String {
            switch self {
            case .badUntil(let until): "A hold ends within the next 366 days; \(until) is not."
            case .reserved(let kind): "Orders are held as '\(kind)' by joining a live session."
            case .ended(let id, let state): "\(id) is \(state.rawValue); nothing of it is left to be held."
            }
        }
        package var kind: RefusalKind { if case .ended = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .badUntil: "/until"
            case .reserved: "/kind"
            case .ended: nil
            }
        }
    }

    package func run(in tx: Transaction) throws {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        if let reason {
            if let until { guard until > tx.now, until <= tx.now + Self.longest else { throw Refused.badUntil(until) } }
            guard kind != LiveSessions.hold else { throw Refused.reserved(kind) }
            guard record.state == .open else { throw Refused.ended(order, record.state) }
            try OrderHolds.place(record, kind: kind, reason: reason, until: until, in: tx)
        } else if try OrderHolds.release(order, kind: kind, in: tx) == 0 {
            throw NotFound("hold", kind)
        }
        tx.emit(.orderHold(order, record.merchant, kind: kind, isOn: reason != nil, until: until, at: tx.now))
    }
}

/// Lets go of orders whose holds were for a time. One that waited for its live session goes with what else its shopper
/// has bought there.
package struct OrderHoldClocks: ClockHandler {
    package let kinds = [OrderHolds.clock]
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let ended = try OrderHolds.end(clocks.map { HoldID($0.subject) }.sorted(), in: tx)
        let owners = Dictionary(uniqueKeysWithValues: clocks.map { (HoldID($0.subject), $0.owner) })
        for one in ended {
            guard let owner = owners[one.hold] ?? nil else { throw StoreError.unexpected("\(one.hold) is no merchant's") }
            tx.emit(.orderHold(one.order, owner, kind: one.kind, isOn: false, at: tx.now))
        }
        let live = try LiveSessions.of(ended.filter { $0.kind == LiveSessions.hold }.map(\.order), in: tx)
        for (session, orders) in Dictionary(grouping: live.keys.sorted(), by: { live[$0] }).sorted(by: { $0.value[0] < $1.value[0] }) {
            if let session { try GatherSession(desk: desk).run(orders, of: session, in: tx) }
        }
        let gone = Set(ended.map(\.hold))
        return clocks.map { gone.contains(HoldID($0.subject)) ? "released" : "was released" }
    }
}
