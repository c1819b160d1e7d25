import Kernel
import Store

extension StageCounts {
    /// Makes the counts again from the log, up to where the follower stands; answers how many events it counted.
    ///
    /// The cursors are locked meanwhile: on a store in service everything else goes on, the counts alone stand still.
    /// On SQLite it is the one writer's transaction, so there it belongs to a quiet moment.
    package static func rebuild(in tx: Transaction) throws -> Int {
        let cursors = try lockedCursors(in: tx)
        let parked = Set(try tx.values("SELECT seq FROM parked_event WHERE follower = \(cursorName)", as: Int64.self))
        try tx.run("DELETE FROM stage_count")
        try tx.run("DELETE FROM flow_count")
        guard let last = cursors.values.max() else { return 0 }
        var position = LogPosition.start, counted = 0
        while position < last {
            let events = try EventLog.read(after: position, limit: 2000, in: tx)
            guard let end = events.last?.position else { break }
            position = end
            let passed = events.filter { event in
                StageCounts.counted.contains(event.type) && !parked.contains(event.position.seq)
                    && cursors[event.partition].map { event.position <= $0 } ?? false
            }
            var tally = StageTally(), flows = FlowCounts()
            for event in passed { try count(event, into: &tally, &flows) }
            try flows.addPromises(of: passed, in: tx)
            try tally.add(in: tx)
            try flows.add(in: tx)
            counted += passed.count
        }
        return counted
    }

    /// Where the follower stands in each partition.
    private static func lockedCursors(in tx: Transaction) throws -> [Int: LogPosition] {
        let rows = try tx.query(
            """
            SELECT partition_number, tx, seq FROM follower_cursor WHERE follower = \(cursorName)
            ORDER BY partition_number \(.forUpdate)
            """
        ) { try ($0.next(Int.self), LogPosition(tx: $0.next(), seq: $0.next())) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
