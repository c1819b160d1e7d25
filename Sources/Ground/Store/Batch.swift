import Foundation
import Kernel

/// Runs jobs as one transaction on one connection, and tells each caller after the commit.
package struct Batch {
    let connection: any Connection
    let ids: IDGenerator
    private let left: LeftWork?
    private let lookupSeconds: Int
    /// Whether others write to the database too.
    private let isShared: Bool
    private static let attempts = 20
    /// A lock that stays held this long is its holder's fault; those who need it are told.
    private static let patienceSeconds = 15

    /// - Parameter lookupSeconds: how long a commit whose answer was lost is asked for while the server stays away.
    package init(
        connection: any Connection, ids: IDGenerator, left: LeftWork? = nil, lookupSeconds: Int = 120, isShared: Bool = false
    ) {
        self.connection = connection
        self.ids = ids
        self.left = left
        self.lookupSeconds = lookupSeconds
        self.isShared = isShared
    }

    /// Every caller is told exactly once, whatever happens.
    /// - Parameter decided: those at the front of `jobs` as they were decided ahead.
    package func run(_ jobs: [any Job], now: Instant, decided: DecidedSet? = nil) {
        do {
            for settle in try settlements(of: jobs, now: now, decided) { settle() }
        } catch where jobs.count > 1 && Self.isOneJobsFault(error) {
            // By halves, so that the one at fault ends alone with its error and the rest commit in few batches.
            let middle = jobs.count / 2
            run(Array(jobs[..<middle]), now: now)
            run(Array(jobs[middle...]), now: now)
        } catch {
            for job in jobs { job.fail(error) }
        }
    }

    /// False where fewer jobs would fare no better, or where running them again might do them twice.
    private static func isOneJobsFault(_ error: any Error) -> Bool {
        switch error as? StoreError {
        case .connectionLost, .commitUnknown, .noRoom, .closed: false
        default: true
        }
    }

    /// The set at the front of `jobs`, decided in a transaction that only reads; nil where it cannot be.
    func decideAhead(_ jobs: [any Job], now: Instant) throws -> DecidedSet? {
        guard let first = jobs.first, first.kind != nil else { return nil }
        try connection.begin(readOnly: true)
        defer { try? connection.rollback() }
        return try first.decideAhead(jobs[...], in: Transaction(connection: connection, now: now, ids: ids))
    }

    private func settlements(of jobs: [any Job], now: Instant, _ decided: DecidedSet?) throws -> [Settlement] {
        let deadline = DispatchTime.now() + .seconds(Self.patienceSeconds)
        var attempt = 1
        while true {
            do {
                return try once(jobs, now: now, attempt == 1 ? decided : nil, ahead: isShared && attempt == 1)
            } catch StoreError.statement where attempt == 1 && (isShared || decided != nil) {
                // Decided ahead on rows that another batch has changed since, such as a number it has taken.
                attempt += 1
            } catch let error as StoreError
                where error.isTransient && attempt < Self.attempts && DispatchTime.now() < deadline
            {
                attempt += 1
                if case .connectionLost = error { try reconnect() }
                if attempt > 3 { Thread.sleep(forTimeInterval: 0.002 * Double(attempt)) }
            }
        }
    }

    /// - Parameter ahead: whether sets are decided before they take their locks.
    private func once(_ jobs: [any Job], now: Instant, _ decided: DecidedSet?, ahead: Bool) throws -> [Settlement] {
        try connection.begin(readOnly: false)
        do {
            let tx = Transaction(connection: connection, now: now, ids: ids, left: left)
            let settlements = try perform(jobs, decided, ahead: ahead, in: tx)
            try tx.flush()
            try commit()
            return settlements
        } catch let undone as Undone {
            try connection.rollback()
            return [undone.settlement]
        } catch {
            // A rollback on a broken connection fails as well; the first error is the one that tells.
            try? connection.rollback()
            throw error
        }
    }

    private func perform(_ jobs: [any Job], _ decided: DecidedSet?, ahead: Bool, in tx: Transaction) throws -> [Settlement] {
        var settlements: [Settlement] = []
        var rest = jobs[...]
        if let set = try decided?.write(tx) {
            settlements += set
            rest = rest.dropFirst(set.count)
        }
        let isAlone = jobs.count == 1
        while let job = rest.first {
            let early = ahead ? try job.decideAhead(rest, in: tx) : nil
            if let set = try early?.write(tx) ?? job.runSet(rest, in: tx) {
                settlements += set
                rest = rest.dropFirst(set.count)
            } else {
                settlements.append(try isAlone ? job.runWhole(in: tx) : job.runAlone(in: tx))
                rest = rest.dropFirst()
            }
        }
        return settlements
    }

    /// A commit whose answer was lost is looked up, never assumed to have failed.
    private func commit() throws {
        do {
            try connection.commit()
        } catch StoreError.commitUnknown(let stamp) {
            guard try committed(stamp) else { throw StoreError.tryAgain("transaction \(stamp) did not reach the disk") }
        }
    }

    /// Asks until there is an answer. Only a server that stays away leaves the callers with `commitUnknown`: any other
    /// error would let the jobs run again.
    private func committed(_ stamp: String) throws -> Bool {
        let deadline = DispatchTime.now() + .seconds(lookupSeconds)
        var pause = 0.02
        while DispatchTime.now() < deadline {
            do {
                try connection.reconnect()
                return try connection.committed(stamp: stamp)
            } catch {
                Thread.sleep(forTimeInterval: pause)
                pause = min(1, pause * 2)
            }
        }
        throw StoreError.commitUnknown(stamp: stamp)
    }

    private func reconnect() throws {
        var pause = 0.05
        while true {
            do { return try connection.reconnect() } catch where pause < 5 {
                Thread.sleep(forTimeInterval: pause)
                pause *= 2
            }
        }
    }
}
