import Foundation
import Kernel
import Metrics
import Synchronization

/// The writers of a process: threads that take whatever is waiting as one transaction.
///
/// The commit under way is the wait; there is no timer. A batch is cut so that a transaction takes about 50 ms, and what
/// can run as a set stands together in it: all of it waits at once, so that any order is as good as another. Where the
/// engine runs on this thread that is time of the CPU: on a crowded machine small batches would only cost more.
/// Before a batch it sees to it that the node's number is still its own.
///
/// Where much waits a second thread takes part: while one batch is written, it decides the next. Where others write to the
/// database as well each has a connection of its own; else they take turns at the one that writes.
final class Batcher: Sendable {
    static let waitingLimit = 20_000
    private static let batchLimit = 1024
    private static let targetSeconds = 0.05

    private let queue = WorkQueue(limit: Batcher.waitingLimit)
    private let writers: [Writer]

    init(engine: any Engine, lease: NodeLease, clock: @escaping @Sendable () -> Instant) throws {
        let ids = IDGenerator(node: lease.number), threads = engine.isShared || engine.readers > 0 ? 2 : 1
        writers = try (0..<(engine.isShared ? threads : 1)).map { _ in
            try Writer(Batch(connection: engine.connect(readOnly: false), ids: ids, isShared: engine.isShared))
        }
        for number in 0..<threads {
            let (queue, writer) = (queue, writers[number % writers.count])
            queue.spawn("waybill writer \(number + 1)") {
                let reader = engine.isShared || threads == 1 ? nil : try? engine.connect(readOnly: true)
                let ahead = reader.map { Batch(connection: $0, ids: ids) }
                Self.serve(queue, writer, ahead, isHelper: number > 0, lease, engine.isShared, clock)
                reader?.close()
            }
        }
    }

    func submit(_ job: some Job) { queue.put(job) }

    func close() {
        queue.close()
        for writer in writers { writer.close() }
    }

    private static func serve(
        _ queue: WorkQueue, _ writer: Writer, _ ahead: Batch?, isHelper: Bool, _ lease: NodeLease, _ isShared: Bool,
        _ clock: @Sendable () -> Instant
    ) {
        let duration = Timer(label: "waybill_batch_seconds")
        let size = Recorder(label: "waybill_batch_size")
        var limit = 64
        var heartbeat = clock()
        while let jobs = queue.take(upTo: limit, onlyMuch: isHelper) {
            let now = clock()
            if now - heartbeat >= NodeLease.heartbeat {
                if let lost = renew(lease, with: writer, now: now) {
                    for job in jobs { job.fail(lost) }
                    continue
                }
                heartbeat = now
            }
            var seconds = 0.0, worked = 0.0
            for part in batches(of: jobs, isShared: isShared) {
                let spent = writer.run(part, ahead, now: now)
                seconds += spent.seconds
                worked += spent.worked
            }
            duration.recordSeconds(seconds)
            let weight = jobs.reduce(0) { $0 + $1.weight }
            size.record(weight)
            if (isShared ? seconds : worked) > targetSeconds { limit = max(8, limit / 2) }
            else if weight >= limit { limit = min(batchLimit, limit * 2) }
        }
    }

    /// The jobs of each set together, then the rest: as one batch, or where other nodes write as well as one for each set.
    ///
    /// A set takes all its locks at once and in their order. Two sets in one transaction would take theirs one after the
    /// other, and two nodes that do so wait for each other now and then.
    private static func batches(of jobs: [any Job], isShared: Bool) -> [[any Job]] {
        var places: [ObjectIdentifier: Int] = [:], sets: [[any Job]] = [], rest: [any Job] = []
        for job in jobs {
            guard let kind = job.kind else {
                rest.append(job)
                continue
            }
            if let place = places[kind] {
                sets[place].append(job)
            } else {
                places[kind] = sets.count
                sets.append([job])
            }
        }
        return isShared ? sets + (rest.isEmpty ? [] : [rest]) : [sets.flatMap(\.self) + rest]
    }

    /// The error that forbids this process to write, where its number is lost.
    private static func renew(_ lease: NodeLease, with writer: Writer, now: Instant) -> (any Error)? {
        let answer = Mailbox<Void>()
        writer.run([FlowJob(NodeLease.Renew(lease: lease)) { answer.put($0) }], nil, now: now)
        do { try answer.wait() } catch { return error }
        return nil
    }
}

/// A connection that writes, and whose turn it is at it.
private final class Writer: Sendable {
    private let turn: Mutex<Batch>
    private let waiting = Atomic(0)

    init(_ batch: sending Batch) { turn = Mutex(batch) }

    /// Where another is at it, what can be decided before is; answers how long it wrote, and how long the CPU did.
    @discardableResult
    func run(_ jobs: [any Job], _ ahead: Batch?, now: Instant) -> (seconds: Double, worked: Double) {
        // Who waits already is not overtaken.
        if waiting.load(ordering: .relaxed) == 0, let spent = turn.withLockIfAvailable({ Self.run(jobs, $0, now, nil) }) {
            return spent
        }
        let decided = try? ahead?.decideAhead(jobs, now: now)
        waiting.add(1, ordering: .relaxed)
        return turn.withLock { batch in
            waiting.subtract(1, ordering: .relaxed)
            return Self.run(jobs, batch, now, decided)
        }
    }

    private static func run(
        _ jobs: [any Job], _ batch: Batch, _ now: Instant, _ decided: DecidedSet?
    ) -> (seconds: Double, worked: Double) {
        let begun = DispatchTime.now(), worked = ThreadTime.now
        batch.run(jobs, now: now, decided: decided)
        return (Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9, ThreadTime.now - worked)
    }

    func close() { turn.withLock { $0.connection.close() } }
}

/// Seconds of the CPU that this thread has had.
private enum ThreadTime {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Threads with a read-only connection each; every job reads from a snapshot of its own.
final class ReaderPool: Sendable {
    private let queue = WorkQueue(limit: Batcher.waitingLimit)

    init(engine: any Engine, clock: @escaping @Sendable () -> Instant) throws {
        for number in 1...engine.readers {
            let started = Mailbox<Void>()
            let queue = queue
            queue.spawn("waybill reader \(number)") {
                let connection: any Connection
                do {
                    connection = try engine.connect(readOnly: true)
                } catch {
                    started.put(.failure(error))
                    return
                }
                started.put(.success(()))
                while let job = queue.take(upTo: 1)?.first { Self.run(job, connection, clock()) }
                connection.close()
            }
            do { try started.wait() } catch {
                queue.close()
                throw error
            }
        }
    }

    func submit(_ job: some Job) { queue.put(job) }
    func close() { queue.close() }

    private static func run(_ job: any Job, _ connection: any Connection, _ now: Instant) {
        for attempt in 1... {
            do {
                try connection.begin(readOnly: true)
                let tx = Transaction(connection: connection, now: now, ids: IDGenerator(node: 0))
                let settle = try job.runReading(in: tx)
                try connection.rollback()
                return settle()
            } catch {
                try? connection.rollback()
                let lost = (error as? StoreError)?.isTransient ?? false
                guard lost, attempt < 3, (try? connection.reconnect()) != nil else { return job.fail(error) }
            }
        }
    }
}
