import Edges
import Kernel
import Store

/// The first pass over the files: everything is checked, nothing is written.
final class CheckPass {
    let scratch: Scratch
    let store: Store
    private(set) var problems = ImportProblems()
    var tallies = ImportTallies()
    /// How many rows will be staged.
    var expected: Int64 = 0
    private var reading: FileReading
    private var merchants: [String: KnownMerchant] = [:]
    private static let merchantsKept = 20_000

    init(_ scratch: Scratch, _ store: Store, _ reading: FileReading) {
        self.scratch = scratch
        self.store = store
        self.reading = reading
    }

    /// Hands the rows of a file in pieces to `check`, which answers what is wrong with them.
    func read(_ form: FileForm, _ path: String, _ check: ([CSVRow]) throws -> [ImportProblem]) throws {
        guard !problems.isFull else { return }
        do {
            try reading.read(form, path) { rows in
                problems.add(try check(rows))
                return !problems.isFull
            }
        } catch let error as CSVError {
            problems.add([ImportProblem(file: error.file, row: error.row, column: "", value: "", rule: error.reason)])
        }
    }

    func add(_ found: [ImportProblem]) { problems.add(found) }

    /// Keeps the keys of rows; answers a problem for each that was there before.
    ///
    /// - Parameter marks: with the row that each stands for, and the column to name.
    func unique(_ marks: [(mark: Scratch.Mark, row: CSVRow)], in space: String, column: String) throws -> [ImportProblem] {
        let rows = Dictionary(marks.map { ($0.mark.row, $0.row) }, uniquingKeysWith: { first, _ in first })
        return try scratch.add(marks.map(\.mark), to: space).compactMap { mark, first in
            rows[mark.row].map { $0.problem(column, "stands in row \(first.row) already") }
        }
    }

    /// The merchants of these codes that are in the files or the database; the others are absent.
    func merchants(_ codes: Set<String>) throws -> [String: KnownMerchant] {
        let missing = codes.filter { merchants[$0] == nil }.sorted()
        if !missing.isEmpty {
            if merchants.count > Self.merchantsKept { merchants.removeAll() }
            for (code, known) in try KnownMerchant.find(codes.sorted(), self) { merchants[code] = known }
        }
        return merchants.filter { codes.contains($0.key) }
    }

    /// What is wrong with a row whose merchant nobody knows; nil where it is known or not named at all.
    func merchantProblem(_ row: CSVRow, _ known: [String: KnownMerchant]) -> ImportProblem? {
        let code = row["merchant"]
        return code.isEmpty || known[code] != nil ? nil : row.problem("merchant", "names no merchant")
    }
}

extension CSVRow {
    func problem(_ column: String, _ rule: String) -> ImportProblem {
        ImportProblem(file: file, row: number, column: column, value: self[column], rule: rule)
    }

    /// The fields of these columns as one key; nil where one is empty.
    func key(_ columns: String...) -> String? {
        let parts = columns.map { self[$0] }
        return parts.contains("") ? nil : RowKey.join(parts)
    }
}

/// Several texts as one key of the scratch database.
enum RowKey {
    private static let separator = "\u{1F}"

    static func join(_ parts: [String]) -> String { parts.joined(separator: separator) }
    static func join(_ parts: String...) -> String { join(parts) }
    static func split(_ key: String) -> [String] {
        key.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    }
}
