import Kernel
import Store

/// Keys and rows of the files while they are checked, on the disk: however many there are, memory stays bounded.
///
/// A database of its own that nobody else sees and that is gone with its connection. Space by space, keys are unique.
final class Scratch {
    /// A key of a file, where it stands, and what later rows have to know of it.
    struct Mark: Sendable, Equatable {
        let key: String
        let row: Int
        var value = ""
    }

    /// A row that belongs to another.
    struct Child: Sendable {
        /// The row it belongs to.
        let parent: Int
        let row: Int
        /// What is summed up over the children of a parent.
        let amount: Int64
        let content: String
    }

    private let connection: any Connection

    /// - Parameter engine: gives each connection a new, empty database.
    init(_ engine: any Engine) throws {
        connection = try engine.connect(readOnly: false)
        try connection.define(
            """
            CREATE TABLE mark (
                space TEXT NOT NULL, key TEXT NOT NULL, row_number BIGINT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (space, key))
            """)
        try connection.define(
            """
            CREATE TABLE child (
                space TEXT NOT NULL, parent BIGINT NOT NULL, row_number BIGINT NOT NULL, amount BIGINT NOT NULL,
                content TEXT NOT NULL, PRIMARY KEY (space, parent, row_number))
            """)
        // Never committed: what is written has no reader but this one.
        try connection.begin(readOnly: false)
    }

    deinit { connection.close() }

    /// Keeps marks; answers those whose key stood there before, with the first one.
    func add(_ marks: [Mark], to space: String) throws -> [(mark: Mark, first: Mark)] {
        guard !marks.isEmpty else { return [] }
        var rows = Rows(["key": .text, "row": .int, "value": .text])
        for mark in marks { rows.add(mark.key, mark.row, mark.value) }
        let added = try connection.run(
            """
            INSERT INTO mark (space, key, row_number, value)
            SELECT \(space), v.key, v.row, v.value FROM (\(rows: rows)) AS v WHERE true ON CONFLICT (space, key) DO NOTHING
            """)
        guard added < marks.count else { return [] }
        let known = try find(marks.map(\.key), in: space)
        return marks.compactMap { mark in
            known[mark.key].flatMap { $0.row == mark.row ? nil : (mark, $0) }
        }
    }

    /// The marks of these keys; those that are not there are absent.
    func find(_ keys: some Collection<String>, in space: String) throws -> [String: Mark] {
        guard !keys.isEmpty else { return [:] }
        var found: [String: Mark] = [:]
        try connection.query(
            "SELECT key, row_number, value FROM mark WHERE space = \(space) AND key IN \(list: Set(keys).sorted())"
        ) { row in
            let mark = try Mark(key: row.next(), row: row.next(), value: row.next())
            found[mark.key] = mark
        }
        return found
    }

    /// Hands all marks to `body` in pieces, in the order of their keys.
    func each(_ space: String, _ body: ([Mark]) throws -> Void) throws {
        var last = ""
        while true {
            let piece = try marks(in: space, after: last, limit: FileReading.pieceSize)
            guard let end = piece.last else { return }
            try body(piece)
            last = end.key
        }
    }

    private func marks(in space: String, after key: String, limit: Int) throws -> [Mark] {
        var found: [Mark] = []
        try connection.query(
            """
            SELECT key, row_number, value FROM mark WHERE space = \(space) AND key > \(key) ORDER BY key LIMIT \(limit)
            """
        ) { found.append(try Mark(key: $0.next(), row: $0.next(), value: $0.next())) }
        return found
    }

    func add(_ children: [Child], to space: String) throws {
        guard !children.isEmpty else { return }
        var rows = Rows(["parent": .int, "row": .int, "amount": .int, "content": .text])
        for child in children { rows.add(child.parent, child.row, child.amount, child.content) }
        try connection.run(
            """
            INSERT INTO child (space, parent, row_number, amount, content)
            SELECT \(space), v.parent, v.row, v.amount, v.content FROM (\(rows: rows)) AS v
            """)
    }

    /// The children of these rows by parent, in the order of their rows.
    func children(of parents: [Int], in space: String) throws -> [Int: [Child]] {
        guard !parents.isEmpty else { return [:] }
        var found: [Int: [Child]] = [:]
        try connection.query(
            """
            SELECT parent, row_number, amount, content FROM child
            WHERE space = \(space) AND parent IN \(list: parents) ORDER BY parent, row_number
            """
        ) { row in
            let child = try Child(parent: row.next(), row: row.next(), amount: row.next(), content: row.next())
            found[child.parent, default: []].append(child)
        }
        return found
    }
}
