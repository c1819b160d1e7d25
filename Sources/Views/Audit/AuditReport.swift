import Kernel

/// What an audit looked at and what it found.
package struct AuditReport: Sendable {
    /// What one check looked at.
    package struct Checked: Sendable {
        package let name: String
        package let sentence: String
        /// How many keys it went through: rows of its table, or values of the column it walks by.
        package var rows: Int
    }

    /// In the order in which they were made.
    package internal(set) var checks: [Checked] = []
    package internal(set) var findings: [Finding] = []

    /// What fails the audit.
    package var broken: [Finding] { findings.filter { $0.severity == .broken } }
    package var isClean: Bool { broken.isEmpty }

    package var json: JSON {
        [
            "clean": .bool(isClean),
            "checks": .array(
                checks.map { ["name": .string($0.name), "sentence": .string($0.sentence), "rows": .int(Int64($0.rows))] }),
            "findings": .array(findings.map(\.json)),
        ]
    }
}
