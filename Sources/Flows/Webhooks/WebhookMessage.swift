import Identity
import Kernel
import Store
import Webhooks

/// The body of a message: what happened, as receivers read it. Holds nothing personal, as events hold nothing personal.
enum WebhookMessage {
    static func body(of event: Event, _ vault: Vault) -> JSON {
        [
            "type": .string(event.type), "timestamp": .string(event.occurred.description),
            "data": [
                "event": .id(event.id), "version": .int(Int64(event.version)), "key": .string(event.key),
                "recorded_at": .string(event.recorded.description), "merchant": event.owner.map { .id($0) } ?? .null,
                "site": event.site.map { .id($0) } ?? .null, "quantity": event.quantity.map { .int($0) } ?? .null,
                "unit": event.unit.map { .string($0) } ?? .null, "payload": event.payload,
                "tracking_path": trackingPath(event, vault).map { .string($0) } ?? .null,
            ],
        ]
    }

    /// The shopper's page, with what happens to an order and its parcels on their way.
    private static func trackingPath(_ event: Event, _ vault: Vault) -> String? {
        guard event.type.hasPrefix("order.") || event.type.hasPrefix("parcel.") else { return nil }
        return OrderID(event.key).map { ShopperLink($0, vault).path }
    }

    static func test(_ webhook: WebhookID, at now: Instant) -> JSON {
        [
            "type": .string(Deliveries.test), "timestamp": .string(now.description),
            "data": ["webhook": .id(webhook)],
        ]
    }
}

extension DeliveryAttempt {
    /// Between sending and noting.
    var json: JSON {
        [
            "status": status.map { .int(Int64($0)) } ?? .null, "error": error.map { .string($0) } ?? .null,
            "duration_ms": .int(durationMs),
        ]
    }

    /// Nil where the text is not of an attempt: then nothing was sent.
    init?(_ text: String) {
        guard let json = try? JSON(text), let duration = json["duration_ms"]?.int else { return nil }
        self.init(json, duration)
    }

    init(_ json: JSON, _ durationMs: Int64? = nil) {
        self.init(
            status: json["status"]?.int.map { Int($0) }, error: json["error"]?.string,
            durationMs: durationMs ?? json["duration_ms"]?.int ?? 0)
    }
}
