import Kernel
import Store
import Webhooks

/// Tells a webhook a stretch of the log again, from a moment or an event on.
package struct ReplayEvents: Flow {
    package enum Start: Sendable, Equatable {
        case moment(Instant)
        /// That one first.
        case event(EventID)
    }

    let webhook: WebhookID
    let start: Start
    let until: Instant?
    let types: TypePatterns

    /// - Parameters:
    ///   - until: what was recorded before then; now unless said.
    ///   - types: of those the webhook is told of.
    package init(_ webhook: WebhookID, from start: Start, until: Instant?, types: TypePatterns) {
        self.webhook = webhook
        self.start = start
        self.until = until
        self.types = types
    }

    package func run(in tx: Transaction) throws -> ReplayID {
        let webhook = try Webhooks.requireActive(webhook, in: tx)
        let (from, position) = try place(webhook, in: tx)
        let until = min(until ?? tx.now, tx.now)
        guard from < until else {
            throw InvalidInput(field: "/until", "A replay ends after its begin; \(until) is not after \(from).")
        }
        let id = try Replays.start(webhook.id, types: types, from: from, until: until, at: position, in: tx)
        try RunReplays.goOn(id, webhook.holder.merchant, at: tx.now, in: tx)
        return id
    }

    /// An event that is not the holder's own is not there.
    private func place(_ webhook: WebhookRecord, in tx: Transaction) throws -> (Instant, LogPosition) {
        switch start {
        case .moment(let moment): return (moment, try EventLog.position(before: moment, in: tx))
        case .event(let id):
            guard let event = try EventLog.find(id, in: tx), webhook.holder.sees(event) else { throw NotFound("event", id) }
            return (event.recorded, LogPosition(tx: event.position.tx, seq: event.position.seq - 1))
        }
    }
}

/// Reads replays on, a piece of the log a transaction.
package struct RunReplays: ClockHandler {
    package let kinds = [Replays.clock]
    private static let piece = 500
    /// With so many messages on their way a replay waits, so that live ones are not held up behind it.
    private static let mostPending = 1000
    /// Events whose time is out of order by less than this are found.
    private static let margin = Duration.minutes(5)

    package init() {}

    static func goOn(_ id: ReplayID, _ owner: MerchantID?, at due: Instant, in tx: Transaction) throws {
        try tx.schedule(Replays.clock, source: "webhook", due: [(id.raw, owner, due, [:])])
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        try clocks.map { try step(ReplayID($0.subject), in: tx) }
    }

    private func step(_ id: ReplayID, in tx: Transaction) throws -> String {
        guard let replay = try Replays.find(id, in: tx), replay.state == .running else { return "ended" }
        guard let webhook = try Webhooks.find(replay.webhook, in: tx), webhook.state == .active else {
            try Replays.move(id, to: replay.position, found: 0, .stopped, in: tx)
            return "stopped"
        }
        if try Deliveries.isBusy(webhook.id, limit: Self.mostPending, in: tx) {
            try Self.goOn(id, webhook.holder.merchant, at: tx.now + .seconds(5), in: tx)
            return "waited"
        }
        return try read(replay, webhook, in: tx)
    }

    private func read(_ replay: ReplayRecord, _ webhook: WebhookRecord, in tx: Transaction) throws -> String {
        let events = try EventLog.read(after: replay.position, limit: Self.piece, in: tx)
        let told = events.filter {
            replay.from <= $0.recorded && $0.recorded < replay.until && replay.types.matches($0.type)
                && webhook.types.matches($0.type) && webhook.holder.sees($0)
        }
        try SendDeliveries.run(told.map { (webhook.id, $0) }, replay: replay.id, in: tx)
        // What another transaction keeps from being read yet may be of this stretch.
        let isHeldBack = try events.isEmpty && EventLog.isHeldBack(in: tx)
        let isEnd = events.last.map { replay.until + Self.margin < $0.recorded } ?? !isHeldBack
        let end = events.last?.position ?? replay.position
        try Replays.move(replay.id, to: end, found: told.count, isEnd ? .done : .running, in: tx)
        if !isEnd { try Self.goOn(replay.id, webhook.holder.merchant, at: tx.now + .seconds(isHeldBack ? 1 : 0), in: tx) }
        return isEnd ? "done" : "read"
    }
}
