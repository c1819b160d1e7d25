import Foundation
import Kernel
import Metrics
import Synchronization

/// The one writer of a process: a thread with a connection that takes whatever is waiting as one transaction.
///
/// The commit under way is the wait; there is no timer. A batch is cut so that a transaction takes about 50 ms, and what
/// can run as a set stands together in it: all of it waits at once, so that any order is as good as another. Where the
/// engine runs on this thread that is time of the CPU: on a crowded machine small batches would only cost more.
/// Before a batch it sees to it that the node's number is still its own.
final class Batcher: Sendable {
    static let waitingLimit = 20_000
    private static let batchLimit = 1024
    private static let targetSeconds = 0.05

    private let queue: WorkQueue
    private let clock: @Sendable () -> Instant

    init(engine: any Engine, lease: NodeLease, clock: @escaping @Sendable () -> Instant) throws {
        queue = WorkQueue(limit: Self.waitingLimit)
        self.clock = clock
        let started = Mailbox<Void>()
        let (queue, clock, isShared) = (queue, clock, engine.isShared)
        queue.spawn("waybill writer") {
            let connection: any Connection
            do {
                connection = try engine.connect(readOnly: false)
            } catch {
                started.put(.failure(error))
                return
            }
            started.put(.success(()))
            Self.serve(queue, Batch(connection: connection, ids: IDGenerator(node: lease.number)), lease, isShared, clock)
            connection.close()
        }
        do { try started.wait() } catch {
            queue.close()
            throw error
        }
    }

    func submit(_ job: some Job) { queue.put(job) }
    func close() { queue.close() }

    private static func serve(
        _ queue: WorkQueue, _ batch: Batch, _ lease: NodeLease, _ isShared: Bool, _ clock: @Sendable () -> Instant
    ) {
        let duration = Timer(label: "waybill_batch_seconds")
        let size = Recorder(label: "waybill_batch_size")
        var limit = 64
        var heartbeat = clock()
        while let jobs = queue.take(upTo: limit) {
            let begun = DispatchTime.now(), worked = ThreadTime.now, now = clock()
            if now - heartbeat >= NodeLease.heartbeat {
                if let lost = renew(lease, with: batch, now: now) {
                    for job in jobs { job.fail(lost) }
                    continue
                }
                heartbeat = now
            }
            for part in batches(of: jobs, isShared: isShared) { batch.run(part, now: now) }
            let seconds = Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9
            duration.recordSeconds(seconds)
            let weight = jobs.reduce(0) { $0 + $1.weight }
            size.record(weight)
            if (isShared ? seconds : ThreadTime.now - worked) > targetSeconds { limit = max(8, limit / 2) }
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
    private static func renew(_ lease: NodeLease, with batch: Batch, now: Instant) -> (any Error)? {
        let answer = Mailbox<Void>()
        batch.run([FlowJob(NodeLease.Renew(lease: lease)) { answer.put($0) }], now: now)
        do { try answer.wait() } catch { return error }
        return nil
    }
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
