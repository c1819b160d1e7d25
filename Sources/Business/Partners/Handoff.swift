import Kernel
import Store

/// Where a fulfillment order stands with the partner or merchant who carries it out.
package enum HandoffState: String, SQLValue, CaseIterable, Codable {
    /// The partner can see it, and has not answered.
    case sent
    /// The partner does it, or what is left of it.
    case accepted
    /// Part of it has left.
    case shipping
    /// The partner was asked to stop and has not answered that.
    case cancelRequested = "cancel_requested"
    /// All that will come has left.
    case shipped
    /// Every parcel reached its end.
    case closed
    /// Nothing comes: the partner said no, had nothing, stopped when asked, or has it no more.
    case rejected
    case short
    case cancelled
    case withdrawn

    package static let transitions: [HandoffState: Set<HandoffState>] = [
        .sent: [.accepted, .rejected, .cancelRequested, .withdrawn],
        .accepted: [.shipping, .shipped, .short, .cancelRequested, .withdrawn],
        .shipping: [.shipped, .cancelRequested],
        .cancelRequested: [.accepted, .shipping, .shipped, .cancelled],
        .shipped: [.closed],
    ]

    /// The partner still has something to do or to answer.
    package var isOpen: Bool { Self.open.contains(self) }

    package static let open: [HandoffState] = [.sent, .accepted, .shipping, .cancelRequested]
}

/// What a partner answers to the wish to cancel.
package enum CancelReply: String, SQLValue, CaseIterable, Codable {
    case cancelled
    case tooLate = "too_late"
}

package struct HandoffLine: Sendable {
    package let id: FulfillmentLineID
    package let component: ComponentID
    package let sku: SKUID
    package let asked: Quantity
    package let shipped: Quantity
    package let dropped: Quantity

    package init(
        id: FulfillmentLineID, component: ComponentID, sku: SKUID, asked: Quantity, shipped: Quantity = 0, dropped: Quantity = 0
    ) {
        self.id = id
        self.component = component
        self.sku = sku
        self.asked = asked
        self.shipped = shipped
        self.dropped = dropped
    }

    /// What the partner still has to send or to give up.
    package var open: Quantity { asked - shipped - dropped }
}

/// A fulfillment order in a partner's hands.
package struct Handoff: Sendable {
    package let id: FulfillmentID
    package let merchant: MerchantID
    package let order: OrderID
    package let site: SiteID
    package let state: HandoffState
    package let sentAt: Instant
    package let acceptBy: Instant
    package let shipBy: Instant
    /// What the shopper was told.
    package let deliverBy: Instant
    /// The wish to cancel that was passed on last; nil where there was none.
    package let cancel: CancelID?
    package var lines: [HandoffLine]

    package init(
        id: FulfillmentID, merchant: MerchantID, order: OrderID, site: SiteID, state: HandoffState = .sent, sentAt: Instant,
        acceptBy: Instant, shipBy: Instant, deliverBy: Instant, cancel: CancelID? = nil, lines: [HandoffLine]
    ) {
        self.id = id
        self.merchant = merchant
        self.order = order
        self.site = site
        self.state = state
        self.sentAt = sentAt
        self.acceptBy = acceptBy
        self.shipBy = shipBy
        self.deliverBy = deliverBy
        self.cancel = cancel
        self.lines = lines
    }

    package var open: Quantity { lines.reduce(0) { $0 + $1.open } }
    package var shipped: Quantity { lines.reduce(0) { $0 + $1.shipped } }
}

/// Why a partner's word is not taken, in the order of the checks. A place is the JSON pointer of a line.
package enum HandoffRefused: Refusal, Equatable {
    case wrongState(FulfillmentID, HandoffState, wanted: HandoffState)
    case unknownLine(String)
    case repeatedLine(String)
    case tooMany(String, wanted: Quantity, open: Quantity)

    package static let samples: [any Refusal] = [
        Self.wrongState(FulfillmentID(0), .closed, wanted: .accepted), Self.unknownLine(""), Self.repeatedLine(""),
        Self.tooMany("", wanted: 0, open: 0),
    ]

    package var code: String {
        switch self {
        case .wrongState: "handoff.wrong_state"
        case .unknownLine: "handoff.line_unknown"
        case .repeatedLine: "handoff.line_repeated"
        case .tooMany: "handoff.too_many"
        }
    }

    package var message: String {
        switch self {
        case .wrongState(let id, let state, let wanted): "\(id) is \(state.rawValue); it does not become \(wanted.rawValue) from there."
        case .unknownLine(let place): "\(place) names no line of this fulfillment order."
        case .repeatedLine(let place): "\(place) names a line that was named before."
        case .tooMany(let place, let wanted, let open): "\(place) is about \(wanted) units; \(open) are open."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .wrongState, .tooMany: .conflict
        case .unknownLine, .repeatedLine: .invalid
        }
    }

    package var field: String? {
        switch self {
        case .wrongState: nil
        case .unknownLine(let place), .repeatedLine(let place): place + "/line"
        case .tooMany(let place, _, _): place + "/quantity"
        }
    }
}
