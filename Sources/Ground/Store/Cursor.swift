import Kernel

/// How far a follower has come in one partition, and which node may move it.
struct Cursor {
    let position: LogPosition
    let fence: Int64

    /// Where the cursors this node holds begin, without a lock; nil where it holds none.
    static func lowest(by node: Int, of follower: String, in tx: Transaction) throws -> LogPosition? {
        try tx.first(
            """
            SELECT tx, seq FROM follower_cursor WHERE follower = \(follower) AND node = \(node)
            ORDER BY tx, seq, partition_number LIMIT 1
            """) { try LogPosition(tx: $0.next(), seq: $0.next()) }
    }

    /// The cursors this node holds, locked.
    static func held(by node: Int, of follower: String, in tx: Transaction) throws -> [Int: Cursor] {
        let rows = try tx.query(
            """
            SELECT partition_number, tx, seq, fence FROM follower_cursor
            WHERE follower = \(follower) AND node = \(node) ORDER BY partition_number \(.forUpdate)
            """
        ) { try ($0.next(Int.self), Cursor(position: LogPosition(tx: $0.next(), seq: $0.next()), fence: $0.next())) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Moves the held cursors that are behind `position`; a lost fence undoes the step.
    static func move(
        _ cursors: [Int: Cursor], of follower: String, node: Int, to position: LogPosition, in tx: Transaction
    ) throws {
        let behind = cursors.filter { $0.value.position < position }
        let fences = Set(behind.values.map(\.fence))
        var moved = 0
        if behind.count == cursors.count, fences.count == 1, let fence = fences.first {
            moved = try tx.run(
                """
                UPDATE follower_cursor SET tx = \(position.tx), seq = \(position.seq)
                WHERE follower = \(follower) AND node = \(node) AND fence = \(fence)
                """)
            guard moved == behind.count else { throw StoreError.tryAgain("cursors of \(follower) moved to another node") }
            return
        }
        for fence in fences.sorted() {
            moved += try tx.run(
                """
                UPDATE follower_cursor SET tx = \(position.tx), seq = \(position.seq)
                WHERE follower = \(follower) AND node = \(node) AND fence = \(fence)
                    AND partition_number IN \(list: behind.filter { $0.value.fence == fence }.keys.sorted())
                """)
        }
        guard moved == behind.count else { throw StoreError.tryAgain("cursors of \(follower) moved to another node") }
    }
}

/// Gives this node its share of a follower's partitions: those it holds already, those nobody holds and those
/// whose lease ran out, up to an equal part for each of `nodes`; what it holds beyond its part it lets go.
///
/// A cursor that another node's step has locked is passed over: waiting for a node that hangs would stop this one too.
package struct LeasePartitions: Flow {
    private let follower: String
    private let node: Int
    private let nodes: Int
    private let duration: Duration

    package init(_ follower: String, node: Int, nodes: Int, duration: Duration = .seconds(15)) {
        self.follower = follower
        self.node = node
        self.nodes = max(1, nodes)
        self.duration = duration
    }

    /// How many partitions this node holds now.
    package func run(in tx: Transaction) throws -> Int {
        try create(in: tx)
        let rows = try tx.query(
            """
            SELECT partition_number, node, lease_until FROM follower_cursor
            WHERE follower = \(follower) ORDER BY partition_number \(.skipLocked)
            """
        ) { try ($0.next(Int.self), $0.next(Int?.self), $0.next(Instant.self)) }
        let share = (EventLog.partitions + nodes - 1) / nodes
        let mine = rows.filter { $0.1 == node }.map(\.0)
        let free = rows.filter { $0.1 != node && ($0.1 == nil || $0.2 < tx.now) }.map(\.0)
        let kept = mine.prefix(share), taken = free.prefix(max(0, share - mine.count))
        let until = tx.now + duration
        try tx.run(
            """
            UPDATE follower_cursor SET lease_until = \(until)
            WHERE follower = \(follower) AND partition_number IN \(list: kept)
            """)
        try tx.run(
            """
            UPDATE follower_cursor SET node = NULL, lease_until = 0
            WHERE follower = \(follower) AND partition_number IN \(list: mine.dropFirst(share))
            """)
        try tx.run(
            """
            UPDATE follower_cursor SET node = \(node), fence = fence + 1, lease_until = \(until)
            WHERE follower = \(follower) AND partition_number IN \(list: taken)
            """)
        return kept.count + taken.count
    }

    private func create(in tx: Transaction) throws {
        let known: Int? = try tx.value("SELECT COUNT(*) FROM follower_cursor WHERE follower = \(follower)")
        guard known != EventLog.partitions else { return }
        var rows = Rows(["p": .int])
        for partition in 0..<EventLog.partitions { rows.add(partition) }
        try tx.run(
            """
            INSERT INTO follower_cursor (follower, partition_number, tx, seq, node, fence, lease_until)
            SELECT \(follower), v.p, -1, -1, NULL, 0, 0 FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (follower, partition_number) DO NOTHING
            """)
    }
}
