import Synchronization

/// Makes the ids of one node: 41 bits of milliseconds since 2025-01-01 UTC, 10 of node, 12 of sequence.
///
/// Ids of one generator only grow. When 4,096 ids were made in a millisecond, or the clock stepped back, it
/// borrows from the next millisecond instead of waiting.
package final class IDGenerator: Sendable {
    /// 2025-01-01T00:00:00Z.
    package static let epoch = Instant(micros: 1_735_689_600_000_000)
    package static let nodes = 0..<1024

    package let node: Int
    private let last: Mutex<Int64>

    /// - Parameter node: 0 to 1023; leased in the database, 0 in a rehearsal.
    package init(node: Int) {
        precondition(Self.nodes.contains(node), "a node number is 0 to 1023, not \(node)")
        self.node = node
        last = Mutex(-1)
    }

    /// The next raw id at `now`. A `now` before 2025 counts as 2025; one after 2094 does not fit and traps.
    package func next(at now: Instant) -> Int64 {
        let millisecond = max(0, (now.micros - Self.epoch.micros) / 1000)
        precondition(millisecond < 1 << 41, "no id has room for a time as late as \(now)")
        let slot = millisecond << 12
        let ticket = last.withLock { last in
            last = max(last + 1, slot)
            return last
        }
        return (ticket >> 12) << 22 | Int64(node) << 12 | ticket & 0xFFF
    }

    /// The last raw id that any node makes before `moment`.
    package static func last(before moment: Instant) -> Int64 {
        max(0, (moment.micros - epoch.micros) / 1000) << 22 - 1
    }

    package func next<Tag>(_: ID<Tag>.Type = ID<Tag>.self, at now: Instant) -> ID<Tag> { ID(next(at: now)) }
}
