import Kernel
import Merchants
import Orders
import Store

/// Opens a live session: orders that join it wait for each other.
package struct OpenLiveSession: Flow {
    let merchant: MerchantID
    let channel: String
    let name: String
    let endsAt: Instant
    let actor: String

    /// - Parameter endsAt: it closes then by itself.
    package init(merchant: MerchantID, channel: String, name: String, endsAt: Instant, actor: String) {
        self.merchant = merchant
        self.channel = channel
        self.name = name
        self.endsAt = endsAt
        self.actor = actor
    }

    package static let longest = Duration.days(3)

    package func run(in tx: Transaction) throws -> LiveSessionID {
        guard endsAt > tx.now, endsAt <= tx.now + Self.longest else { throw LiveSessionRefused.badEnd(endsAt) }
        guard try Merchant.find(merchant, in: tx) != nil else { throw NotFound("merchant", merchant) }
        let session = LiveSession(id: tx.id(), merchant: merchant, channel: channel, name: name, endsAt: endsAt)
        try LiveSessions.add(session, actor: actor, in: tx)
        return session.id
    }
}

/// Closes a live session: its orders are merged where that saves parcels, and let go. One that is closed stays so.
package struct CloseLiveSession: Flow {
    let session: LiveSessionID
    let merchant: MerchantID?
    let actor: String

    /// - Parameter merchant: the only one whose session it may be; nil for the operator.
    package init(_ session: LiveSessionID, merchant: MerchantID?, actor: String) {
        self.session = session
        self.merchant = merchant
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let found = try LiveSessionRefused.load(session, of: merchant, in: tx)
        guard try LiveSessions.close(found, actor: actor, in: tx) else { return }
        try LiveSessionClocks.gather(found, in: tx)
    }
}

/// Makes orders that are placed already orders of a live session.
package struct JoinLiveSession: Flow {
    let session: LiveSessionID
    let orders: [OrderID]
    let merchant: MerchantID?

    /// - Parameter merchant: the only one whose session and orders they may be; nil for the operator.
    package init(_ session: LiveSessionID, _ orders: [OrderID], merchant: MerchantID?) {
        self.session = session
        self.orders = orders
        self.merchant = merchant
    }

    package func run(in tx: Transaction) throws {
        let found = try LiveSessionRefused.load(session, of: merchant, in: tx)
        guard found.state == .open else { throw LiveSessionRefused.closed(session) }
        let records = try OrderRecords.load(orders, locked: true, in: tx), joined = try LiveSessions.of(orders, in: tx)
        for order in orders {
            guard let record = records[order], record.merchant == found.merchant else { throw NotFound("order", order) }
            guard record.channel == found.channel else { throw LiveSessionRefused.otherChannel(order, found.channel) }
            guard (joined[order] ?? session) == session else { throw LiveSessionRefused.otherSession(order) }
            guard record.state == .open, record.purpose == .sale else { throw EditRefused.ended(order, record.state) }
        }
        let new = Set(orders).subtracting(joined.keys).sorted()
        try LiveSessions.join(new, found, in: tx)
        try SessionHold.place(new.compactMap { records[$0] }, found, in: tx)
    }
}

/// Takes an order of a live session: placed or recorded as any other, and it waits for its session.
package struct PlaceInSession: Flow {
    let order: PlaceOrder
    let session: LiveSessionID

    package init(_ request: OrderRequest, _ session: LiveSessionID, desk: OrderDesk, actor: String) {
        order = PlaceOrder(request, desk: desk, actor: actor)
        self.session = session
    }

    /// A recorded order is sold already: one that comes after its session has closed waits for nobody.
    package func run(in tx: Transaction) throws -> PlacedOrder {
        let request = order.request
        // Before the stock is locked, as by those who let its orders go.
        let found = try LiveSessionRefused.load(session, of: request.merchant, in: tx)
        let placed = try order.run(in: tx)
        guard !placed.isRepeat else { return placed }
        guard found.channel == request.channel else { throw LiveSessionRefused.otherChannel(placed.order, found.channel) }
        if found.state == .closed {
            guard request.way == .record else { throw LiveSessionRefused.closed(session) }
            return placed
        }
        try JoinLiveSession(session, [placed.order], merchant: request.merchant).run(in: tx)
        return placed
    }
}

/// Why something is not done to a live session, in the order of the checks.
package enum LiveSessionRefused: Refusal, Equatable {
    case badEnd(Instant)
    case closed(LiveSessionID)
    case otherChannel(OrderID, String)
    case otherSession(OrderID)

    package static let joining: [LiveSessionRefused] = [.closed(LiveSessionID(0)), .otherChannel(OrderID(0), ""), .otherSession(OrderID(0))]
    package static let samples: [LiveSessionRefused] = [.badEnd(.distantPast)] + joining

    package var code: String {
        switch self {
        case .badEnd: "live_session.ends_invalid"
        case .closed: "live_session.closed"
        case .otherChannel: "live_session.other_channel"
        case .otherSession: "live_session.other_session"
        }
    }
    package var message: String {
        switch self {
        case .badEnd(let end): "A live session ends within the next 3 days; \(end) is not."
        case .closed(let id): "\(id) is closed; nothing waits for it any more."
        case .otherChannel(let order, let channel): "\(order) was sold elsewhere; the session is of channel '\(channel)'."
        case .otherSession(let order): "\(order) is of another session."
        }
    }
    package var kind: RefusalKind { if case .badEnd = self { .invalid } else { .conflict } }
    package var field: String? { if case .badEnd = self { "/ends_at" } else { nil } }

    /// Locked.
    static func load(_ id: LiveSessionID, of merchant: MerchantID?, in tx: Transaction) throws -> LiveSession {
        guard let found = try LiveSessions.find(id, locked: true, in: tx), merchant == nil || found.merchant == merchant else {
            throw NotFound("live_session", id)
        }
        return found
    }
}
