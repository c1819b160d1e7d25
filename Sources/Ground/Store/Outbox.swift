import Kernel

/// A call to the outside that a transaction decided on. Its id is the vendor's idempotency key.
package struct OutboxItem: Sendable {
    package let id: OutboxID
    package let kind: String
    package let subject: Int64
    package let owner: MerchantID?
    package let payload: JSON
    package let attempts: Int
    let fence: Int64
    let isUnknown: Bool
}

/// What became of a call.
package enum OutboxOutcome: Sendable, Equatable {
    case done(JSON)
    /// The vendor said no and will say no again.
    case refused(String)
    /// It did not happen; later it may.
    case retry(String)
    /// Nobody knows; the vendor is asked before anything else is tried.
    case unknown(String)
    /// It was not tried, and it does not count as an attempt.
    case later(Duration, String)
}

/// Makes the calls of one kind.
package protocol OutboxWorker: Sendable {
    var kind: String { get }
    /// Fills the payload with what is not stored with it (an address); in the transaction that claims the item. One
    /// that cannot be filled is not sent and tried again later. As it is unless a worker says otherwise.
    func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON
    /// Makes the call, outside of any transaction.
    func send(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome
    /// Asks the vendor what became of an earlier call with this key; nil where the vendor never saw it, `unknown` where
    /// the vendor cannot be asked now.
    func ask(_ item: OutboxItem, _ request: JSON) -> OutboxOutcome?
    /// Writes what follows from a call that is done, refused or given up.
    func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws
    /// Notes an attempt after which the call stays open.
    func note(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws
    /// Calls of one lane go out one after the other, in the order of their claim; lanes go side by side.
    func lane(of item: OutboxItem) -> Int
    /// How long to wait after the attempt of this number, from 1; nil gives the call up.
    func pause(after attempt: Int, of item: OutboxItem) -> Duration?
}

extension OutboxWorker {
    package func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON { item.payload }
    package func note(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {}
    package func lane(of item: OutboxItem) -> Int { 0 }

    /// 5 seconds, doubled each time up to an hour; twelve attempts.
    package func pause(after attempt: Int, of item: OutboxItem) -> Duration? {
        attempt >= 12 ? nil : .seconds(min(3600, 5 << min(attempt - 1, 10)))
    }
}

extension Transaction {
    /// Leaves calls of one kind to be made after the commit; answers their ids in order.
    @discardableResult
    package func enqueue(
        _ kind: String, _ calls: [(subject: Int64, owner: MerchantID?, payload: JSON)]
    ) throws -> [OutboxID] {
        var rows = Rows(["id": .int, "subject": .int, "owner": .int, "payload": .text])
        let ids = calls.map { _ in id(OutboxID.self) }
        for (id, call) in zip(ids, calls) { rows.add(id, call.subject, call.owner, call.payload) }
        left?.call(at: now)
        try run(
            """
            INSERT INTO outbox (id, kind, subject, owner, payload, state, due, created_at)
            SELECT v.id, \(kind), v.subject, v.owner, v.payload, 'waiting', \(now), \(now) FROM (\(rows: rows)) AS v
            """)
        return ids
    }

    /// Makes open calls due now, whatever they waited for; answers how many.
    @discardableResult
    package func hasten(_ kind: String, of subjects: [Int64]) throws -> Int {
        left?.call(at: now)
        return try run(
            """
            UPDATE outbox SET due = \(now)
            WHERE kind = \(kind) AND subject IN \(list: subjects) AND closed_at IS NULL AND state = 'waiting'
            """)
    }
}

/// Claims due calls of one kind for this node, filled and ready to send.
package struct ClaimOutbox: Flow {
    private let worker: any OutboxWorker
    private let node: Int
    private let limit: Int
    private let lease: Duration

    package init(_ worker: any OutboxWorker, node: Int, limit: Int = 50, lease: Duration = .seconds(60)) {
        self.worker = worker
        self.node = node
        self.limit = limit
        self.lease = lease
    }

    package func run(in tx: Transaction) throws -> [(OutboxItem, JSON)] {
        let items = try tx.query(
            """
            SELECT id, kind, subject, owner, payload, attempts, fence + 1, state FROM outbox
            WHERE closed_at IS NULL AND kind = \(worker.kind) AND due <= \(tx.now)
                AND (state <> 'leased' OR lease_until < \(tx.now))
            ORDER BY due, id LIMIT \(limit) \(.skipLocked)
            """
        ) {
            // A lease that ran out leaves a call of which nobody knows whether it was made.
            try OutboxItem(
                id: $0.next(), kind: $0.next(), subject: $0.next(), owner: $0.next(), payload: $0.next(),
                attempts: $0.next(), fence: $0.next(), isUnknown: $0.next(String.self) != "waiting")
        }
        guard !items.isEmpty else { return [] }
        try tx.run(
            """
            UPDATE outbox SET state = 'leased', node = \(node), fence = fence + 1, attempts = attempts + 1,
                lease_until = \(tx.now + lease)
            WHERE id IN \(list: items.map(\.id))
            """)
        return try items.compactMap { item in try fill(item, in: tx).map { (item, $0) } }
    }

    /// Nil where the item cannot be filled: it waits for its next turn and keeps no other from going out.
    private func fill(_ item: OutboxItem, in tx: Transaction) throws -> JSON? {
        do {
            return try tx.attempt { try worker.fill(item, in: tx) }
        } catch let error as StoreError where error.isTransient {
            throw error
        } catch {
            let reason = "could not be filled: \(error)"
            try SettleOutbox(worker, [(item, item.isUnknown ? .unknown(reason) : .retry(reason))]).run(in: tx)
            return nil
        }
    }
}

/// Writes what became of claimed calls. A call whose lease another node has taken over meanwhile is left to it.
package struct SettleOutbox: Flow {
    private let worker: any OutboxWorker
    private let settled: [(OutboxItem, OutboxOutcome)]
    private let unmade: [OutboxItem]

    /// - Parameter unmade: claimed calls that were not begun; they wait as if they had not been claimed.
    package init(
        _ worker: any OutboxWorker, _ settled: [(OutboxItem, OutboxOutcome)], unmade: [OutboxItem] = []
    ) {
        self.worker = worker
        self.settled = settled
        self.unmade = unmade
    }

    package func run(in tx: Transaction) throws {
        tx.left?.call(at: tx.now)
        for item in unmade {
            try tx.run(
                """
                UPDATE outbox SET state = \(item.isUnknown ? "unknown" : "waiting"), attempts = attempts - 1
                WHERE id = \(item.id) AND fence = \(item.fence) AND state = 'leased'
                """)
        }
        for (item, outcome) in settled {
            do {
                try tx.attempt { try settle(item, outcome, in: tx) }
            } catch let error as StoreError where error.isTransient {
                throw error
            } catch {
                // The vendor's answer must not be lost over this: it is asked for again.
                _ = try write(item, .unknown("could not be settled: \(error)"), in: tx)
            }
        }
    }

    private func settle(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws {
        switch try write(item, outcome, in: tx) {
        case .closed: try worker.settle(item, outcome, in: tx)
        case .open: try worker.note(item, outcome, in: tx)
        case nil: break
        }
    }

    private enum Written {
        case closed, open
    }

    /// What the call is after this; nil where it is not this node's any more, or was not tried.
    private func write(_ item: OutboxItem, _ outcome: OutboxOutcome, in tx: Transaction) throws -> Written? {
        var pause = worker.pause(after: item.attempts + 1, of: item), isUntried = false
        let (state, reply, reason) = Self.columns(outcome, isLast: pause == nil)
        if case .later(let wait, _) = outcome { (pause, isUntried) = (wait, true) }
        let isClosed = ["done", "refused", "dead"].contains(state)
        let touched = try tx.run(
            """
            UPDATE outbox SET state = \(state), reply = \(reply), reason = \(reason),
                due = \(tx.now + (pause ?? .hours(1))), attempts = \(item.attempts + (isUntried ? 0 : 1)),
                closed_at = \(isClosed ? tx.now : nil)
            WHERE id = \(item.id) AND fence = \(item.fence) AND closed_at IS NULL
            """)
        guard touched == 1, !isUntried else { return nil }
        return isClosed ? .closed : .open
    }

    private static func columns(_ outcome: OutboxOutcome, isLast: Bool) -> (String, JSON?, String?) {
        switch outcome {
        case .done(let reply): ("done", reply, nil)
        case .refused(let reason): ("refused", nil, reason)
        case .retry(let reason): (isLast ? "dead" : "waiting", nil, reason)
        case .unknown(let reason): ("unknown", nil, reason)
        case .later(_, let reason): ("waiting", nil, reason)
        }
    }
}
