import Store

/// A table of the network as the migrations made it.
struct StoredTable: Sendable, Equatable {
    struct Column: Sendable, Equatable {
        let name: String
        let kind: ValueKind
    }

    let name: String
    var columns: [Column]
    /// The columns of its primary key, in their order.
    let key: [String]

    /// Where a column stands in a row.
    func index(of column: String) throws -> Int {
        guard let index = columns.firstIndex(where: { $0.name == column }) else {
            throw StoreError.unexpected("\(name) has no column \(column)")
        }
        return index
    }

    /// A row as values, in the order of the columns.
    func values(_ row: any RowSource) throws -> [Datum] {
        try columns.indices.map { index in
            if row.isNull(index) { return .null }
            return switch columns[index].kind {
            case .int: .int(try row.int(index))
            case .text: .text(try row.text(index))
            }
        }
    }
}

extension SQL {
    /// A bound value of a column.
    static func value(_ datum: Datum, _ kind: ValueKind) -> SQL {
        var sql = SQL(verbatim: "")
        sql.parts = [.bind(datum, kind)]
        return sql
    }

    static func list(_ parts: [SQL]) -> SQL {
        guard let first = parts.first else { return "" }
        return parts.dropFirst().reduce(first) { $0 + ", " + $1 }
    }
}
