import Foundation
import Kernel
import Synchronization

/// A store driven step by step on one thread under a clock the caller sets: the ground of a rehearsal.
///
/// The same batches, log, timer and outbox as a serving store, without threads. Not for use by two threads.
package final class Stepper {
    package let engine: any Engine
    package var now: Instant
    private let connection: any Connection
    private let batch: Batch
    private let left = LeftWork()
    /// How many events a projection may stay behind.
    private static let patience = 500

    /// Opens the database and brings its schema up to date. Node 0.
    package init(engine: any Engine, migrations: [Migration], now: Instant) throws {
        try engine.acquire()
        do {
            connection = try engine.connect(readOnly: false)
            try Migrator(migrations: migrations).migrate(connection, now: now)
        } catch {
            engine.release()
            throw error
        }
        batch = Batch(connection: connection, ids: IDGenerator(node: 0), left: left)
        self.engine = engine
        self.now = now
    }

    deinit {
        connection.close()
        engine.release()
    }

    /// Runs flows of one kind as one batch; answers in their order.
    package func perform<F: Flow>(_ flows: [F]) -> [Result<F.Answer, any Error>] {
        guard !flows.isEmpty else { return [] }
        let answers = Answers<F.Answer>(count: flows.count)
        let jobs = flows.enumerated().map { index, flow in FlowJob(flow) { answers.put($0, at: index) } }
        batch.run(jobs, now: now)
        return answers.all()
    }

    package func perform<F: Flow>(_ flow: F) throws -> F.Answer { try perform([flow])[0].get() }

    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T {
        try perform(InPlace(body))
    }

    /// Lets the outbox and the followers catch up with what was written; projections only where `whole` or far behind.
    ///
    /// For a database that nobody else writes to.
    package func settle(_ followers: [any Follower], _ workers: [any OutboxWorker], whole: Bool = false) throws {
        var done: Int
        repeat {
            done = try deliver(workers)
            for follower in followers {
                let unread = left.unread(by: follower)
                guard unread > 0, whole || (follower.leadsOn || unread >= Self.patience) && left.concerns(follower) else { continue }
                done += try follow(follower)
                left.rest(follower)
            }
        } while done > 0
    }

    private func deliver(_ workers: [any OutboxWorker]) throws -> Int {
        guard left.nextCall <= now else { return 0 }
        let due = try read { tx in
            try tx.query("SELECT kind, MIN(due) FROM outbox WHERE closed_at IS NULL GROUP BY kind ORDER BY kind") {
                try (kind: $0.next(String.self), at: $0.next(Instant.self))
            }
        }
        let called = workers.filter { worker in due.contains { $0.kind == worker.kind && $0.at <= now } }
        let made = try called.reduce(0) { try $0 + deliver($1) }
        if made == 0 { left.nextCall = due.map(\.at).min() ?? .distantFuture }
        return made
    }

    /// Steps a follower to the end of the log; answers how many events it passed.
    @discardableResult
    package func follow(_ follower: any Follower, limit: Int = 500) throws -> Int {
        var passed = 0, step: Int, emitted: Int
        repeat {
            try awaitHorizon()
            emitted = left.emitted
            step = try perform(FollowerStep(follower, node: 0, limit: limit))
            passed += step
        } while step >= limit || left.emitted > emitted
        return passed
    }

    /// Waits until nobody else's open transaction keeps the newest events from being read, so that a step reads the
    /// same whatever else the server does.
    private func awaitHorizon() throws {
        guard engine.isShared else { return }
        for attempt in 1... {
            guard try read(EventLog.isHeldBack) else { return }
            guard attempt < 20_000 else { throw StoreError.unexpected("Another transaction stays open and holds the log back.") }
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    /// Gives this stepper all partitions of these followers.
    package func lease(_ followers: [any Follower], for duration: Duration = .days(365 * 100)) throws {
        for follower in followers {
            _ = try perform(LeasePartitions(follower.name, node: 0, nodes: 1, duration: duration))
        }
    }

    /// Makes the calls of one kind that are due, until none is; answers how many were made.
    @discardableResult
    package func deliver(_ worker: any OutboxWorker, limit: Int = 200) throws -> Int {
        var made = 0
        while true {
            let claimed = try perform(ClaimOutbox(worker, node: 0, limit: limit))
            if claimed.isEmpty { return made }
            made += claimed.count
            try perform(SettleOutbox(worker, claimed.map { ($0, worker.make($0, $1)) }))
        }
    }

    /// When the timer has something to do next, nil where not until `limit`. For a database that nobody else writes to.
    package func nextDue(until limit: Instant = .distantFuture) throws -> Instant? {
        guard left.nextClock <= limit else { return nil }
        let next = try read { try $0.value("SELECT MIN(run_at) FROM clock WHERE closed_at IS NULL", as: Instant?.self) ?? nil }
        left.nextClock = next ?? .distantFuture
        return left.nextClock <= limit ? next : nil
    }
}

/// The answers of a batch, put in by index.
private final class Answers<T: Sendable>: Sendable {
    private let slots: Mutex<[Result<T, any Error>?]>

    init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

    func put(_ answer: Result<T, any Error>, at index: Int) { slots.withLock { $0[index] = answer } }

    func all() -> [Result<T, any Error>] {
        slots.withLock { $0.map { $0 ?? .failure(StoreError.closed) } }
    }
}
