import Kernel
import Store

/// Copies the rows of one table after another, and keeps what they amount to.
struct TableCopy {
    private let source: any Connection
    private let target: any Connection
    private let tables: Set<String>
    /// Known once the log is copied.
    private var log: LogRenumbering?

    /// Tables whose rows stand at a place in the log (`tx`, `seq`), which moves with it.
    private static let placed: Set = ["follower_cursor", "parked_event", "webhook", "webhook_delivery", "webhook_replay"]

    /// - Parameter tables: all there are.
    init(_ tables: [StoredTable], from source: any Connection, to target: any Connection) {
        self.tables = Set(tables.map(\.name))
        self.source = source
        self.target = target
    }

    /// Copies a table; answers its rows and their hash as they were written.
    /// - Parameter progress: told how many rows are done.
    mutating func copy(_ table: StoredTable, progress: (Int) -> Void) throws -> TableContent {
        switch table.name {
        case "event": try copyLog(table, progress)
        // In the order of the log, so that the order stays when sequences change.
        case "parked_event": try copy(table, order: ["follower", "tx", "seq"], progress, place(table, keepsStart: false))
        case let name where Self.placed.contains(name): try copy(table, order: nil, progress, place(table, keepsStart: true))
        default: try copy(table, order: nil, progress) { $0 }
        }
    }

    private func copy(
        _ table: StoredTable, order: [String]?, _ progress: (Int) -> Void, _ change: ([Datum]) throws -> [Datum]
    ) throws -> TableContent {
        var reader = try TableReader(table, order: order), content = TableContent(table.name)
        let writer = TableWriter(table)
        while true {
            let rows = try reader.next(on: source).map(change)
            if rows.isEmpty { return content }
            try writer.write(rows, on: target)
            content.add(rows)
            progress(content.rows)
        }
    }

    private mutating func copyLog(_ table: StoredTable, _ progress: (Int) -> Void) throws -> TableContent {
        var log = LogRenumbering(try Self.placed.intersection(tables).sorted().flatMap(positions))
        let (tx, seq) = (try table.index(of: "tx"), try table.index(of: "seq"))
        var reader = try TableReader(table, order: ["tx", "seq"]), content = TableContent(table.name)
        let writer = TableWriter(table)
        var highest = Int64.min
        while true {
            var rows = try reader.next(on: source)
            if rows.isEmpty { break }
            let sequences = try sequences(after: highest, count: rows.count)
            guard sequences.count == rows.count else { throw StoreError.unexpected("the log changed while it was read") }
            for (index, new) in sequences.enumerated() {
                guard case .int(let oldTx) = rows[index][tx], case .int(let oldSeq) = rows[index][seq] else {
                    throw StoreError.unexpected("an event without a place in the log")
                }
                log.note(LogPosition(tx: oldTx, seq: oldSeq), becomes: new)
                rows[index][tx] = .int(0)
                rows[index][seq] = .int(new)
            }
            highest = sequences.last ?? highest
            try writer.write(rows, on: target)
            content.add(rows)
            progress(content.rows)
        }
        log.end()
        self.log = log
        return content
    }

    private func positions(in table: String) throws -> [LogPosition] {
        var found: [LogPosition] = []
        try source.query("SELECT DISTINCT tx, seq FROM \(verbatim: table)") {
            found.append(LogPosition(tx: try $0.next(), seq: try $0.next()))
        }
        return found
    }

    private func sequences(after highest: Int64, count: Int) throws -> [Int64] {
        var found: [Int64] = []
        try source.query("SELECT seq FROM event WHERE seq > \(highest) ORDER BY seq LIMIT \(count)") { found.append(try $0.next()) }
        return found
    }

    /// Moves a row's place in the log to where its event is in the target.
    private func place(_ table: StoredTable, keepsStart: Bool) throws -> ([Datum]) throws -> [Datum] {
        let (tx, seq) = (try table.index(of: "tx"), try table.index(of: "seq"))
        guard let log else { throw StoreError.unexpected("\(table.name) stands before the log among the tables") }
        return { row in
            guard case .int(let oldTx) = row[tx], case .int(let oldSeq) = row[seq] else {
                throw StoreError.unexpected("\(table.name) holds a row without a place in the log")
            }
            let place = log.position(of: LogPosition(tx: oldTx, seq: oldSeq))
            guard keepsStart || place != .start else {
                throw StoreError.unexpected("\(table.name) holds event \(oldSeq), which the log has not")
            }
            var moved = row
            moved[tx] = .int(place.tx)
            moved[seq] = .int(place.seq)
            return moved
        }
    }
}
