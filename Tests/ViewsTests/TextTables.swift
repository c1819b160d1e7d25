import Kernel
import Store

/// Rows of a test written as text: a line `table: column column …`, lines `all column=value …` for what every row of the
/// table has, then a line of values for each row. `-` is null.
struct TextTables {
    private struct Table {
        let name: String
        let columns: [String]
        var common: [(column: String, value: Datum)] = []
        var rows: [[Datum]] = []
    }

    private var tables: [Table] = []

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            if first.hasSuffix(":") {
                tables.append(Table(name: String(first.dropLast()), columns: Array(words.dropFirst())))
            } else if first == "all" {
                tables[tables.count - 1].common += words.dropFirst().map(Self.pair)
            } else {
                tables[tables.count - 1].rows.append(words.map(Self.value))
            }
        }
    }

    private static func pair(_ word: String) -> (column: String, value: Datum) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], value(parts[1]))
    }

    private static func value(_ word: String) -> Datum {
        if word == "-" { return .null }
        return Int64(word).map(Datum.int) ?? .text(word)
    }

    func insert(in tx: Transaction) throws {
        for table in tables {
            let columns = (table.columns + table.common.map(\.column)).joined(separator: ", ")
            for row in table.rows {
                precondition(row.count == table.columns.count, "\(table.name): \(row) has not \(table.columns.count) values")
                var sql: SQL = "INSERT INTO \(verbatim: table.name) (\(verbatim: columns)) VALUES ("
                for (index, value) in (row + table.common.map(\.value)).enumerated() {
                    if index > 0 { sql = sql + ", " }
                    sql.parts.append(.bind(value, value.kind))
                }
                try tx.run(sql + ")")
            }
        }
    }
}

extension Datum {
    fileprivate var kind: ValueKind { if case .text = self { .text } else { .int } }
}
