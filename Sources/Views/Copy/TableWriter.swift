import Kernel
import Store

/// Writes rows of one table as they are, many in a statement.
struct TableWriter {
    private let table: StoredTable
    /// How many rows a statement has: both engines take as many values.
    private let batch: Int

    init(_ table: StoredTable) {
        self.table = table
        batch = max(1, 8000 / table.columns.count)
    }

    func write(_ rows: [[Datum]], on connection: any Connection) throws {
        var start = 0
        while start < rows.count {
            let end = min(start + batch, rows.count)
            try insert(rows[start..<end], on: connection)
            start = end
        }
    }

    private func insert(_ rows: ArraySlice<[Datum]>, on connection: any Connection) throws {
        var sql = SQL(
            verbatim: "INSERT INTO \(table.name) (\(table.columns.map(\.name).joined(separator: ", "))) VALUES ")
        for (number, row) in rows.enumerated() {
            sql.parts.append(.text(number == 0 ? "(" : ", ("))
            for (index, value) in row.enumerated() {
                if index > 0 { sql.parts.append(.text(", ")) }
                sql.parts.append(.bind(value, table.columns[index].kind))
            }
            sql.parts.append(.text(")"))
        }
        do {
            try connection.run(sql)
        } catch is NulInText {
            throw StoreError.unsuitable("A text in \(table.name) holds the character U+0000, which the target cannot store.")
        }
    }
}
