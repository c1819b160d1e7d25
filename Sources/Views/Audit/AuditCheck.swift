import Kernel
import Store

/// One thing that must hold for every row of a table, and how to find the rows for which it does not.
package struct AuditCheck: Sendable {
    /// `stock.on_hand`: the thing, then what of it.
    package let name: String
    /// What must hold, in one sentence.
    package let sentence: String
    package let severity: Severity
    /// The table whose rows the findings name.
    package let table: String
    let keys: AuditKeys
    /// The rows of a range that disagree, from one state of the database.
    let disagreements: @Sendable (AuditRange, Transaction) throws -> [Disagreement]

    package enum Severity: String, Sendable {
        /// The books disagree: the audit fails.
        case broken
        /// Somebody should look; nothing contradicts.
        case attention
        /// Good to know.
        case information
    }

    /// - Parameter disagreements: reads all it compares in one transaction, and answers only what does not agree.
    init(
        _ name: String, _ sentence: String, severity: Severity = .broken, table: String, keys: AuditKeys,
        disagreements: @escaping @Sendable (AuditRange, Transaction) throws -> [Disagreement]
    ) {
        self.name = name
        self.sentence = sentence
        self.severity = severity
        self.table = table
        self.keys = keys
        self.disagreements = disagreements
    }

    /// A check that is one statement, which gives the rows that disagree.
    init(
        _ name: String, _ sentence: String, severity: Severity = .broken, table: String, keys: AuditKeys,
        sql: @escaping @Sendable (AuditRange) -> SQL,
        decode: @escaping @Sendable (inout RowReader) throws -> Disagreement
    ) {
        self.init(name, sentence, severity: severity, table: table, keys: keys) { try $1.query(sql($0), decode) }
    }

    /// The same with another number of keys a chunk.
    func chunked(_ limit: Int) -> AuditCheck {
        AuditCheck(
            name, sentence, severity: severity, table: table, keys: keys.chunked(limit), disagreements: disagreements)
    }
}

/// One row that is not as it must be, as a check finds it.
struct Disagreement: Sendable {
    /// The row's ids in their outside form, or the columns that name it.
    let key: String
    let expected: String
    let found: String

    init(_ key: String, expected: String, found: String) {
        self.key = key
        self.expected = expected
        self.found = found
    }

    init(_ key: String, expected: Int64, found: Int64) {
        self.init(key, expected: String(expected), found: String(found))
    }
}

/// The keys one chunk looks at: above `after`, up to `through`.
struct AuditRange: Sendable, Equatable {
    let after: Int64
    let through: Int64

    static let everything = Self(after: .min, through: .max)

    /// Whether a column's value is one of these keys.
    func covers(_ column: String) -> SQL {
        "(\(verbatim: column) > \(after) AND \(verbatim: column) <= \(through))"
    }
}
