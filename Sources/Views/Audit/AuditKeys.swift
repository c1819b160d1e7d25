import Kernel
import Store

/// How a check walks through its rows: in the order of an indexed column, a chunk of its values at a time.
struct AuditKeys: Sendable {
    /// The columns whose values are the keys; none where the check is done in one go.
    private let columns: [(table: String, column: String)]
    /// How many keys a chunk has.
    private let limit: Int

    init(columns: [(table: String, column: String)], limit: Int) {
        self.columns = columns
        self.limit = limit
    }

    /// By a table's `id`.
    static func ids(of table: String, limit: Int = 2000) -> Self { Self(columns: [(table, "id")], limit: limit) }

    /// By the values a column has in any of these tables; an index begins with it in each.
    static func values(of column: String, in tables: [String], limit: Int) -> Self {
        Self(columns: tables.map { ($0, column) }, limit: limit)
    }

    /// For what has few rows.
    static let once = Self(columns: [], limit: 0)

    func chunked(_ limit: Int) -> Self { Self(columns: columns, limit: limit) }

    /// The lowest and the highest key there are; nil where there are none.
    func bounds(in tx: Transaction) throws -> ClosedRange<Int64>? {
        guard !columns.isEmpty else { return 0...0 }
        let ends = try columns.compactMap { table, column in
            try tx.first("SELECT MIN(\(verbatim: column)), MAX(\(verbatim: column)) FROM \(verbatim: table)") {
                try ($0.next(Int64?.self), $0.next(Int64?.self))
            }
        }
        guard let low = ends.compactMap(\.0).min(), let high = ends.compactMap(\.1).max() else { return nil }
        return low...high
    }

    /// The next chunk above `after`, with how many keys it has; nil at the end.
    func next(after: Int64, through last: Int64, in tx: Transaction) throws -> (range: AuditRange, count: Int)? {
        guard !columns.isEmpty else { return after < 0 ? (.everything, 1) : nil }
        let sources = columns.map { table, column -> SQL in
            """
            SELECT k FROM (SELECT DISTINCT \(verbatim: column) AS k FROM \(verbatim: table)
                WHERE \(verbatim: column) > \(after) AND \(verbatim: column) <= \(last)
                ORDER BY \(verbatim: column) LIMIT \(limit)) AS \(verbatim: table)_keys
            """
        }
        let all = sources.dropFirst().reduce(sources[0]) { $0 + " UNION " + $1 }
        let chunk = try tx.first(
            "SELECT MAX(k), COUNT(*) FROM (SELECT k FROM (\(all)) AS merged ORDER BY k LIMIT \(limit)) AS chunk"
        ) { try ($0.next(Int64?.self), $0.next(Int.self)) }
        guard let chunk, let through = chunk.0 else { return nil }
        return (AuditRange(after: after, through: through), chunk.1)
    }
}
