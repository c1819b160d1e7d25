import Kernel
import Store

/// What a table holds: how many rows, and a hash over them in the order of their key.
package struct TableContent: Sendable, Equatable {
    package let table: String
    package private(set) var rows = 0
    private var content = ContentHash()

    init(_ table: String) { self.table = table }

    package var hash: String { content.text }

    mutating func add(_ more: [[Datum]]) {
        rows += more.count
        for row in more { content.add(row) }
    }
}

/// What was copied; both ends hold exactly this.
package struct CopyReport: Sendable, Equatable {
    package let tables: [TableContent]
    /// Events were written to the source after the copy began; they are not in the target.
    package let sourceWentOn: Bool

    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }

    package var json: JSON {
        [
            "rows": .int(Int64(rows)), "source_went_on": .bool(sourceWentOn),
            "tables": .array(
                tables.map { ["table": .string($0.table), "rows": .int(Int64($0.rows)), "hash": .string($0.hash)] }),
        ]
    }
}

/// How far a copy has come.
package struct CopyProgress: Sendable {
    package enum Phase: String, Sendable {
        case copying
        case comparing
    }

    package let phase: Phase
    package let table: String
    /// Rows done in this phase, over all tables.
    package let rows: Int
    /// Rows there are.
    package let total: Int
}
