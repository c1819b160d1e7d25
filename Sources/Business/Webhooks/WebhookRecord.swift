import Kernel
import Store

/// Whether a webhook is told.
package enum WebhookState: String, CaseIterable, Sendable, Codable, SQLValue {
    case active
    /// Its holder stopped it: it gathers nothing, and what is under way waits.
    case paused
    /// It failed for days or answered that it is gone; its holder starts it again.
    case disabled

    package static let transitions: [WebhookState: Set<WebhookState>] = [
        .active: [.paused, .disabled], .paused: [.active, .disabled], .disabled: [.active],
    ]
}

/// A subscription: where to send which events.
package struct WebhookRecord: Hashable, Sendable {
    package let id: WebhookID
    package let holder: WebhookHolder
    package let url: String
    package let types: TypePatterns
    package let description: String
    package let state: WebhookState
    package let stateAt: Instant
    /// Why it is disabled.
    package let reason: String?
    package let created: Instant
    /// Sealed; signs.
    package let secret: String
    /// Sealed; signs as well until `earlierUntil`.
    package let earlierSecret: String?
    package let earlierUntil: Instant?
    /// Since when no attempt succeeded; nil where the last one did.
    package let failingSince: Instant?
    /// It is told of events after this one.
    package let start: LogPosition

    package func tells(_ event: Event) -> Bool {
        start < event.position && types.matches(event.type) && holder.sees(event)
    }

    static let columns: SQL = """
        id, holder, party, url, types, description, state, state_at, reason, created_at, secret, earlier_secret,
        earlier_until, failing_since, tx, seq
        """

    static func decode(_ row: inout RowReader) throws -> WebhookRecord {
        let (id, role, party) = try (row.next(WebhookID.self), row.next(WebhookHolder.Role.self), row.next(Int64?.self))
        guard let holder = WebhookHolder(role, party: party) else {
            throw StoreError.unexpected("\(id) has a role and a party that do not go together")
        }
        return try WebhookRecord(
            id: id, holder: holder, url: row.next(), types: row.next(), description: row.next(), state: row.next(),
            stateAt: row.next(), reason: row.next(), created: row.next(), secret: row.next(), earlierSecret: row.next(),
            earlierUntil: row.next(), failingSince: row.next(), start: LogPosition(tx: row.next(), seq: row.next()))
    }
}
