import Kernel
import Store

/// A row of a committed import that the books did not take, because they changed between check and effect.
package struct ImportRefusal: Sendable, Equatable {
    package let file: String
    package let row: Int
    /// As of the refusing command: `merchants.barcode_taken`.
    package let code: String
    package let message: String
}

/// The table of what was refused.
enum ImportRefusals {
    static func add(
        _ refused: [(seq: Int64, row: StagedRow, refusal: any Refusal)], to id: ImportID, in tx: Transaction
    ) throws {
        var rows = Rows(["seq": .int, "file": .text, "row": .int, "code": .text, "message": .text])
        for (seq, row, refusal) in refused { rows.add(seq, row.file, row.row, refusal.code, refusal.message) }
        try tx.run(
            """
            INSERT INTO import_refusal (import, seq, file, row_number, code, message)
            SELECT \(id), v.seq, v.file, v.row, v.code, v.message FROM (\(rows: rows)) AS v
            """)
    }

    /// The first ones, in the order of their rows.
    static func first(_ limit: Int, of id: ImportID, in tx: Transaction) throws -> [ImportRefusal] {
        try tx.query(
            """
            SELECT file, row_number, code, message FROM import_refusal WHERE import = \(id) ORDER BY seq LIMIT \(limit)
            """
        ) { try ImportRefusal(file: $0.next(), row: $0.next(), code: $0.next(), message: $0.next()) }
    }
}
