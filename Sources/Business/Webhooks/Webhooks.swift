import Kernel
import Store

/// The subscriptions.
package enum Webhooks {
    /// How long nothing may succeed before a webhook is disabled.
    package static let patience = Duration.days(5)
    /// How many a holder may have.
    package static let limit = 20

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case tooMany(Int)
        case isNot(WebhookState, WebhookID, WebhookState)

        package static let samples: [Refused] = [.tooMany(0), .isNot(.active, WebhookID(0), .active)]

        package var code: String {
            switch self {
            case .tooMany: "webhook.too_many"
            case .isNot: "webhook.state"
            }
        }
        package var message: String {
            switch self {
            case .tooMany(let limit): "There are \(limit) webhooks of this holder already, which is the most."
            case .isNot(let wanted, let id, let state): "\(id) is \(state.rawValue); it cannot become \(wanted.rawValue)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    /// What makes a webhook; members as in `WebhookRecord`.
    package struct New: Sendable {
        package let id: WebhookID
        package let holder: WebhookHolder
        package let url: String
        package let types: TypePatterns
        package let description: String
        package let secret: String

        package init(
            id: WebhookID, holder: WebhookHolder, url: String, types: TypePatterns, description: String, secret: String
        ) {
            self.id = id
            self.holder = holder
            self.url = url
            self.types = types
            self.description = description
            self.secret = secret
        }
    }

    /// It is told of what happens from now on. Emits `webhook.created`.
    package static func create(_ new: New, actor: String, in tx: Transaction) throws {
        let known: Int = try tx.value("SELECT COUNT(*) FROM webhook WHERE \(holds(new.holder))") ?? 0
        guard known < limit else { throw Refused.tooMany(limit) }
        let start = try EventLog.end(in: tx)
        try tx.run(
            """
            INSERT INTO webhook (id, holder, party, url, types, description, state, state_at, secret, tx, seq, created_at)
            VALUES (\(new.id), \(new.holder.role), \(new.holder.party), \(new.url), \(new.types), \(new.description), 'active',
                \(tx.now), \(new.secret), \(start.tx), \(start.seq), \(tx.now))
            """)
        tx.emit(.webhook(new.id, new.holder, "created", actor: actor, at: tx.now))
    }

    /// Nil leaves a member as it is. Emits `webhook.changed`.
    package static func change(
        _ id: WebhookID, url: String?, types: TypePatterns?, description: String?, actor: String, in tx: Transaction
    ) throws {
        let webhook = try require(id, in: tx)
        try tx.run(
            """
            UPDATE webhook SET url = \(url ?? webhook.url), types = \(types ?? webhook.types),
                description = \(description ?? webhook.description)
            WHERE id = \(id)
            """, expecting: 1)
        tx.emit(.webhook(id, webhook.holder, "changed", actor: actor, at: tx.now))
    }

    /// A new secret signs; the one before signs beside it until a moment. Emits `webhook.secret_rotated`.
    package static func rotate(
        _ id: WebhookID, to secret: String, earlierUntil: Instant, actor: String, in tx: Transaction
    ) throws {
        let webhook = try require(id, in: tx)
        try tx.run(
            """
            UPDATE webhook SET secret = \(secret), earlier_secret = \(webhook.secret), earlier_until = \(earlierUntil)
            WHERE id = \(id)
            """, expecting: 1)
        tx.emit(.webhook(id, webhook.holder, "secret_rotated", actor: actor, at: tx.now))
    }

    /// The same state again changes nothing. One that becomes active is told of what happens from now on.
    ///
    /// Emits `webhook.active`, `webhook.paused` or `webhook.disabled`; false where it was in that state.
    @discardableResult
    package static func set(
        _ id: WebhookID, _ state: WebhookState, reason: String? = nil, actor: String, in tx: Transaction
    ) throws -> Bool {
        let webhook = try require(id, in: tx)
        guard webhook.state != state else { return false }
        guard WebhookState.transitions[webhook.state]?.contains(state) ?? false else {
            throw Refused.isNot(state, id, webhook.state)
        }
        let start = state == .active ? try EventLog.end(in: tx) : webhook.start
        try tx.run(
            """
            UPDATE webhook SET state = \(state), state_at = \(tx.now), reason = \(reason), tx = \(start.tx), seq = \(start.seq),
                failing_since = \(state == .active ? nil : webhook.failingSince)
            WHERE id = \(id)
            """, expecting: 1)
        tx.emit(.webhook(id, webhook.holder, state.rawValue, actor: actor, at: tx.now))
        return true
    }

    /// What is under way ends at its next turn. Emits `webhook.deleted`.
    package static func delete(_ id: WebhookID, actor: String, in tx: Transaction) throws {
        let webhook = try require(id, in: tx)
        try tx.run("DELETE FROM webhook WHERE id = \(id)", expecting: 1)
        tx.emit(.webhook(id, webhook.holder, "deleted", actor: actor, at: tx.now))
    }

    /// Notes how an attempt ended; answers since when nothing succeeded.
    package static func note(_ id: WebhookID, succeeded: Bool, in tx: Transaction) throws -> Instant? {
        if succeeded {
            try tx.run("UPDATE webhook SET failing_since = NULL WHERE id = \(id) AND failing_since IS NOT NULL")
            return nil
        }
        try tx.run("UPDATE webhook SET failing_since = \(tx.now) WHERE id = \(id) AND failing_since IS NULL")
        return try tx.value("SELECT failing_since FROM webhook WHERE id = \(id)", as: Instant?.self) ?? nil
    }

    package static func find(_ id: WebhookID, in tx: Transaction) throws -> WebhookRecord? {
        try tx.first("SELECT \(WebhookRecord.columns) FROM webhook WHERE id = \(id)", WebhookRecord.decode)
    }

    /// Locked. Throws `NotFound`.
    package static func require(_ id: WebhookID, in tx: Transaction) throws -> WebhookRecord {
        let sql: SQL = "SELECT \(WebhookRecord.columns) FROM webhook WHERE id = \(id) \(.forUpdate)"
        guard let webhook = try tx.first(sql, WebhookRecord.decode) else { throw NotFound("webhook", id) }
        return webhook
    }

    package static func active(in tx: Transaction) throws -> [WebhookRecord] {
        try tx.query("SELECT \(WebhookRecord.columns) FROM webhook WHERE state = 'active' ORDER BY id", WebhookRecord.decode)
    }

    /// Before the first event that any active webhook may be told of; nil where none is active.
    package static func start(in tx: Transaction) throws -> LogPosition? {
        try tx.first("SELECT tx, seq FROM webhook WHERE state = 'active' ORDER BY tx, seq, id LIMIT 1") {
            try LogPosition(tx: $0.next(), seq: $0.next())
        }
    }

    private static func holds(_ holder: WebhookHolder) -> SQL {
        guard let party = holder.party else { return "holder = 'operator'" }
        return "holder = \(holder.role) AND party = \(party)"
    }
}

extension NewEvent {
    /// `webhook.created`, `.changed`, `.secret_rotated`, `.active`, `.paused`, `.disabled`, `.deleted`; keyed by webhook.
    static func webhook(
        _ id: WebhookID, _ holder: WebhookHolder, _ what: String, actor: String, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            "webhook.\(what)", key: id.description, occurred: occurred, actor: actor, site: holder.site,
            owner: holder.merchant)
    }
}
