import Kernel
import Store

/// An event of the log as it is shown outside.
package struct EventView: Codable, Sendable {
    package let position: String
    package let type: String
    package let version: Int
    package let key: String
    package let occurredAt: Instant
    package let recordedAt: Instant
    package let actor: String
    package let site: SiteID?
    package let merchant: MerchantID?
    package let quantity: Int64?
    package let unit: String?
    package let payload: Payload

    private enum CodingKeys: String, CodingKey {
        case position, type, version, key, occurredAt = "occurred_at", recordedAt = "recorded_at", actor, site, merchant
        case quantity, unit, payload
    }

    package init(_ event: Event) {
        position = event.position.text
        type = event.type
        version = event.version
        key = event.key
        occurredAt = event.occurred
        recordedAt = event.recorded
        actor = event.actor
        site = event.site
        merchant = event.owner
        quantity = event.quantity
        unit = event.unit
        payload = Payload(event.payload)
    }
}

/// A stretch of the log.
package struct EventFeed: Codable, Sendable {
    package let items: [EventView]
    /// Send it as `after` to read on, now or once more has happened.
    package let next: String
}

extension EventFeed {
    /// What happened after a position, in the order of the log.
    package static func read(after position: LogPosition, limit: Int, in tx: Transaction) throws -> EventFeed {
        let events = try EventLog.read(after: position, limit: limit, in: tx)
        return EventFeed(items: events.map(EventView.init), next: (events.last?.position ?? position).text)
    }

    /// The story of one order, in the order of the log.
    package static func story(of order: OrderID, _ scope: Scope, in tx: Transaction) throws -> [EventView] {
        try Ownership.orders([order], scope, in: tx)
        return try EventLog.history(of: order.description, in: tx).map(EventView.init)
    }
}

extension LogPosition {
    /// `41.7`: transaction and sequence.
    package var text: String { "\(tx).\(seq)" }

    /// Nil where the text is no position.
    package init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let tx = parts[0], let seq = parts[1] else { return nil }
        self.init(tx: tx, seq: seq)
    }
}
