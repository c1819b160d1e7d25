import Edges
import Kernel

/// Reads the fields of one row into values, and notes what is wrong with them.
///
/// A field that is wrong reads as nil or empty; the row is good where `problems` stays empty.
struct Fields {
    let row: CSVRow
    private(set) var problems: [ImportProblem] = []

    init(_ row: CSVRow) { self.row = row }

    mutating func fail(_ column: String, _ rule: String) {
        problems.append(ImportProblem(file: row.file, row: row.number, column: column, value: row[column], rule: rule))
    }

    /// Text of at most `limit` characters; empty where nothing stands there.
    mutating func text(_ column: String, upTo limit: Int) -> String {
        let text = row[column]
        if text.utf8.count > limit, text.count > limit { fail(column, "has at most \(limit) characters") }
        if text.utf8.contains(0) { fail(column, "must not hold the character U+0000") }
        return text
    }

    mutating func required(_ column: String, upTo limit: Int) -> String {
        let text = text(column, upTo: limit)
        if text.isEmpty { fail(column, "is required") }
        return text
    }

    /// A value with a text form; nil where nothing stands there.
    /// - Parameter form: what it looks like: "a day of the form 2026-11-21".
    mutating func value<T>(_ column: String, _ form: String, _ read: (String) -> T?) -> T? {
        let text = row[column]
        guard !text.isEmpty else { return nil }
        guard let value = read(text) else {
            fail(column, "must be \(form)")
            return nil
        }
        return value
    }

    mutating func requiredValue<T>(_ column: String, _ form: String, _ read: (String) -> T?) -> T? {
        if row[column].isEmpty { fail(column, "is required") }
        return value(column, form, read)
    }

    mutating func written<T: WrittenAsText>(_ column: String) -> T? { value(column, T.form) { T($0) } }

    /// A whole number; nil where nothing stands there.
    mutating func whole(_ column: String, _ range: ClosedRange<Int64>) -> Int64? {
        value(column, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int64(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number with at most `digits` decimals, in units of the last of them; nil where nothing stands there.
    mutating func decimal(_ column: String, _ digits: Int, _ range: ClosedRange<Int64>) -> Int64? {
        value(column, "a number with at most \(digits) decimals, within its range") { text in
            Decimals.read(text, digits).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// One of the words of an enum; nil where nothing stands there.
    mutating func word<T: RawRepresentable & CaseIterable>(_ column: String, _: T.Type = T.self) -> T?
    where T.RawValue == String {
        value(column, "one of " + T.allCases.map(\.rawValue).joined(separator: ", ")) { T(rawValue: $0) }
    }

    /// `1`, `true`, `yes`, or `0`, `false`, `no`; false where nothing stands there.
    mutating func flag(_ column: String) -> Bool {
        value(column, "one of 1, 0, true, false, yes, no") { text in
            switch text {
            case "1", "true", "yes": true
            case "0", "false", "no": false
            default: nil
            }
        } ?? false
    }
}

/// Numbers with decimals, read exactly.
enum Decimals {
    /// `-46.6361` with 4 digits is -466361. Nil where it is no such number or has more decimals that are not zero.
    static func read(_ text: String, _ digits: Int) -> Int64? {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
        let decimals = parts.count == 2 ? parts[1] : []
        var value: Int64 = 0
        for byte in Array(whole) + padded(decimals, digits) {
            guard (48...57).contains(byte) else { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(Int64(byte - 48))
            guard !tooLarge, !overflow else { return nil }
            value = sum
        }
        guard decimals.dropFirst(digits).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        return isNegative ? -value : value
    }

    private static func padded(_ decimals: ArraySlice<UInt8>, _ digits: Int) -> [UInt8] {
        let known = Array(decimals.prefix(digits))
        return known + [UInt8](repeating: UInt8(ascii: "0"), count: digits - known.count)
    }
}
