import Foundation
import Kernel
import Synchronization

/// The database of one network: writers that commit many callers' work at a time, and readers beside them.
package final class Store: Sendable {
    package let engine: any Engine
    package let node: Int
    package let clock: @Sendable () -> Instant
    private let batcher: Batcher
    private let readers: ReaderPool?

    /// Opens the database, brings its schema up to date and takes a node number.
    ///
    /// Throws `StoreError.unsuitable` where another process serves the file or the schema is newer than this program.
    package init(
        engine: any Engine, migrations: [Migration], clock: @escaping @Sendable () -> Instant = { .wallClock }
    ) throws {
        self.engine = engine
        self.clock = clock
        try engine.acquire()
        do {
            let lease = try Self.prepare(engine, migrations, now: clock())
            node = lease.number
            batcher = try Batcher(engine: engine, lease: lease, clock: clock)
        } catch {
            engine.release()
            throw error
        }
        do {
            readers = engine.readers > 0 ? try ReaderPool(engine: engine, clock: clock) : nil
        } catch {
            batcher.close()
            engine.release()
            throw error
        }
    }

    private static func prepare(_ engine: any Engine, _ migrations: [Migration], now: Instant) throws -> NodeLease {
        let connection = try engine.connect(readOnly: false)
        defer { connection.close() }
        try Migrator(migrations: migrations).migrate(connection, now: now)
        return try NodeLease.take(connection, now: now)
    }

    /// Runs a flow with whatever else is waiting and answers after the commit.
    ///
    /// Throws the flow's refusals, `StoreBusy` where too much waits, and `StoreError`.
    package func perform<F: Flow>(_ flow: F) async throws -> F.Answer {
        try await withCheckedThrowingContinuation { continuation in
            batcher.submit(FlowJob(flow) { continuation.resume(with: $0) })
        }
    }

    /// Runs a flow and blocks this thread until the answer is there; not for the threads of async code.
    package func performBlocking<F: Flow>(_ flow: F) throws -> F.Answer {
        let answer = Mailbox<F.Answer>()
        batcher.submit(FlowJob(flow) { answer.put($0) })
        return try answer.wait()
    }

    /// Reads from one snapshot of the database.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        guard let readers else { return try await perform(InPlace(body)) }
        return try await withCheckedThrowingContinuation { continuation in
            readers.submit(FlowJob(InPlace(body)) { continuation.resume(with: $0) })
        }
    }

    /// As `read`, blocking this thread; not for the threads of async code.
    package func readBlocking<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) throws -> T {
        guard let readers else { return try performBlocking(InPlace(body)) }
        let answer = Mailbox<T>()
        readers.submit(FlowJob(InPlace(body)) { answer.put($0) })
        return try answer.wait()
    }

    /// Finishes what was accepted, then closes. Later work is refused with `StoreError.closed`.
    package func close() {
        batcher.close()
        readers?.close()
        engine.release()
    }
}

/// One result passed from a worker thread to a waiting one.
final class Mailbox<T: Sendable>: Sendable {
    private let result = Mutex<Result<T, any Error>?>(nil)
    private let arrived = DispatchSemaphore(value: 0)

    func put(_ value: Result<T, any Error>) {
        result.withLock { $0 = value }
        arrived.signal()
    }

    func wait() throws -> T {
        arrived.wait()
        guard let value = result.withLock({ $0 }) else { throw StoreError.closed }
        return try value.get()
    }
}

extension Instant {
    /// The clock of this machine; only the composition root hands it on.
    package static var wallClock: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(micros: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
