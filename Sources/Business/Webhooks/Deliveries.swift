import Kernel
import Store

/// How far telling one webhook of one event has come.
package enum DeliveryState: String, CaseIterable, Sendable, Codable, SQLValue {
    /// Not tried yet.
    case pending
    /// Tried, and to be tried again.
    case failed
    case delivered
    /// Given up; it may be sent again by hand.
    case dead

    package static let transitions: [DeliveryState: Set<DeliveryState>] = [
        .pending: [.failed, .delivered, .dead], .failed: [.failed, .delivered, .dead],
        .delivered: [.pending], .dead: [.pending],
    ]

    package var isOpen: Bool { self == .pending || self == .failed }
}

/// One event on its way to one webhook.
package struct DeliveryRecord: Hashable, Sendable {
    package let id: DeliveryID
    package let webhook: WebhookID
    /// Where the event stands; the start of the log for a test, which has none.
    package let position: LogPosition
    package let type: String
    package let state: DeliveryState
    package let attempts: Int
}

/// What became of one attempt.
package struct DeliveryAttempt: Hashable, Sendable {
    /// Of the answer; nil where there was none.
    package let status: Int?
    /// Why it does not count as taken.
    package let error: String?
    package let durationMs: Int64

    package init(status: Int?, error: String?, durationMs: Int64) {
        self.status = status
        self.error = error
        self.durationMs = durationMs
    }
}

/// What is told to webhooks.
package enum Deliveries {
    /// The type of a message that tells only that messages arrive.
    package static let test = "webhook.test"

    /// Notes what is to be told; answers the ids in order.
    package static func add(
        _ all: [(webhook: WebhookID, position: LogPosition, type: String)], replay: ReplayID? = nil, in tx: Transaction
    ) throws -> [DeliveryID] {
        var rows = Rows(["id": .int, "webhook": .int, "tx": .int, "seq": .int, "type": .text])
        let ids = all.map { _ in tx.id(DeliveryID.self) }
        for (id, one) in zip(ids, all) { rows.add(id, one.webhook, one.position.tx, one.position.seq, one.type) }
        try tx.run(
            """
            INSERT INTO webhook_delivery (id, webhook, tx, seq, type, replay, state, next_attempt_at, created_at)
            SELECT v.id, v.webhook, v.tx, v.seq, v.type, \(replay), 'pending', \(tx.now), \(tx.now) FROM (\(rows: rows)) AS v
            """)
        return ids
    }

    package static func find(_ id: DeliveryID, in tx: Transaction) throws -> DeliveryRecord? {
        try tx.first(
            "SELECT id, webhook, tx, seq, type, state, attempts FROM webhook_delivery WHERE id = \(id) \(.forUpdate)"
        ) {
            try DeliveryRecord(
                id: $0.next(), webhook: $0.next(), position: LogPosition(tx: $0.next(), seq: $0.next()), type: $0.next(),
                state: $0.next(), attempts: $0.next())
        }
    }

    /// Notes an attempt and where the delivery stands after it; one that is not open any more stays as it is.
    ///
    /// - Parameter next: when it is tried again, for one that failed.
    package static func note(
        _ id: DeliveryID, _ attempt: DeliveryAttempt, _ state: DeliveryState, next: Instant?, in tx: Transaction
    ) throws {
        precondition(state.isOpen == (next != nil), "what is tried again has a time")
        let touched = try tx.run(
            """
            UPDATE webhook_delivery SET state = \(state), attempts = attempts + 1, last_status = \(attempt.status),
                last_error = \(attempt.error), duration_ms = \(attempt.durationMs), next_attempt_at = \(next),
                closed_at = \(state.isOpen ? nil : tx.now)
            WHERE id = \(id) AND state IN \(list: before(state))
            """)
        guard touched == 1 else { return }
        try tx.run(
            """
            INSERT INTO webhook_attempt (delivery, number, at, status, error, duration_ms)
            SELECT id, attempts, \(tx.now), \(attempt.status), \(attempt.error), \(attempt.durationMs)
            FROM webhook_delivery WHERE id = \(id)
            """)
    }

    /// Gives deliveries up that were not tried.
    package static func abandon(_ id: DeliveryID, because reason: String, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE webhook_delivery SET state = 'dead', last_error = \(reason), next_attempt_at = NULL, closed_at = \(tx.now)
            WHERE id = \(id) AND state IN \(list: before(.dead))
            """)
    }

    /// Removes deliveries of a webhook that ended before a moment, with their attempts, the oldest first; answers how many.
    package static func sweep(of webhook: WebhookID, endedBefore end: Instant, limit: Int, in tx: Transaction) throws -> Int {
        let old: [DeliveryID] = try tx.values(
            """
            SELECT id FROM webhook_delivery WHERE webhook = \(webhook) AND closed_at < \(end) ORDER BY id LIMIT \(limit)
            """)
        guard !old.isEmpty else { return 0 }
        try tx.run("DELETE FROM webhook_attempt WHERE delivery IN \(list: old)")
        try tx.run("DELETE FROM webhook_delivery WHERE id IN \(list: old)", expecting: old.count)
        return old.count
    }

    /// Due now, whatever it waited for; answers whether it had ended and begins anew.
    package static func again(_ delivery: DeliveryRecord, in tx: Transaction) throws -> Bool {
        let state = delivery.state.isOpen ? delivery.state : DeliveryState.pending
        try tx.run(
            """
            UPDATE webhook_delivery SET state = \(state), next_attempt_at = \(tx.now), closed_at = NULL WHERE id = \(delivery.id)
            """, expecting: 1)
        return !delivery.state.isOpen
    }

    /// Whether a webhook has this many on their way.
    package static func isBusy(_ webhook: WebhookID, limit: Int, in tx: Transaction) throws -> Bool {
        let open = try tx.value(
            """
            SELECT COUNT(*) FROM (SELECT id FROM webhook_delivery WHERE webhook = \(webhook) AND state = 'pending'
                LIMIT \(limit)) AS pending
            """, as: Int.self)
        return open ?? 0 >= limit
    }

    private static func before(_ state: DeliveryState) -> [String] {
        DeliveryState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
    }
}
