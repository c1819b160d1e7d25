import Kernel

/// A flow started by events: it makes its changes and moves its cursor in one transaction.
package protocol Follower: Sendable {
    /// The name of its cursors; never changed once used.
    var name: String { get }
    /// The event types it acts on; the rest pass by. Empty: all.
    var types: Set<String> { get }
    /// Whether something else waits for what it does. A projection may stay behind for a while.
    var leadsOn: Bool { get }
    /// Events up to there do not matter to it and are not read; nil where none matters now, and it rests.
    func start(in tx: Transaction) throws -> LogPosition?
    /// Acts on events in the order of the log. An error parks the event at fault, never the partition.
    func handle(_ events: [Event], in tx: Transaction) throws
}

extension Follower {
    package var leadsOn: Bool { true }
    package func takes(_ type: String) -> Bool { types.isEmpty || types.contains(type) }
    package func start(in tx: Transaction) throws -> LogPosition? { .start }
}

/// One step of one follower on one node: reads on from its cursors, acts, moves the cursors. Answers how many
/// events it passed.
///
/// The cursor rows are locked while it works, and moving them demands the fence under which they were taken:
/// each event's effect happens once, however the clocks of the nodes differ.
package struct FollowerStep: Flow {
    private let follower: any Follower
    private let node: Int
    private let limit: Int
    private let tail: LogTail?

    /// - Parameter tail: what is known of the log already; nil to read it.
    package init(_ follower: any Follower, node: Int, limit: Int = 500, tail: LogTail? = nil) {
        self.follower = follower
        self.node = node
        self.limit = limit
        self.tail = tail
    }

    package func run(in tx: Transaction) throws -> Int {
        // Most steps find nothing: they look before they lock.
        guard let begin = try follower.start(in: tx) else { return 0 }
        guard let first = try Cursor.lowest(by: node, of: follower.name, in: tx) else { return 0 }
        let start = max(first, begin)
        let seen = try pass(after: start, in: tx)
        let hasParked = try ParkedEvents.areDue(of: follower.name, in: tx)
        guard hasParked || seen.count > 0 else { return 0 }

        let cursors = try Cursor.held(by: node, of: follower.name, in: tx)
        guard let lowest = cursors.values.map({ max($0.position, begin) }).min() else { return 0 }
        let retried = hasParked ? try ParkedEvents.retry(follower, partitions: cursors.keys.sorted(), in: tx) : 0
        let read = lowest == start ? seen : try pass(after: lowest, in: tx)
        guard let last = read.last else { return retried }
        let due = read.events.filter { event in cursors[event.partition].map { $0.position < event.position } ?? false }
        try act(on: due, in: tx)
        try Cursor.move(cursors, of: follower.name, node: node, to: last, in: tx)
        return read.count + retried
    }

    private func pass(
        after position: LogPosition, in tx: Transaction
    ) throws -> (events: [Event], count: Int, last: LogPosition?) {
        guard let tail else { return try EventLog.pass(after: position, limit: limit, of: follower.types, in: tx) }
        guard let known = tail.events(after: position, limit: limit * Self.passing) else {
            return try EventLog.pass(after: position, limit: limit * Self.passing, wanted: limit, of: follower.types, in: tx)
        }
        var events: [Event] = [], count = 0, last: LogPosition?
        for event in known where events.count < limit {
            count += 1
            last = event.position
            if follower.takes(event.type) { events.append(event) }
        }
        return (events, count, last)
    }

    /// One that is served passes so many times as many events as it acts on in a step.
    private static let passing = 4

    private func act(on events: [Event], in tx: Transaction) throws {
        guard !events.isEmpty else { return }
        let blocked = try ParkedEvents.keys(of: follower.name, in: tx)
        let free = events.filter { !blocked.contains($0.key) }
        var parked = events.filter { blocked.contains($0.key) }.map { ($0, "behind a parked event of its key") }
        do {
            if !free.isEmpty { try tx.attempt { try follower.handle(free, in: tx) } }
        } catch let error as StoreError where error.isTransient {
            throw error
        } catch {
            parked += try oneByOne(free, in: tx)
        }
        try ParkedEvents.park(parked.sorted { $0.0.position < $1.0.position }, of: follower.name, in: tx)
    }

    /// Acts on each event alone; answers those that failed and those behind them.
    private func oneByOne(_ events: [Event], in tx: Transaction) throws -> [(Event, String)] {
        var failed: [(Event, String)] = [], keys: Set<String> = []
        for event in events {
            if keys.contains(event.key) {
                failed.append((event, "behind a parked event of its key"))
                continue
            }
            do {
                try tx.attempt { try follower.handle([event], in: tx) }
            } catch let error as StoreError where error.isTransient {
                throw error
            } catch {
                keys.insert(event.key)
                failed.append((event, String(describing: error)))
            }
        }
        return failed
    }
}
