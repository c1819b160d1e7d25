import Kernel
import Store
import Webhooks

/// Notes for each event which webhooks are to be told of it. Rests while there is none, so that it costs nothing then.
package struct GatherDeliveries: Follower {
    package let name = "webhooks"
    package let types: Set<String> = []

    package init() {}

    package func start(in tx: Transaction) throws -> LogPosition? { try Webhooks.start(in: tx) }

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let webhooks = try Webhooks.active(in: tx)
        let told = events.flatMap { event in webhooks.filter { $0.tells(event) }.map { (webhook: $0.id, event: event) } }
        try SendDeliveries.run(told, in: tx)
    }
}

/// Puts events on their way to webhooks.
enum SendDeliveries {
    static let call = "webhook.deliver"
    /// Messages that go out side by side on a node, and how many of them to one receiver.
    private static let (receivers, keys) = (4, 4)

    static func run(_ told: [(webhook: WebhookID, event: Event)], replay: ReplayID? = nil, in tx: Transaction) throws {
        guard !told.isEmpty else { return }
        let ids = try Deliveries.add(told.map { ($0.webhook, $0.event.position, $0.event.type) }, replay: replay, in: tx)
        try tx.enqueue(
            call,
            zip(ids, told).map { id, one in
                (subject: id.raw, owner: one.event.owner, payload: payload(one.webhook, key: one.event.key))
            })
    }

    /// Messages of one webhook and key share a lane, so that they go out one after the other.
    static func payload(_ webhook: WebhookID, key: String) -> JSON {
        let receiver = Int(webhook.description.stableHash % UInt64(receivers))
        return ["lane": .int(Int64(receiver * keys + Int(key.stableHash % UInt64(keys))))]
    }
}

/// Sends a message that tells only that messages arrive.
package struct TestWebhook: Flow {
    let id: WebhookID

    package init(_ id: WebhookID) { self.id = id }

    package func run(in tx: Transaction) throws -> DeliveryID {
        try Webhooks.requireActive(id, in: tx)
        let delivery = try Deliveries.add([(id, .start, Deliveries.test)], in: tx)[0]
        try tx.enqueue(SendDeliveries.call, [(delivery.raw, nil, SendDeliveries.payload(id, key: ""))])
        return delivery
    }
}

/// Sends one message again, now: one that ended begins anew, one that waits for its next attempt waits no more.
package struct ResendDelivery: Flow {
    let id: DeliveryID
    let webhook: WebhookID

    package init(_ id: DeliveryID, of webhook: WebhookID) {
        self.id = id
        self.webhook = webhook
    }

    package func run(in tx: Transaction) throws {
        let webhook = try Webhooks.requireActive(webhook, in: tx)
        guard let delivery = try Deliveries.find(id, in: tx), delivery.webhook == webhook.id else { throw NotFound("delivery", id) }
        if try Deliveries.again(delivery, in: tx) {
            let key = try EventLog.find(EventID(delivery.position.seq), in: tx)?.key ?? ""
            try tx.enqueue(SendDeliveries.call, [(id.raw, webhook.holder.merchant, SendDeliveries.payload(webhook.id, key: key))])
        } else {
            try tx.hasten(SendDeliveries.call, of: [id.raw])
        }
    }
}

/// A webhook that is paused or disabled is told nothing.
package struct WebhookNotActive: Refusal, Equatable {
    let id: WebhookID
    let state: WebhookState
    package var code: String { "webhook.not_active" }
    package var message: String { "\(id) is \(state.rawValue); start it first." }
    package var kind: RefusalKind { .conflict }

    package init(_ id: WebhookID, _ state: WebhookState) {
        self.id = id
        self.state = state
    }
}

extension Webhooks {
    /// - Throws: `NotFound` or `WebhookNotActive`.
    @discardableResult
    static func requireActive(_ id: WebhookID, in tx: Transaction) throws -> WebhookRecord {
        let webhook = try require(id, in: tx)
        guard webhook.state == .active else { throw WebhookNotActive(id, webhook.state) }
        return webhook
    }
}
