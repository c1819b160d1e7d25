import Kernel
import Store

/// How far a replay has come.
package enum ReplayState: String, CaseIterable, Sendable, Codable, SQLValue {
    case running
    case done
    /// The webhook was paused or disabled.
    case stopped

    package static let transitions: [ReplayState: Set<ReplayState>] = [.running: [.done, .stopped]]
}

/// A stretch of the log that one webhook is told again.
package struct ReplayRecord: Hashable, Sendable {
    package let id: ReplayID
    package let webhook: WebhookID
    /// Of the webhook's own types, those that match these.
    package let types: TypePatterns
    /// Events recorded then or later …
    package let from: Instant
    /// … and before this.
    package let until: Instant
    /// How far the log is read.
    package let position: LogPosition
    /// How many events were found so far.
    package let found: Int64
    package let state: ReplayState
    package let created: Instant
    package let closed: Instant?
}

package enum Replays {
    /// The clock that reads on.
    package static let clock = "webhook.replay"

    /// One runs for a webhook at a time.
    package struct Running: Refusal, Equatable {
        package let id: WebhookID
        package var code: String { "webhook.replay_running" }
        package var message: String { "A replay of \(id) is running; wait for its end." }
        package var kind: RefusalKind { .conflict }
        package init(_ id: WebhookID) { self.id = id }
    }

    /// - Parameter position: where reading begins; nothing wanted stands before it.
    package static func start(
        _ webhook: WebhookID, types: TypePatterns, from: Instant, until: Instant, at position: LogPosition, in tx: Transaction
    ) throws -> ReplayID {
        let id = tx.id(ReplayID.self)
        let made = try tx.run(
            """
            INSERT INTO webhook_replay (id, webhook, types, from_at, until_at, tx, seq, state, created_at)
            VALUES (\(id), \(webhook), \(types), \(from), \(until), \(position.tx), \(position.seq), 'running', \(tx.now))
            ON CONFLICT (webhook) WHERE closed_at IS NULL DO NOTHING
            """)
        guard made == 1 else { throw Running(webhook) }
        return id
    }

    /// Moves a running one on; `state` ends it where it is not `running`.
    package static func move(
        _ id: ReplayID, to position: LogPosition, found: Int, _ state: ReplayState, in tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE webhook_replay SET tx = \(position.tx), seq = \(position.seq), found = found + \(found), state = \(state),
                closed_at = \(state == .running ? nil : tx.now)
            WHERE id = \(id) AND state = 'running'
            """)
    }

    package static func find(_ id: ReplayID, in tx: Transaction) throws -> ReplayRecord? {
        try tx.first("SELECT \(columns) FROM webhook_replay WHERE id = \(id) \(.forUpdate)", decode)
    }

    /// Newest first.
    package static func list(of webhook: WebhookID, before id: ReplayID?, limit: Int, in tx: Transaction) throws -> [ReplayRecord] {
        try tx.query(
            """
            SELECT \(columns) FROM webhook_replay WHERE webhook = \(webhook) AND id < \(id?.raw ?? .max)
            ORDER BY id DESC LIMIT \(limit)
            """, decode)
    }

    private static let columns: SQL = "id, webhook, types, from_at, until_at, tx, seq, found, state, created_at, closed_at"

    private static func decode(_ row: inout RowReader) throws -> ReplayRecord {
        try ReplayRecord(
            id: row.next(), webhook: row.next(), types: row.next(), from: row.next(), until: row.next(),
            position: LogPosition(tx: row.next(), seq: row.next()), found: row.next(), state: row.next(),
            created: row.next(), closed: row.next())
    }
}
