import Kernel
import Store

/// The event log against those who read it.
enum LogChecks {
    static let all = [cursors, lag, parked, parkedEvents]

    static let cursors = AuditCheck(
        "follower_cursor.position", "No follower has read beyond the end of the log.", table: "follower_cursor", keys: .once
    ) { _ in
        """
        SELECT c.follower, c.partition_number, c.tx, c.seq, COALESCE(e.tx, -1), COALESCE(e.seq, -1) FROM follower_cursor c
        LEFT JOIN (SELECT tx, seq FROM event ORDER BY \(.newestFirst) LIMIT 1) AS e ON 1 = 1
        WHERE (c.tx, c.seq) > (COALESCE(e.tx, -1), COALESCE(e.seq, -1)) ORDER BY c.follower, c.partition_number
        """
    } decode: {
        let (follower, partition): (String, Int) = try ($0.next(), $0.next())
        let found = "(\(try $0.next(Int64.self)), \(try $0.next(Int64.self)))"
        return Disagreement(
            "\(follower) partition \(partition)", expected: "(\(try $0.next(Int64.self)), \(try $0.next(Int64.self))) at most",
            found: found)
    }

    /// Counted no further than this.
    private static let lagLimit: Int64 = 100_000

    static let lag = AuditCheck(
        "follower.lag", "A follower has read all events.", severity: .information, table: "follower_cursor", keys: .once
    ) { _ in
        """
        SELECT c.follower, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM event e
            WHERE \(.beyondCursor) LIMIT \(lagLimit)) AS unread)
        FROM follower_cursor c
        WHERE NOT EXISTS (SELECT 1 FROM follower_cursor o WHERE o.follower = c.follower
            AND (o.tx, o.seq, o.partition_number) < (c.tx, c.seq, c.partition_number))
            AND EXISTS (SELECT 1 FROM event e WHERE \(.beyondCursor))
        ORDER BY c.follower
        """
    } decode: {
        let (follower, behind): (String, Int64) = try ($0.next(), $0.next())
        return Disagreement(
            follower, expected: "0 unread", found: "\(behind == lagLimit ? "more than " : "")\(behind) unread")
    }

    static let parked = AuditCheck(
        "parked_event", "No event waits because a follower failed on it.", severity: .attention, table: "parked_event", keys: .once
    ) { _ in
        "SELECT follower, key, seq, attempts, reason FROM parked_event ORDER BY follower, key, tx, seq"
    } decode: {
        let (follower, key, seq): (String, String, Int64) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "\(follower) \(key) event \(seq)", expected: "handled",
            found: "\(try $0.next(Int.self)) attempts: \(try $0.next(String.self))")
    }

    static let parkedEvents = AuditCheck(
        "parked_event.event", "A parked event is in the log.", table: "parked_event", keys: .once
    ) { _ in
        """
        SELECT p.follower, p.key, p.seq FROM parked_event p LEFT JOIN event e ON e.seq = p.seq AND e.tx = p.tx AND e.key = p.key
        WHERE e.seq IS NULL ORDER BY p.follower, p.seq
        """
    } decode: {
        let (follower, key, seq): (String, String, Int64) = try ($0.next(), $0.next(), $0.next())
        return Disagreement("\(follower) \(key) event \(seq)", expected: "an event", found: "none")
    }
}
