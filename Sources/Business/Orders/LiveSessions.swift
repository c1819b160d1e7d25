import Kernel
import Store

package enum LiveSessionState: String, SQLValue, CaseIterable, Codable {
    /// Its orders wait for each other.
    case open
    /// It waits for nothing any more.
    case closed

    package static let transitions: [LiveSessionState: Set<LiveSessionState>] = [.open: [.closed]]
}

/// A live sale during which a shopper may buy again and again: their orders wait for each other, to leave as few parcels.
package struct LiveSession: Sendable {
    package let id: LiveSessionID
    package let merchant: MerchantID
    package let channel: String
    package let name: String
    package let state: LiveSessionState
    /// It closes then by itself.
    package let endsAt: Instant

    package init(
        id: LiveSessionID, merchant: MerchantID, channel: String, name: String, state: LiveSessionState = .open, endsAt: Instant
    ) {
        self.id = id
        self.merchant = merchant
        self.channel = channel
        self.name = name
        self.state = state
        self.endsAt = endsAt
    }
}

package enum LiveSessions {
    /// A clock on each open session, at its end.
    package static let clock = "live_session.end"
    /// The kind of the hold under which orders wait for their session.
    package static let hold = "live_session"

    package static func add(_ session: LiveSession, actor: String, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO live_session (id, merchant, channel, name, state, ends_at, opened_at)
            VALUES (\(session.id), \(session.merchant), \(session.channel), \(session.name), \(session.state), \(session.endsAt),
                \(tx.now))
            """)
        try tx.schedule(clock, source: "session", due: [(session.id.raw, session.merchant, session.endsAt, [:])])
        tx.emit(.liveSession(session, .open, actor: actor, at: tx.now))
    }

    package static func find(_ id: LiveSessionID, locked: Bool = false, in tx: Transaction) throws -> LiveSession? {
        let select: SQL = "SELECT id, merchant, channel, name, state, ends_at FROM live_session WHERE id = \(id)"
        return try tx.first(locked ? select + " \(.forUpdate)" : select) {
            try LiveSession(
                id: $0.next(), merchant: $0.next(), channel: $0.next(), name: $0.next(), state: $0.next(), endsAt: $0.next())
        }
    }

    /// Answers whether it was open.
    package static func close(_ session: LiveSession, actor: String, in tx: Transaction) throws -> Bool {
        let changed = try tx.run(
            "UPDATE live_session SET state = 'closed', closed_at = \(tx.now) WHERE id = \(session.id) AND state = 'open'")
        guard changed > 0 else { return false }
        try tx.closeClocks([clock], of: [session.id.raw], outcome: "closed")
        tx.emit(.liveSession(session, .closed, actor: actor, at: tx.now))
        return true
    }

    /// Makes orders orders of a session; those that are stay so. An order is of one session.
    package static func join(_ orders: [OrderID], _ session: LiveSession, in tx: Transaction) throws {
        var rows = Rows(["ord": .int])
        for order in orders { rows.add(order) }
        try tx.run(
            """
            INSERT INTO live_session_order (order_id, session, merchant, joined_at)
            SELECT v.ord, \(session.id), \(session.merchant), \(tx.now) FROM (\(rows: rows)) AS v
            WHERE NOT EXISTS (SELECT 1 FROM live_session_order j WHERE j.order_id = v.ord)
            """)
    }

    /// The sessions of those of these orders that are of one.
    package static func of(_ orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: LiveSessionID] {
        let rows = try tx.query(
            "SELECT order_id, session FROM live_session_order WHERE order_id IN \(list: Set(orders).sorted()) ORDER BY order_id"
        ) { try ($0.next(OrderID.self), $0.next(LiveSessionID.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The orders of a session that wait for it, by id.
    package static func held(_ session: LiveSessionID, in tx: Transaction) throws -> [OrderID] {
        try tx.values(
            """
            SELECT j.order_id FROM live_session_order j WHERE j.session = \(session) AND EXISTS (SELECT 1 FROM order_hold h
                WHERE h.order_id = j.order_id AND h.kind = \(hold) AND h.released_at IS NULL)
            ORDER BY j.order_id
            """)
    }

    /// Which of these orders wait for their session.
    package static func waiting(_ orders: [OrderID], in tx: Transaction) throws -> [OrderID] {
        guard !orders.isEmpty else { return [] }
        return try tx.values(
            """
            SELECT DISTINCT order_id FROM order_hold
            WHERE order_id IN \(list: orders) AND kind = \(hold) AND released_at IS NULL ORDER BY order_id
            """)
    }
}

extension NewEvent {
    /// `live_session.opened`, `live_session.closed`, by session. Payload: name, channel, ends_at.
    static func liveSession(_ one: LiveSession, _ state: LiveSessionState, actor: String, at occurred: Instant) -> NewEvent {
        NewEvent(
            state == .open ? "live_session.opened" : "live_session.closed", key: one.id.description, occurred: occurred, actor: actor,
            owner: one.merchant,
            payload: [
                "name": .string(one.name), "channel": .string(one.channel), "ends_at": .string(one.endsAt.description),
            ])
    }
}
