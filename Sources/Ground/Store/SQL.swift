import Kernel

/// One statement, written once for both engines. Interpolated values are bound, never pasted.
///
///     let sql: SQL = "UPDATE supply SET reserved = reserved + \(quantity) WHERE id = \(id)"
///
/// - `\(value)`: bound.
/// - `IN \(list: ids)`: any number of values, one statement text.
/// - `\(rows: rows)`: a SELECT of many rows, for `INSERT INTO t (…) \(rows: r)` and `FROM (\(rows: r)) AS v`.
/// - `\(.forUpdate)`, `\(.skipLocked)`: row locks on PostgreSQL, nothing on SQLite with its one writer.
/// - `\(.lockedByID)`: row locks taken in the order of ids, for rows whose own order does not matter.
/// - `\(after: position)`: the rows of the event log beyond a position.
/// - `\(.beyondCursor)`: the event `e` stands behind the cursor `c`.
/// - `\(.newestFirst)`: the order of the log backwards, after `ORDER BY`.
/// - `\(.belowHorizon)`: the rows of the event log that no open transaction can still precede.
@usableFromInline package struct SQL: ExpressibleByStringInterpolation, Sendable {
    @usableFromInline package enum Word: Sendable {
        case forUpdate
        case skipLocked
        case lockedByID
        case belowHorizon
        case beyondCursor
        case newestFirst
    }

    @usableFromInline package enum Part: Sendable {
        case text(String)
        case bind(Datum, ValueKind)
        case list([Datum], ValueKind)
        case rows(Rows)
        case word(Word)
        case after(LogPosition)
    }

    @usableFromInline package var parts: [Part]

    @usableFromInline package init(stringLiteral value: String) { parts = [.text(value)] }
    @usableFromInline package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    package init(_ parts: [Part]) { self.parts = parts }

    /// Text that stands in the program itself, such as the name of a table in a list of tables.
    package init(verbatim text: String) { parts = [.text(text)] }

    /// The blocks of a table's rows, for `block IN`: an index that begins with the block is looked into once for each.
    package static func blocks(of table: String) -> SQL {
        """
        (WITH RECURSIVE b(n) AS (SELECT MIN(block) FROM \(verbatim: table)
            UNION ALL SELECT (SELECT MIN(t.block) FROM \(verbatim: table) t WHERE t.block > b.n) FROM b WHERE b.n IS NOT NULL)
        SELECT n FROM b WHERE n IS NOT NULL)
        """
    }

    package static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum.parts += b.parts
        return sum
    }

    @usableFromInline package struct StringInterpolation: StringInterpolationProtocol {
        @usableFromInline var parts: [Part] = []

        @usableFromInline package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        @usableFromInline package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        @inlinable package mutating func appendInterpolation<T: SQLValue>(_ value: T) {
            parts.append(.bind(value.sqlValue, T.sqlKind))
        }

        @inlinable package mutating func appendInterpolation<T: SQLValue>(_ value: T?) {
            parts.append(.bind(value.sqlValue, T.sqlKind))
        }

        @inlinable package mutating func appendInterpolation<T: SQLValue>(list values: some Sequence<T>) {
            // Not a key path: one of a protocol's property is made anew at every call.
            parts.append(.list(values.map { $0.sqlValue }, T.sqlKind))
        }

        package mutating func appendInterpolation(rows: Rows) { parts.append(.rows(rows)) }
        package mutating func appendInterpolation(after position: LogPosition) { parts.append(.after(position)) }
        package mutating func appendInterpolation(_ word: Word) { parts.append(.word(word)) }
        package mutating func appendInterpolation(_ sql: SQL) { parts += sql.parts }
        package mutating func appendInterpolation(verbatim text: String) { parts.append(.text(text)) }
    }

    /// The rows bound by this statement; a statement has at most one such set.
    package var rows: Rows? {
        for case .rows(let rows) in parts { return rows }
        return nil
    }
}

/// Rows to be written or joined in one statement.
///
/// A set that an UPDATE joins holds each key once: with two rows of one key PostgreSQL would apply only one.
@usableFromInline package struct Rows: Sendable {
    @usableFromInline package let columns: [(name: String, kind: ValueKind)]
    /// One row behind the other.
    @usableFromInline var values: [Datum] = []

    package init(_ columns: KeyValuePairs<String, ValueKind>) {
        self.columns = columns.map { ($0.key, $0.value) }
    }

    /// The same columns; as many rows as tell one from several.
    package var bare: Rows {
        var bare = self
        bare.values = isOne ? Array(repeating: .null, count: columns.count) : []
        return bare
    }

    /// Adds one row; its values stand in the order of the columns.
    @inlinable package mutating func add<each Value: SQLValue>(_ row: repeat each Value) {
        let before = values.count
        repeat values.append((each row).sqlValue)
        let added = values.count - before
        precondition(added == columns.count, "a row of \(added) values for \(columns.count) columns")
    }

    package mutating func append(_ row: [Datum]) {
        precondition(row.count == columns.count, "a row of \(row.count) values for \(columns.count) columns")
        values += row
    }

    package subscript(row: Int) -> ArraySlice<Datum> { values[row * columns.count..<(row + 1) * columns.count] }

    /// The values of one column, from row to row.
    package func column(_ index: Int) -> some Sequence<Datum> {
        stride(from: index, to: values.count, by: columns.count).lazy.map { values[$0] }
    }

    package var isEmpty: Bool { values.isEmpty }
    package var isOne: Bool { values.count == columns.count }
    package var count: Int { columns.isEmpty ? 0 : values.count / columns.count }
}
