import Kernel
import Store

/// A statement in SQLite's words, with its values in order.
struct SQLiteText {
    private(set) var text = ""
    /// The values but those of rows.
    private(set) var fixed: [Datum] = []
    /// How many of `fixed` stand before the columns of a row.
    private(set) var rowOffset = 0

    /// - Parameter loopsRows: `rows:` becomes one row of parameters instead of a JSON array.
    init(_ sql: SQL, loopsRows: Bool) throws {
        text.reserveCapacity(400)
        for part in sql.parts {
            switch part {
            case .text(let text): self.text += text
            case .bind(let value, _):
                text += "?"
                fixed.append(value)
            case .list(let values, _) where values.count == 1:
                text += "(?)"
                fixed.append(values[0])
            case .list(let values, _):
                text += "(SELECT value FROM json_each(?))"
                var array: [UInt8] = []
                try Self.write(values, to: &array)
                fixed.append(.text(String(decoding: array, as: UTF8.self)))
            case .rows(let rows): try add(rows, loops: loopsRows)
            case .word(.forUpdate), .word(.skipLocked), .word(.lockedByID): break
            // One writer: every row has the stamp 0, and the log's order is that of its rows.
            case .word(.belowHorizon): text += "tx = 0"
            case .word(.beyondCursor): text += "e.seq > c.seq"
            case .word(.newestFirst): text += "seq DESC"
            case .after(let position):
                text += "seq > ?"
                fixed.append(.int(position.seq))
            }
        }
    }

    private mutating func add(_ rows: Rows, loops: Bool) throws {
        if loops {
            rowOffset = fixed.count
            text += SQLiteRow.select(rows.columns.map(\.name))
        } else if rows.count == 1 {
            text += SQLiteRow.select(rows.columns.map(\.name))
            fixed += rows.values[0]
        } else {
            let columns = rows.columns.enumerated().map { "json_extract(value, '$[\($0)]') AS \($1.name)" }
            text += "SELECT \(columns.joined(separator: ", ")) FROM json_each(?)"
            var array: [UInt8] = [UInt8(ascii: "[")]
            for (index, row) in rows.values.enumerated() {
                if index > 0 { array.append(UInt8(ascii: ",")) }
                try Self.write(row, to: &array)
            }
            array.append(UInt8(ascii: "]"))
            fixed.append(.text(String(decoding: array, as: UTF8.self)))
        }
    }

    private static func write(_ values: [Datum], to out: inout [UInt8]) throws {
        out.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch value {
            case .null: out += "null".utf8
            case .int(let number): out += String(number).utf8
            case .text(let string):
                guard !string.utf8.contains(0) else { throw NulInText() }
                JSON.write(string, to: &out)
            }
        }
        out.append(UInt8(ascii: "]"))
    }

    /// `BIGINT` becomes `INTEGER`, so that a primary key is the row's own number; tables refuse values of another type,
    /// as the other engine's do. The log lies in its order already and has no index for it.
    static func schema(_ statement: String) -> String {
        if statement.hasSuffix("(COMMIT_ORDER)") { return "SELECT 1" }
        let text = statement
            .replacing("AUTO_SEQUENCE", with: "INTEGER PRIMARY KEY AUTOINCREMENT")
            .replacing("COMMIT_STAMP", with: "0")
            .replacing("BIGINT", with: "INTEGER")
        return text.hasPrefix("CREATE TABLE") && text.hasSuffix(")") ? text + " STRICT" : text
    }
}
