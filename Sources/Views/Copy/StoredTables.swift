import Store

/// The tables there are after a list of migrations, read from their statements.
enum StoredTables {
    /// In the order in which they were made. Throws `StoreError.unexpected` for a statement that changes a table in a way
    /// this does not know.
    static func after(_ migrations: [Migration]) throws -> [StoredTable] {
        var tables: [StoredTable] = []
        for step in migrations.sorted(by: { $0.number < $1.number }) {
            for statement in step.statements { try apply(statement, to: &tables) }
        }
        return tables
    }

    private static func apply(_ statement: String, to tables: inout [StoredTable]) throws {
        let words = statement.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.prefix(2).map({ $0.uppercased() }) {
        case ["CREATE", "TABLE"]: tables.append(try created(statement))
        case ["DROP", "TABLE"]: tables.removeAll { $0.name == words[2] }
        case ["ALTER", "TABLE"]: try alter(words, in: &tables)
        case ["CREATE", "INDEX"], ["CREATE", "UNIQUE"], ["DROP", "INDEX"]: break
        case let verb where ["UPDATE", "INSERT", "DELETE"].contains(verb.first): break
        default: throw StoreError.unexpected("It is not known what this does to a table: \(statement.prefix(100))")
        }
    }

    private static func alter(_ words: [String], in tables: inout [StoredTable]) throws {
        guard words.count > 5, let index = tables.firstIndex(where: { $0.name == words[2] }), words[4].uppercased() == "COLUMN"
        else { throw StoreError.unexpected("It is not known what this does to a table: \(words.joined(separator: " "))") }
        switch words[3].uppercased() {
        case "ADD": tables[index].columns.append(try column(Array(words[5...])))
        case "DROP": tables[index].columns.removeAll { $0.name == words[5] }
        default: throw StoreError.unexpected("It is not known what this does to a table: \(words.joined(separator: " "))")
        }
    }

    private static func created(_ statement: String) throws -> StoredTable {
        guard let open = statement.firstIndex(of: "("),
            let name = statement[..<open].split(whereSeparator: \.isWhitespace).last
        else { throw StoreError.unexpected("A table without columns: \(statement.prefix(100))") }
        var columns: [StoredTable.Column] = [], key: [String] = []
        for definition in definitions(statement[statement.index(after: open)...]) {
            let words = definition.split(whereSeparator: \.isWhitespace).map(String.init)
            let first = words.first?.uppercased() ?? ""
            if first == "PRIMARY" { key = names(in: definition) }
            if ["PRIMARY", "UNIQUE", "CHECK", "CHECK("].contains(first) || first.hasPrefix("CHECK(") { continue }
            let column = try column(words)
            if definition.contains("PRIMARY KEY") || definition.contains("AUTO_SEQUENCE") { key = [column.name] }
            columns.append(column)
        }
        guard !key.isEmpty else { throw StoreError.unexpected("\(name) has no primary key to be copied by") }
        return StoredTable(name: String(name), columns: columns, key: key)
    }

    private static func column(_ words: [String]) throws -> StoredTable.Column {
        let type = words.count > 1 ? words[1].uppercased() : ""
        switch type {
        case "BIGINT", "AUTO_SEQUENCE": return StoredTable.Column(name: words[0], kind: .int)
        case "TEXT": return StoredTable.Column(name: words[0], kind: .text)
        default: throw StoreError.unexpected("Column \(words.first ?? "") has the type '\(type)', which is not known.")
        }
    }

    /// The parts between the outer parentheses, split at the commas that stand in no inner ones.
    private static func definitions(_ text: Substring) -> [String] {
        var parts = [""], depth = 1
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { break }
            if character == ",", depth == 1 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }

    /// `PRIMARY KEY (a, b)` → a, b.
    private static func names(in definition: String) -> [String] {
        let inner = definition.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        return inner.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
}
