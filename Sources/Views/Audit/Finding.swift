import Kernel

/// A row that is not as it must be.
package struct Finding: Sendable, Equatable {
    package let check: String
    package let severity: AuditCheck.Severity
    package let table: String
    /// The row's ids in their outside form, or the columns that name it.
    package let key: String
    package let expected: String
    package let found: String
    /// What must hold, which row does not, and how.
    package let sentence: String

    init(_ row: Disagreement, of check: AuditCheck) {
        self.check = check.name
        severity = check.severity
        table = check.table
        key = row.key
        expected = row.expected
        found = row.found
        sentence = "\(check.sentence) \(check.table) \(row.key): found \(row.found), expected \(row.expected)."
    }

    package var json: JSON {
        [
            "check": .string(check), "severity": .string(severity.rawValue), "table": .string(table), "key": .string(key),
            "expected": .string(expected), "found": .string(found), "sentence": .string(sentence),
        ]
    }
}
