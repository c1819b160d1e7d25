import Kernel
import Orders
import Store

/// Why an order is not edited, split or merged: in the order of the checks.
package enum EditRefused: Refusal, Equatable {
    case stale(OrderID, seen: Int64, version: Int64)
    case ended(OrderID, OrderState)
    case noSale(OrderID)
    /// Somebody works on it, or it has left.
    case lineInWork(OrderID, LineID)
    case belowRefunded(OrderID, total: Int64, refunded: Int64)
    case later(OrderID, promised: Instant, now: Instant)

    package static let samples: [EditRefused] = [
        .stale(OrderID(0), seen: 0, version: 0), .ended(OrderID(0), .shipped), .noSale(OrderID(0)),
        .lineInWork(OrderID(0), LineID(0)), .belowRefunded(OrderID(0), total: 0, refunded: 0),
        .later(OrderID(0), promised: .distantPast, now: .distantPast),
    ]

    package var code: String {
        switch self {
        case .stale: "order.version_stale"
        case .ended: "order.ended"
        case .noSale: "order.not_a_sale"
        case .lineInWork: "order.line_in_work"
        case .belowRefunded: "order.refunded_more"
        case .later: "order.promise_broken"
        }
    }

    package var message: String {
        switch self {
        case .stale(let id, let seen, let version): "\(id) has version \(version) by now, not \(seen); read it again."
        case .ended(let id, let state): "\(id) is \(state.rawValue); nothing of it can be changed."
        case .noSale(let id): "\(id) is no sale; it is cancelled and placed anew."
        case .lineInWork(let id, let line): "\(line) of \(id) is being worked on or has left; it stays as it is, or is cancelled."
        case .belowRefunded(let id, let total, let refunded):
            "\(id) would come to \(total) minor units, and \(refunded) were given back already."
        case .later(let id, let promised, let now):
            "\(id) is promised for \(promised) and would come by \(now). Say accept_later where that is wanted."
        }
    }

    package var kind: RefusalKind { .conflict }
    package var field: String? { if case .stale = self { "/version" } else { nil } }

    /// An order that can be changed, locked.
    static func load(_ id: OrderID, of merchant: MerchantID?, seen: Int64?, in tx: Transaction) throws -> OrderRecord {
        guard let record = try OrderRecords.load([id], locked: true, in: tx)[id], merchant == nil || record.merchant == merchant
        else { throw NotFound("order", id) }
        if let seen, seen != record.version { throw EditRefused.stale(id, seen: seen, version: record.version) }
        guard record.state == .open else { throw EditRefused.ended(id, record.state) }
        guard record.purpose == .sale else { throw EditRefused.noSale(id) }
        return record
    }
}
