/// A statement over `rows:` in the words that are cheapest where it is run once a row.
///
/// A set of one row is no table to SQLite but a table to be built: `UPDATE … FROM (SELECT ? AS id) AS v` costs seven times
/// `UPDATE … WHERE id = ?`, and `INSERT … SELECT` twice `INSERT … VALUES`.
enum SQLiteRow {
    /// The text with every `v.column` as the parameter it stands for, under the same numbers; unchanged where the rows
    /// stand otherwise than as `FROM (…) AS v`.
    static func plain(_ text: String, _ columns: [String]) -> String {
        let source = "FROM (\(select(columns))) AS v"
        guard let place = text.range(of: source) else { return text }
        let before = String(text[..<place.lowerBound]), after = String(text[place.upperBound...])
        let rest = after.drop { $0.isWhitespace }
        guard rest.isEmpty || rest.hasPrefix("WHERE") || rest.hasPrefix("ORDER") || rest.hasPrefix(")") else { return text }
        let first = parameters(before) + 1
        let names = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, first + $0) })
        let head = numbered(before, from: 1, names), tail = numbered(after, from: first + columns.count, names)
        return values(head, tail) ?? head + tail
    }

    static func select(_ columns: [String]) -> String {
        var text = "SELECT ? AS "
        for (index, name) in columns.enumerated() {
            if index > 0 { text += ", ? AS " }
            text += name
        }
        return text
    }

    /// `INSERT … SELECT a, b` as `INSERT … VALUES (a, b)`; nil where a condition stands behind it.
    private static func values(_ head: String, _ tail: String) -> String? {
        let always = "WHERE true", rest = tail.drop { $0.isWhitespace }
        guard head.hasPrefix("INSERT"), let select = head.range(of: "SELECT "), rest.isEmpty || rest.hasPrefix(always),
            !rest.dropFirst(always.count).drop(while: \.isWhitespace).hasPrefix("ORDER")
        else { return nil }
        return head[..<select.lowerBound] + "VALUES (" + head[select.upperBound...] + ") " + rest.dropFirst(always.count)
    }

    private static func parameters(_ text: String) -> Int { text.matches(of: /'[^']*'|\?/).count { $0.output == "?" } }

    /// Numbers the parameters of `text`, and puts those of the row for `v.name`.
    private static func numbered(_ text: String, from first: Int, _ names: [String: Int]) -> String {
        var number = first - 1
        return text.replacing(/'[^']*'|\?|\bv\.([a-z0-9_]+)/) { match in
            if let name = match.1 { return "?\(names[String(name)] ?? 0)" }
            if match.0 != "?" { return String(match.0) }
            number += 1
            return "?\(number)"
        }
    }
}
