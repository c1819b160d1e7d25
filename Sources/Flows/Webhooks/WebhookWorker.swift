import Edges
import Exceptions
import Identity
import Kernel
import Store
import Webhooks

/// Tells webhooks. A message arrives at least once; its id stays the same however often it is sent.
package struct WebhookWorker: OutboxWorker {
    package let kind = SendDeliveries.call
    let desk: WebhookDesk

    package init(_ desk: WebhookDesk) { self.desk = desk }

    /// 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: ten attempts over three days.
    static let pauses: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    private static let pausedFor = Duration.minutes(5)

    package func lane(of item: OutboxItem) -> Int { Int(item.payload["lane"]?.int ?? 0) }

    /// With up to a tenth more or less, by the hash of the call and the attempt.
    package func pause(after attempt: Int, of item: OutboxItem) -> Duration? {
        guard attempt <= Self.pauses.count else { return nil }
        let share = Int64("\(item.id) \(attempt)".stableHash % 2001) - 1000
        return .milliseconds(Self.pauses[attempt - 1] * 1000 + Self.pauses[attempt - 1] * share / 10)
    }

    /// Null where it is not to be sent any more; `later` while the webhook is paused.
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON {
        guard let delivery = try Deliveries.find(DeliveryID(item.subject), in: tx), delivery.state.isOpen,
            let webhook = try Webhooks.find(delivery.webhook, in: tx), webhook.state != .disabled
        else { return .null }
        if webhook.state == .paused { return ["later": "the webhook is paused"] }
        let event = delivery.type == Deliveries.test ? nil : try EventLog.find(EventID(delivery.position.seq), in: tx)
        let body = event.map { WebhookMessage.body(of: $0, desk.vault) } ?? WebhookMessage.test(webhook.id, at: tx.now)
        let sealed = [webhook.secret] + (tx.now < webhook.earlierUntil ?? .distantPast ? [webhook.earlierSecret].compactMap(\.self) : [])
        let secrets = try Secrets.open(
            sealed, of: webhook.holder.merchant, context: webhook.id.description, desk.vault, in: tx)
        return [
            "webhook": .id(webhook.id), "url": .string(webhook.url), "body": .string(body.text),
            "id": event.map { .id($0.id) } ?? .id(delivery.id), "secrets": .array(secrets.map { .string($0) }),
        ]
    }

    package func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome {
        if let reason = request["later"]?.string { return .later(Self.pausedFor, reason) }
        guard let webhook: WebhookID = request.id("webhook"), let message = message(request) else {
            return .refused("the webhook is gone or disabled")
        }
        if let wait = desk.health.wait(webhook, at: desk.clock()) {
            return .later(wait, "the receiver gave no answer a moment ago")
        }
        let reply = desk.client.post(message)
        desk.health.note(webhook, answered: reply.status != nil, at: desk.clock())
        return Self.outcome(reply)
    }

    private func message(_ request: JSON) -> WebhookPost? {
        guard let url = request["url"]?.string, let id = request["id"]?.string, let body = request["body"]?.string else { return nil }
        let seconds = desk.clock().micros / 1_000_000
        let signatures = (request["secrets"]?.array ?? []).compactMap(\.string).map {
            WebhookSecret($0).signature(id: id, seconds: seconds, body: body)
        }
        return WebhookPost(
            url: url,
            headers: [
                ("Content-Type", "application/json"), ("User-Agent", "Waybill"), ("webhook-id", id),
                ("webhook-timestamp", String(seconds)), ("webhook-signature", signatures.joined(separator: " ")),
            ], body: body)
    }

    /// 2xx is taken, 410 means that the receiver is gone; a redirect is not followed and fails like all else.
    static func outcome(_ reply: WebhookReply) -> OutboxOutcome {
        let isTaken = reply.status.map { (200...299).contains($0) } ?? false
        let error = isTaken ? nil : reply.error ?? "The receiver answered \(reply.status ?? 0)."
        let attempt = DeliveryAttempt(status: reply.status, error: error, durationMs: reply.durationMs)
        if isTaken { return .done(attempt.json) }
        return reply.status == 410 ? .refused(attempt.json.text) : .retry(attempt.json.text)
    }

    /// The receiver knows a message by its id: one of which nobody knows whether it arrived is sent again.
    package func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome? { nil }

    package func note(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        guard case .retry(let reason) = outcome else { return }
        let next = tx.now + (pause(after: item.attempts + 1, of: item) ?? .seconds(0))
        try write(item, DeliveryAttempt(reason), reason, .failed, next: next, in: tx)
    }

    package func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        switch outcome {
        case .done(let reply): try write(item, DeliveryAttempt(reply), "", .delivered, next: nil, in: tx)
        case .refused(let reason), .retry(let reason), .unknown(let reason), .later(_, let reason):
            try write(item, DeliveryAttempt(reason), reason, .dead, next: nil, in: tx)
        }
    }

    private func write(
        _ item: OutboxItem, _ attempt: DeliveryAttempt?, _ reason: String, _ state: DeliveryState, next: Instant?,
        in tx: Transaction
    ) throws {
        let id = DeliveryID(item.subject)
        guard let delivery = try Deliveries.find(id, in: tx) else { return }
        guard let attempt else {
            if state == .dead { try Deliveries.abandon(id, because: reason, in: tx) }
            return
        }
        try Deliveries.note(id, attempt, state, next: next, in: tx)
        let since = try Webhooks.note(delivery.webhook, succeeded: state == .delivered, in: tx)
        guard let webhook = try since.flatMap({ _ in try Webhooks.find(delivery.webhook, in: tx) }), let since else { return }
        if attempt.status == 410 {
            try DisableWebhook.run(webhook, because: "the receiver answered 410, gone", in: tx)
        } else if tx.now - since > Webhooks.patience {
            try DisableWebhook.run(webhook, because: "nothing was taken since \(since)", in: tx)
        }
    }
}
