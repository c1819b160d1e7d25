import Store

/// Reads a table in the order of some columns that name each row once, a few thousand rows at a time.
struct TableReader {
    private let table: StoredTable
    private let order: [Int]
    private let limit: Int
    private var last: [Datum]?

    /// - Parameter order: column names; the primary key where it is nil.
    init(_ table: StoredTable, order: [String]? = nil, limit: Int = 4000) throws {
        self.table = table
        self.order = try (order ?? table.key).map(table.index)
        self.limit = limit
    }

    /// The next rows; empty at the end.
    mutating func next(on connection: any Connection) throws -> [[Datum]] {
        let names = SQL(verbatim: table.columns.map(\.name).joined(separator: ", "))
        let ordered = SQL(verbatim: order.map { table.columns[$0].name }.joined(separator: ", "))
        var select: SQL = "SELECT \(names) FROM \(verbatim: table.name)"
        if let last {
            let values = order.map { SQL.value(last[$0], table.columns[$0].kind) }
            select = select + " WHERE (\(ordered)) > (\(SQL.list(values)))"
        }
        var rows: [[Datum]] = []
        try connection.query(select + " ORDER BY \(ordered) LIMIT \(limit)") { rows.append(try table.values($0.source)) }
        last = rows.last ?? last
        return rows
    }
}
