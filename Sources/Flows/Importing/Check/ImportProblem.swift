/// Why a file is not taken: the place, what stands there, and the rule it breaks.
package struct ImportProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package let file: String
    /// As a spreadsheet counts them, from 1 for the header; 0 where the file itself is at fault.
    package let row: Int
    /// Empty where no column is at fault.
    package let column: String
    package let value: String
    /// One sentence.
    package let rule: String

    package init(file: String, row: Int, column: String, value: String, rule: String) {
        self.file = file
        self.row = row
        self.column = column
        self.value = value.count > 80 ? value.prefix(80) + "…" : value
        self.rule = rule
    }

    package var description: String {
        var place = file
        if row > 0 { place += ", row \(row)" }
        if !column.isEmpty { place += ", \(column) '\(value)'" }
        return "\(place): \(rule)"
    }
}

/// What the check of the files has found, up to a limit.
struct ImportProblems: Sendable {
    static let limit = 50
    private(set) var found: [ImportProblem] = []

    var isFull: Bool { found.count >= Self.limit }

    /// Adds those of one piece of a file, in the order of their rows.
    mutating func add(_ problems: [ImportProblem]) {
        let sorted = problems.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
        found += sorted.prefix(Self.limit - found.count).map(\.element)
    }
}
