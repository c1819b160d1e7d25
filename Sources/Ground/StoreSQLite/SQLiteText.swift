import Kernel
import Store

/// The text of a statement in SQLite's words.
enum SQLiteText {
    /// - Parameter loopsRows: `rows:` becomes one row of parameters instead of a JSON array.
    static func render(_ sql: SQL, loopsRows: Bool) -> String {
        var text = ""
        text.reserveCapacity(400)
        for part in sql.parts {
            switch part {
            case .text(let words): text += words
            case .bind: text += "?"
            case .list(let values, _): text += list(SQLiteShape.width(of: values))
            case .rows(let rows): text += Self.rows(rows, loops: loopsRows)
            case .word(.forUpdate), .word(.skipLocked), .word(.lockedByID): break
            // One writer: every row has the stamp 0, and the log's order is that of its rows.
            case .word(.belowHorizon): text += "tx = 0"
            case .word(.beyondCursor): text += "e.seq > c.seq"
            case .word(.newestFirst): text += "seq DESC"
            case .after: text += "seq > ?"
            }
        }
        return text
    }

    private static func list(_ width: Int) -> String {
        guard width > 0 else { return "(SELECT value FROM json_each(?))" }
        return "(?" + String(repeating: ", ?", count: width - 1) + ")"
    }

    private static func rows(_ rows: Rows, loops: Bool) -> String {
        if loops || rows.count == 1 { return SQLiteRow.select(rows.columns.map(\.name)) }
        let columns = rows.columns.enumerated().map { "json_extract(value, '$[\($0)]') AS \($1.name)" }
        return "SELECT \(columns.joined(separator: ", ")) FROM json_each(?)"
    }

    /// `BIGINT` becomes `INTEGER`, so that a primary key is the row's own number; tables refuse values of another type,
    /// as the other engine's do. The log lies in its order already and has no index for it.
    static func schema(_ statement: String) -> String {
        if statement.hasSuffix("(COMMIT_ORDER)") { return "SELECT 1" }
        // The row's own number stands at the end of every entry as it is.
        if statement.hasPrefix("CREATE INDEX") { return statement.replacing(", id)", with: ")", maxReplacements: 1) }
        let text = (statement.hasPrefix("CREATE TABLE") ? spelledOut(statement) : statement)
            .replacing("AUTO_SEQUENCE", with: "INTEGER PRIMARY KEY AUTOINCREMENT")
            .replacing("COMMIT_STAMP", with: "0")
            .replacing("BIGINT", with: "INTEGER")
        return text.hasPrefix("CREATE TABLE") && text.hasSuffix(")") ? text + " STRICT" : text
    }

    /// `state IN ('a', 'b', 'c')` of a CHECK as `(state = 'a' OR …)`: for a list of three and more SQLite builds a table in
    /// memory at every row that is written, which costs as much as the row.
    private static func spelledOut(_ statement: String) -> String {
        guard statement.contains(" IN") else { return statement }
        return statement.replacing(/\b(?!NOT\b)(\w+)\s+IN\s+\(('[^']*'(?:,\s*'[^']*')+)\)/) { match in
            "(" + match.2.matches(of: /'[^']*'/).map { "\(match.1) = \($0.output)" }.joined(separator: " OR ") + ")"
        }
    }
}
