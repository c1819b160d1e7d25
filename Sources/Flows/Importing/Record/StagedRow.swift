import Foundation
import Kernel
import Store

/// One thing to be done, read from the files and not yet done.
struct StagedRow: Sendable {
    let part: ImportPart
    /// Where it comes from.
    let file: String
    let row: Int
    /// JSON of one of the `Staged…` values.
    let content: String
}

extension StagedRow {
    init(_ part: ImportPart, _ file: String, _ row: Int, _ value: some Encodable) throws {
        self.init(part: part, file: file, row: row, content: try StagedText.write(value))
    }

    func read<T: Decodable>(_: T.Type = T.self) throws -> T { try StagedText.read(content) }
}

/// The text form of what is staged.
enum StagedText {
    static func write(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func read<T: Decodable>(_ text: String) throws -> T {
        do { return try JSONDecoder().decode(T.self, from: Data(text.utf8)) } catch {
            throw StoreError.unexpected("a staged row is not a \(T.self): \(error)")
        }
    }
}

/// The table of staged rows.
enum StagedRows {
    /// - Parameter after: the number of the last row staged before.
    static func add(_ rows: [StagedRow], to id: ImportID, after: Int64, in tx: Transaction) throws {
        var values = Rows(["seq": .int, "part": .text, "file": .text, "row": .int, "content": .text])
        for (seq, row) in zip((after + 1)..., rows) { values.add(seq, row.part, row.file, row.row, row.content) }
        try tx.run(
            """
            INSERT INTO import_row (import, seq, part, file, row_number, content)
            SELECT \(id), v.seq, v.part, v.file, v.row, v.content FROM (\(rows: values)) AS v
            """, expecting: rows.count)
    }

    /// Those behind `after` that are of one part, at most so many, with the number of the last.
    static func next(
        of id: ImportID, after: Int64, limit: Int, in tx: Transaction
    ) throws -> (rows: [(seq: Int64, row: StagedRow)], last: Int64) {
        let found = try tx.query(
            """
            SELECT seq, part, file, row_number, content FROM import_row
            WHERE import = \(id) AND seq > \(after) AND seq <= \(after + Int64(limit)) ORDER BY seq
            """
        ) {
            (
                seq: try $0.next(Int64.self),
                row: try StagedRow(part: $0.next(), file: $0.next(), row: $0.next(), content: $0.next())
            )
        }
        let same = Array(found.prefix { $0.row.part == found.first?.row.part })
        return (same, same.last?.seq ?? after)
    }

    static func remove(of id: ImportID, through last: Int64, in tx: Transaction) throws {
        try tx.run("DELETE FROM import_row WHERE import = \(id) AND seq <= \(last)")
    }

    /// Removes some from the front; answers how many.
    static func removeSome(of id: ImportID, limit: Int, in tx: Transaction) throws -> Int {
        let first: Int64? = try tx.value("SELECT MIN(seq) FROM import_row WHERE import = \(id)", as: Int64?.self) ?? nil
        guard let first else { return 0 }
        return try tx.run("DELETE FROM import_row WHERE import = \(id) AND seq < \(first + Int64(limit))")
    }
}
