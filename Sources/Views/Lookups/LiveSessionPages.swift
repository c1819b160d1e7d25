import Kernel
import Orders
import Store

/// A live session as it stands.
package struct LiveSessionView: Codable, Sendable {
    package let id: LiveSessionID
    package let merchant: MerchantID
    package let channel: String
    package let name: String
    package let state: LiveSessionState
    /// It closes then by itself.
    package let endsAt: Instant
    package let openedAt: Instant
    package let closedAt: Instant?
    /// Orders that joined it.
    package let orders: Int64
    /// Those that wait for it.
    package let held: Int64

    private enum CodingKeys: String, CodingKey {
        case id, merchant, channel, name, state, endsAt = "ends_at", openedAt = "opened_at", closedAt = "closed_at", orders, held
    }

    package static func list(_ scope: Scope, after cursor: LiveSessionID?, limit: Int, in tx: Transaction) throws -> [LiveSessionView] {
        let before = cursor?.raw ?? .max
        return try load("s.id < \(before)", scope, limit, in: tx)
    }

    /// - Throws: `NotFound` where there is no such session for the reader.
    package static func find(_ id: LiveSessionID, _ scope: Scope, in tx: Transaction) throws -> LiveSessionView {
        guard let one = try load("s.id = \(id)", scope, 1, in: tx).first else { throw NotFound("live_session", id) }
        return one
    }

    /// The newest first.
    private static func load(_ condition: SQL, _ scope: Scope, _ limit: Int, in tx: Transaction) throws -> [LiveSessionView] {
        try tx.query(
            """
            SELECT s.id, s.merchant, s.channel, s.name, s.state, s.ends_at, s.opened_at, s.closed_at,
                (SELECT COUNT(*) FROM live_session_order j WHERE j.session = s.id),
                (SELECT COUNT(*) FROM live_session_order j WHERE j.session = s.id AND EXISTS (SELECT 1 FROM order_hold h
                    WHERE h.order_id = j.order_id AND h.kind = \(LiveSessions.hold) AND h.released_at IS NULL))
            FROM live_session s WHERE \(condition) AND \(scope.owns(merchant: "s.merchant")) ORDER BY s.id DESC LIMIT \(limit)
            """
        ) {
            try LiveSessionView(
                id: $0.next(), merchant: $0.next(), channel: $0.next(), name: $0.next(), state: $0.next(), endsAt: $0.next(),
                openedAt: $0.next(), closedAt: $0.next(), orders: $0.next(), held: $0.next())
        }
    }
}
