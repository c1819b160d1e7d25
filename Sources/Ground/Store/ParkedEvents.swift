import Kernel

/// Events a follower could not act on, and the later ones of their keys behind them.
///
/// The first of each key is tried again after 1, 4, 16 … minutes; when it passes, those behind it follow. After
/// eight failures only `release` tries again.
package enum ParkedEvents {
    private static let attemptLimit = 8
    /// How many events of one key pass in one transaction.
    private static let releaseLimit = 200

    static func keys(of follower: String, in tx: Transaction) throws -> Set<String> {
        Set(try tx.values("SELECT DISTINCT key FROM parked_event WHERE follower = \(follower)"))
    }

    static func areDue(of follower: String, in tx: Transaction) throws -> Bool {
        try tx.value(
            "SELECT 1 FROM parked_event WHERE follower = \(follower) AND next_attempt_at <= \(tx.now) LIMIT 1", as: Int.self) != nil
    }

    /// Puts events aside; those of a key that waits already wait as long as it does.
    static func park(_ events: [(Event, String)], of follower: String, in tx: Transaction) throws {
        if !events.isEmpty { tx.left?.park() }
        var rows = Rows(["seq": .int, "tx": .int, "p": .int, "key": .text, "reason": .text])
        for (event, reason) in events {
            rows.add(event.position.seq, event.position.tx, event.partition, event.key, reason)
        }
        try tx.run(
            """
            INSERT INTO parked_event (follower, seq, tx, partition_number, key, reason, attempts, next_attempt_at, parked_at)
            SELECT \(follower), v.seq, v.tx, v.p, v.key, v.reason, 1,
                COALESCE((SELECT MAX(e.next_attempt_at) FROM parked_event e WHERE e.follower = \(follower) AND e.key = v.key),
                    \(tx.now + .minutes(1))), \(tx.now)
            FROM (\(rows: rows)) AS v
            """)
    }

    /// Tries again what is due, key by key; answers how many events passed.
    static func retry(_ follower: any Follower, partitions: [Int], in tx: Transaction) throws -> Int {
        let keys: [String] = try tx.values(
            """
            SELECT key FROM parked_event WHERE follower = \(follower.name) AND next_attempt_at <= \(tx.now)
                AND partition_number IN \(list: partitions)
            GROUP BY key ORDER BY MIN(seq) LIMIT 20
            """)
        return try keys.reduce(0) { try $0 + release(key: $1, of: follower, in: tx) }
    }

    /// Acts on the parked events of one key in order until one fails again or 200 passed; answers how many passed.
    package static func release(key: String, of follower: any Follower, in tx: Transaction) throws -> Int {
        // Locked, as a person and the follower's own step may release one key at the same time.
        let parked: [Int64] = try tx.values(
            """
            SELECT seq FROM parked_event WHERE follower = \(follower.name) AND key = \(key)
            ORDER BY tx, seq LIMIT \(releaseLimit) \(.forUpdate)
            """)
        let events = try tx.query(
            "SELECT \(EventLog.columns) FROM event WHERE seq IN \(list: parked) ORDER BY tx, seq", EventLog.decode)
        for (passed, event) in events.enumerated() {
            do {
                try tx.attempt { try follower.handle([event], in: tx) }
                try tx.run("DELETE FROM parked_event WHERE follower = \(follower.name) AND seq = \(event.position.seq)")
            } catch let error as StoreError where error.isTransient {
                throw error
            } catch {
                try postpone(event, of: follower.name, reason: String(describing: error), in: tx)
                return passed
            }
        }
        if events.count == releaseLimit { try wait(key, of: follower.name, until: tx.now, in: tx) }
        return events.count
    }

    private static func postpone(_ event: Event, of follower: String, reason: String, in tx: Transaction) throws {
        let attempts = try tx.value(
            "SELECT attempts FROM parked_event WHERE follower = \(follower) AND seq = \(event.position.seq)", as: Int.self) ?? 1
        try tx.run(
            """
            UPDATE parked_event SET attempts = attempts + 1, reason = \(reason)
            WHERE follower = \(follower) AND seq = \(event.position.seq)
            """)
        let isGivenUp = attempts + 1 >= attemptLimit
        let next = isGivenUp ? Instant.distantFuture : tx.now + .minutes(1 << min(2 * attempts, 12))
        try wait(event.key, of: follower, until: next, in: tx)
    }

    private static func wait(_ key: String, of follower: String, until next: Instant, in tx: Transaction) throws {
        try tx.run(
            "UPDATE parked_event SET next_attempt_at = \(next) WHERE follower = \(follower) AND key = \(key)")
    }
}
