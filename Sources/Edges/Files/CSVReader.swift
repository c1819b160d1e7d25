import Foundation
import Kernel

/// Reads comma-separated values (RFC 4180) row by row in constant memory, plain or gzipped.
///
/// The first row is the header. A byte order mark is skipped; a row ends with LF or CRLF; an empty line is skipped.
package final class CSVReader {
    package let file: String
    package private(set) var header = CSVHeader([])
    /// The number of the row last read as a spreadsheet counts them: from 1 for the header, empty lines included.
    package private(set) var row = 0
    private let source: GzipFile
    private var filled = 0
    private var at = 0
    private static let fieldLimit = 1 << 20

    /// Where the reading of a field stands.
    private enum Mode {
        case start
        case plain
        case quoted
        /// After the quote that may end it.
        case closed
        /// After a carriage return behind that quote.
        case ending
    }

    /// - Parameter columns: have to be in the header, in any order; more may be there.
    package init(path: String, columns: [String] = []) throws(CSVError) {
        file = path.split(separator: "/").last.map(String.init) ?? path
        source = try GzipFile(path: path, name: file)
        try skipByteOrderMark()
        guard let first = try nextFields() else { throw CSVError(file: file, row: 0, reason: "is empty") }
        header = CSVHeader(first)
        for (index, column) in first.enumerated() where header.position[column] != index {
            throw CSVError(file: file, row: row, reason: "the column '\(column)' stands there twice")
        }
        for column in columns where !header.has(column) {
            throw CSVError(file: file, row: row, reason: "the column '\(column)' is missing")
        }
    }

    /// How many bytes of the file as it lies on the disk have been read.
    package var position: Int64 { source.position }

    /// The next row's fields by column, nil at the end. Throws where a row has another number of fields than the header.
    package func next() throws(CSVError) -> CSVRow? {
        guard let fields = try nextFields() else { return nil }
        guard fields.count == header.columns.count else {
            throw CSVError(
                file: file, row: row, reason: "\(fields.count) fields where the header has \(header.columns.count)")
        }
        return CSVRow(file: file, number: row, header: header, fields: fields)
    }

    private func skipByteOrderMark() throws(CSVError) {
        filled = try source.fill()
        if filled >= 3, source.bytes[0..<3] == [0xEF, 0xBB, 0xBF] { at = 3 }
    }

    /// The fields of the next row that is no empty line.
    private func nextFields() throws(CSVError) -> [String]? {
        var fields: [String] = [], field: [UInt8] = [], mode = Mode.start, isLast = false
        fields.reserveCapacity(header.columns.count)
        row += 1
        while true {
            if at == filled {
                filled = try source.fill()
                at = 0
                if filled == 0 { return try lastFields(fields, field, mode) }
            }
            guard try advance(&field, &mode, &isLast) else { continue }
            if isLast, fields.isEmpty, mode == .start, field.isEmpty || field == [0x0D] {
                (field, isLast) = ([], false)
                row += 1
                continue
            }
            fields.append(try text(&field, endsRow: isLast && (mode == .start || mode == .plain)))
            if isLast { return fields }
            mode = .start
        }
    }

    /// What stands behind the last line end.
    private func lastFields(_ fields: [String], _ field: [UInt8], _ mode: Mode) throws(CSVError) -> [String]? {
        if mode == .quoted { throw fault("a quote has no end") }
        if fields.isEmpty, field.isEmpty, mode == .start { return nil }
        var field = field
        return fields + [try text(&field, endsRow: mode == .start || mode == .plain)]
    }

    /// Takes bytes up to the next one that means something; true where it ended a field.
    private func advance(_ field: inout [UInt8], _ mode: inout Mode, _ isLast: inout Bool) throws(CSVError) -> Bool {
        let start = at
        at = nextMark(quoted: mode == .quoted)
        if at > start { try take(start..<at, into: &field, &mode) }
        guard at < filled else { return false }
        let byte = source.bytes[at]
        at += 1
        if byte == UInt8(ascii: "\"") {
            try quote(&field, &mode)
            return false
        }
        guard mode != .ending || byte == 0x0A else { throw fault("text after a closing quote") }
        isLast = byte == 0x0A
        return true
    }

    /// Where the next byte stands that may end a field; `filled` where there is none.
    private func nextMark(quoted: Bool) -> Int {
        source.bytes.withUnsafeBufferPointer { bytes in
            var index = at
            let end = filled
            if quoted {
                while index < end, bytes[index] != UInt8(ascii: "\"") { index += 1 }
            } else {
                while index < end, bytes[index] != UInt8(ascii: ","), bytes[index] != 0x0A, bytes[index] != UInt8(ascii: "\"") {
                    index += 1
                }
            }
            return index
        }
    }

    private func take(_ range: Range<Int>, into field: inout [UInt8], _ mode: inout Mode) throws(CSVError) {
        switch mode {
        case .start, .plain, .quoted:
            if mode == .start, !(range.count == 1 && source.bytes[range.lowerBound] == 0x0D) { mode = .plain }
            field += source.bytes[range]
            guard field.count <= Self.fieldLimit else { throw fault("a field exceeds 1 MiB") }
        case .closed where range.count == 1 && source.bytes[range.lowerBound] == 0x0D: mode = .ending
        case .closed, .ending: throw fault("text after a closing quote")
        }
    }

    private func quote(_ field: inout [UInt8], _ mode: inout Mode) throws(CSVError) {
        switch mode {
        case .start where field.isEmpty: mode = .quoted
        case .quoted: mode = .closed
        case .closed:
            field.append(UInt8(ascii: "\""))
            mode = .quoted
        case .start, .plain: throw fault("a quote inside a field")
        case .ending: throw fault("text after a closing quote")
        }
    }

    private func text(_ field: inout [UInt8], endsRow: Bool) throws(CSVError) -> String {
        if endsRow, field.last == 0x0D { field.removeLast() }
        guard let text = String(validating: field, as: UTF8.self) else { throw fault("a field is not UTF-8") }
        field.removeAll(keepingCapacity: true)
        return text
    }

    private func fault(_ reason: String) -> CSVError { CSVError(file: file, row: row, reason: reason) }
}
