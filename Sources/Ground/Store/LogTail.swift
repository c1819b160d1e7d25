import Kernel
import Synchronization

/// The newest part of the log, read once for all followers of a process.
///
/// What lies below the horizon never changes and nothing comes before it any more, so that it may be kept. A follower that
/// is farther behind reads the log itself.
package final class LogTail: Sendable {
    private struct State {
        /// The events begin behind it; nil before the first look.
        var begin: LogPosition?
        /// In the order of the log, without a gap.
        var events: [Event] = []

        var end: LogPosition? { events.last?.position ?? begin }
    }

    private static let kept = 16_000
    /// How many it reads at once.
    package static let step = 2_000
    private let state = Mutex(State())

    package init() {}

    /// Where it ends; nil before the first look.
    package var end: LogPosition? { state.withLock(\.end) }

    /// Reads on to where the log ends now, by one reader at a time; answers how many events it read.
    package func extend(in tx: Transaction) throws -> Int {
        guard let end else {
            let end = try EventLog.end(in: tx)
            state.withLock { if $0.begin == nil { $0.begin = end } }
            return 0
        }
        let read = try EventLog.read(after: end, limit: Self.step, in: tx)
        guard !read.isEmpty else { return 0 }
        state.withLock { state in
            guard state.end == end else { return }
            state.events += read
            let many = state.events.count - Self.kept
            guard many > 0 else { return }
            state.begin = state.events[many - 1].position
            state.events.removeFirst(many)
        }
        return read.count
    }

    /// The next events after a position; nil where it does not reach back so far.
    func events(after position: LogPosition, limit: Int) -> ArraySlice<Event>? {
        state.withLock { state in
            guard let begin = state.begin, begin <= position else { return nil }
            var low = 0, high = state.events.count
            while low < high {
                let middle = (low + high) / 2
                if state.events[middle].position <= position { low = middle + 1 } else { high = middle }
            }
            return state.events[low..<min(state.events.count, low + limit)]
        }
    }
}
