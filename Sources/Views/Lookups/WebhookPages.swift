import Kernel
import Store
import Webhooks

extension Scope {
    /// The condition on webhooks: each role has its own.
    var ownsWebhook: SQL {
        switch self {
        case .network: "1 = 1"
        case .merchant(let id): "holder = 'merchant' AND party = \(id)"
        case .site(let id): "holder = 'site' AND party = \(id)"
        case .carrier: "1 = 0"
        }
    }
}

extension Ownership {
    package static func webhook(_ id: WebhookID, _ scope: Scope, in tx: Transaction) throws {
        try require([id], "webhook", "SELECT id FROM webhook WHERE \(scope.ownsWebhook)", in: tx)
    }
}

/// A subscription as it is shown outside; never its secret.
package struct WebhookView: Codable, Sendable {
    package let id: WebhookID
    package let merchant: MerchantID?
    package let site: SiteID?
    package let url: String
    package let types: [String]
    package let description: String
    package let state: WebhookState
    package let stateAt: Instant
    package let reason: String?
    package let failingSince: Instant?
    package let earlierSecretUntil: Instant?
    package let createdAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, merchant, site, url, types, description, state, stateAt = "state_at", reason
        case failingSince = "failing_since", earlierSecretUntil = "earlier_secret_until", createdAt = "created_at"
    }

    package init(_ webhook: WebhookRecord) {
        id = webhook.id
        merchant = webhook.holder.merchant
        site = webhook.holder.site
        url = webhook.url
        types = webhook.types.all.map(\.text)
        description = webhook.description
        state = webhook.state
        stateAt = webhook.stateAt
        reason = webhook.reason
        failingSince = webhook.failingSince
        earlierSecretUntil = webhook.earlierUntil
        createdAt = webhook.created
    }

    package static func find(_ id: WebhookID, _ scope: Scope, in tx: Transaction) throws -> WebhookView {
        try Ownership.webhook(id, scope, in: tx)
        guard let webhook = try Webhooks.find(id, in: tx) else { throw NotFound("webhook", id) }
        return WebhookView(webhook)
    }

    /// In the order in which they were made.
    package static func page(_ scope: Scope, after id: WebhookID?, limit: Int, in tx: Transaction) throws -> [WebhookView] {
        let ids: [WebhookID] = try tx.values(
            "SELECT id FROM webhook WHERE \(scope.ownsWebhook) AND id > \(id?.raw ?? -1) ORDER BY id LIMIT \(limit)")
        return try ids.compactMap { try Webhooks.find($0, in: tx).map(WebhookView.init) }
    }
}

/// One event on its way to one webhook.
package struct DeliveryView: Codable, Sendable {
    package let id: DeliveryID
    package let event: EventID?
    package let type: String
    package let replay: ReplayID?
    package let state: DeliveryState
    package let attempts: Int
    package let nextAttemptAt: Instant?
    package let lastStatus: Int?
    package let lastError: String?
    package let durationMs: Int64?
    package let createdAt: Instant
    package let closedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, event, type, replay, state, attempts, nextAttemptAt = "next_attempt_at", lastStatus = "last_status"
        case lastError = "last_error", durationMs = "duration_ms", createdAt = "created_at", closedAt = "closed_at"
    }

    private static let columns: SQL = """
        id, seq, type, replay, state, attempts, next_attempt_at, last_status, last_error, duration_ms, created_at, closed_at
        """

    private static func decode(_ row: inout RowReader) throws -> DeliveryView {
        let (id, seq) = try (row.next(DeliveryID.self), row.next(Int64.self))
        return try DeliveryView(
            id: id, event: seq < 0 ? nil : EventID(seq), type: row.next(), replay: row.next(), state: row.next(),
            attempts: row.next(), nextAttemptAt: row.next(), lastStatus: row.next(), lastError: row.next(),
            durationMs: row.next(), createdAt: row.next(), closedAt: row.next())
    }

    /// Which deliveries are wanted; nil takes all.
    package struct Filter: Sendable {
        package var state: DeliveryState?
        package var type: String?
        package var replay: ReplayID?

        package init(state: DeliveryState? = nil, type: String? = nil, replay: ReplayID? = nil) {
            self.state = state
            self.type = type
            self.replay = replay
        }
    }

    /// Newest first.
    package static func page(
        of webhook: WebhookID, _ filter: Filter, before id: DeliveryID?, limit: Int, in tx: Transaction
    ) throws -> [DeliveryView] {
        var sql: SQL = "SELECT \(columns) FROM webhook_delivery WHERE webhook = \(webhook) AND id < \(id?.raw ?? .max)"
        if let state = filter.state { sql = sql + " AND state = \(state)" }
        if let type = filter.type { sql = sql + " AND type = \(type)" }
        if let replay = filter.replay { sql = sql + " AND replay = \(replay)" }
        return try tx.query(sql + " ORDER BY id DESC LIMIT \(limit)", decode)
    }

    package static func find(_ id: DeliveryID, of webhook: WebhookID, in tx: Transaction) throws -> DeliveryView {
        let sql: SQL = "SELECT \(columns) FROM webhook_delivery WHERE id = \(id) AND webhook = \(webhook)"
        guard let delivery = try tx.first(sql, decode) else { throw NotFound("delivery", id) }
        return delivery
    }
}

/// One attempt of a delivery.
package struct AttemptView: Codable, Sendable {
    package let number: Int
    package let at: Instant
    package let status: Int?
    package let error: String?
    package let durationMs: Int64

    private enum CodingKeys: String, CodingKey { case number, at, status, error, durationMs = "duration_ms" }

    package static func all(of delivery: DeliveryID, in tx: Transaction) throws -> [AttemptView] {
        try tx.query(
            "SELECT number, at, status, error, duration_ms FROM webhook_attempt WHERE delivery = \(delivery) ORDER BY number"
        ) {
            try AttemptView(
                number: $0.next(), at: $0.next(), status: $0.next(), error: $0.next(), durationMs: $0.next())
        }
    }
}
