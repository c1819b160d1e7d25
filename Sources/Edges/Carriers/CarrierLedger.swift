import Kernel
import Synchronization

/// A label the built-in courier has issued: all that must outlive a restart. Holds no personal data.
package struct IssuedLabel: Hashable, Sendable, Codable {
    package var idempotencyKey: String
    /// Of what was asked under the key, without the address lines.
    package var fingerprint: String
    package var trackingNumber: String
    package var service: String
    package var price: Money
    package var zone: String
    package var billableWeight: Grams
    package var transitDays: Int
    package var routingCode: String
    /// Towns.
    package var origin: String
    package var destination: String
    package var issuedAt: Instant
    package var voidedAt: Instant?
    package var handedOverAt: Instant?
    package var manifestNumber: String?
    /// When it was turned back on its way.
    package var interceptedAt: Instant?
    /// When it was last sent elsewhere, and the country it is in.
    package var redirectedAt: Instant?
    package var country: String?
    /// Of the first piece of a shipment: how many there are. Nil where a parcel goes alone.
    package var pieces: Int?

    /// The key under which a further piece of a shipment stands; pieces count from 1.
    static func key(_ idempotencyKey: String, piece: Int) -> String {
        piece == 1 ? idempotencyKey : "\(idempotencyKey)/\(piece)"
    }

    var reply: LabelReply {
        LabelReply(
            idempotencyKey: idempotencyKey, trackingNumber: trackingNumber, service: service, price: price, zone: zone,
            billableWeight: billableWeight, transitDays: transitDays, routingCode: routingCode, artwork: .ours)
    }
}

/// How an issued label ends; a label ends once, and what was handed over can be turned back once.
package enum LabelSettlement: Hashable, Sendable {
    case voided(at: Instant)
    case handedOver(at: Instant, manifestNumber: String)
    case intercepted(at: Instant)
    case redirected(at: Instant, town: String)
}

/// Where the built-in courier keeps its labels. Both keys are unique; each call is atomic.
package protocol CarrierLedger: Sendable {
    func label(idempotencyKey: String) throws -> IssuedLabel?
    func label(trackingNumber: String) throws -> IssuedLabel?
    /// Adds the label unless its key or its number is taken. Returns the one that stands: first by key, then by number.
    func insert(_ label: IssuedLabel) throws -> IssuedLabel
    /// Ends the label unless it has ended. Returns it as it stands now; nil where there is none.
    func settle(trackingNumber: String, as settlement: LabelSettlement) throws -> IssuedLabel?
}

extension IssuedLabel {
    /// Applies what `CarrierLedger.settle` promises.
    package mutating func settle(as settlement: LabelSettlement) {
        switch settlement {
        case .voided(let at) where voidedAt == nil && handedOverAt == nil: voidedAt = at
        case .handedOver(let at, let number) where voidedAt == nil && handedOverAt == nil:
            (handedOverAt, manifestNumber) = (at, number)
        case .intercepted(let at) where handedOverAt != nil && interceptedAt == nil: interceptedAt = at
        case .redirected(let at, let town) where handedOverAt != nil && interceptedAt == nil:
            if destination != town || redirectedAt == nil { (redirectedAt, destination) = (at, town) }
        default: return
        }
    }
}

/// A ledger for tests and rehearsals; gone with the process.
package final class InMemoryCarrierLedger: CarrierLedger {
    private struct Book {
        var labels: [String: IssuedLabel] = [:]
        var numberOfKey: [String: String] = [:]
    }

    private let book = Mutex(Book())

    package init() {}

    package func label(idempotencyKey: String) -> IssuedLabel? {
        book.withLock { book in book.numberOfKey[idempotencyKey].flatMap { book.labels[$0] } }
    }

    package func label(trackingNumber: String) -> IssuedLabel? {
        book.withLock { $0.labels[trackingNumber] }
    }

    package func insert(_ label: IssuedLabel) -> IssuedLabel {
        book.withLock { book in
            if let number = book.numberOfKey[label.idempotencyKey], let first = book.labels[number] { return first }
            if let other = book.labels[label.trackingNumber] { return other }
            book.labels[label.trackingNumber] = label
            book.numberOfKey[label.idempotencyKey] = label.trackingNumber
            return label
        }
    }

    package func settle(trackingNumber: String, as settlement: LabelSettlement) -> IssuedLabel? {
        book.withLock { book in
            book.labels[trackingNumber]?.settle(as: settlement)
            return book.labels[trackingNumber]
        }
    }
}
