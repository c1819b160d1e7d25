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
    /// How many ids a block has.
    package static let blockSize = 65_536

    private struct State {
        var last: Int64 = -1
        /// The ticket that the block under way began with, and how many it has given since.
        var block: Int64 = -1
        var given = 0
    }

    private let state = Mutex(State())

    /// - Parameter node: 0 to 1023; leased in the database, 0 in a rehearsal.
    package init(node: Int) {
        precondition(Self.nodes.contains(node), "a node number is 0 to 1023, not \(node)")
        self.node = node
    }

    /// The next raw id at `now`. A `now` before 2025 counts as 2025; one after 2094 does not fit and traps.
    package func next(at now: Instant) -> Int64 {
        let slot = Self.slot(at: now)
        return id(of: state.withLock { state in
            state.last = max(state.last + 1, slot)
            state.given += 1
            return state.last
        })
    }

    /// Names the block of what is made now: what one generator makes in a row, of 65,536 ids each.
    ///
    /// An index by values that lie anywhere, such as hashes, begins with it and grows in one place, whatever its size.
    package func block(at now: Instant) -> Int64 {
        let slot = Self.slot(at: now)
        return id(of: state.withLock { state in
            if state.block < 0 || state.given >= Self.blockSize { (state.block, state.given) = (max(state.last + 1, slot), 0) }
            return state.block
        })
    }

    private static func slot(at now: Instant) -> Int64 {
        let millisecond = max(0, (now.micros - Self.epoch.micros) / 1000)
        precondition(millisecond < 1 << 41, "no id has room for a time as late as \(now)")
        return millisecond << 12
    }

    private func id(of ticket: Int64) -> Int64 { (ticket >> 12) << 22 | Int64(node) << 12 | ticket & 0xFFF }

    /// The last raw id that any node makes before `moment`.
    package static func last(before moment: Instant) -> Int64 {
        max(0, (moment.micros - epoch.micros) / 1000) << 22 - 1
    }

    package func next<Tag>(_: ID<Tag>.Type = ID<Tag>.self, at now: Instant) -> ID<Tag> { ID(next(at: now)) }
}
