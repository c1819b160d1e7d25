import Kernel
import Store

/// Gives the events of a copied log their places in the target.
///
/// The numbers of transactions mean nothing in another database, and new events must come after the copied ones: all
/// copied events get transaction 0, older than any that the target writes, and keep their order. The order was
/// (transaction, sequence), so the first event gets the lowest of the sequences, and so on; where the two orders agree,
/// as they do on SQLite, every event keeps its own. Positions that followers stand at move with their events.
struct LogRenumbering {
    /// Old positions that have to be known in the target, in order.
    private let wanted: [LogPosition]
    private var places: [LogPosition: Int64] = [:]
    private var passed = 0
    private var last: Int64?

    init(_ positions: some Sequence<LogPosition>) { wanted = Set(positions).sorted() }

    /// An event passes by, in the order of the old log.
    mutating func note(_ old: LogPosition, becomes new: Int64) {
        // A position between events stands at the event before it.
        while passed < wanted.count, wanted[passed] < old { settle() }
        last = new
        while passed < wanted.count, wanted[passed] == old { settle() }
    }

    private mutating func settle() {
        places[wanted[passed]] = last
        passed += 1
    }

    /// All events have passed.
    mutating func end() { while passed < wanted.count { settle() } }

    /// Where a position stands in the target; one before the first event is the log's start.
    func position(of old: LogPosition) -> LogPosition {
        places[old].map { LogPosition(tx: 0, seq: $0) } ?? .start
    }
}
