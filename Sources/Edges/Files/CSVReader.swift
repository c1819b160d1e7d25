import CZlib
import Kernel

/// Why a file cannot be read on; names the place.
package struct CSVError: Error, Sendable, CustomStringConvertible, Equatable {
    package let file: String
    /// From 1, the header included; 0 where the file itself is at fault.
    package let row: Int
    package let reason: String
    package init(file: String, row: Int, reason: String) {
        self.file = file
        self.row = row
        self.reason = reason
    }

    package var description: String { row == 0 ? "\(file): \(reason)" : "\(file), row \(row): \(reason)" }
}

/// Reads comma-separated values (RFC 4180) row by row in constant memory, plain or gzipped.
///
/// The first row is the header. A byte order mark is skipped; a row ends with LF or CRLF; an empty line is skipped.
package final class CSVReader {
    package let file: String
    package private(set) var header: [String] = []
    /// The number of the row last read, from 1 for the header.
    package private(set) var row = 0
    private let handle: gzFile
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var filled = 0
    private var at = 0
    private static let fieldLimit = 1 << 20

    /// - Parameter columns: have to be in the header, in any order; more may be there.
    package init(path: String, columns: [String] = []) throws {
        file = path.split(separator: "/").last.map(String.init) ?? path
        guard let handle = gzopen(path, "rb") else { throw CSVError(file: file, row: 0, reason: "cannot be opened") }
        self.handle = handle
        guard let first = try nextFields() else { throw CSVError(file: file, row: 0, reason: "is empty") }
        header = first
        for column in columns where !header.contains(column) {
            throw CSVError(file: file, row: 1, reason: "the column '\(column)' is missing")
        }
    }

    deinit { gzclose(handle) }

    /// The next row's fields by column, nil at the end. Throws where a row has another number of fields than the header.
    package func next() throws -> CSVRow? {
        guard let fields = try nextFields() else { return nil }
        guard fields.count == header.count else {
            throw CSVError(file: file, row: row, reason: "\(fields.count) fields where the header has \(header.count)")
        }
        return CSVRow(file: file, number: row, header: header, fields: fields)
    }

    private func nextByte() throws -> UInt8? {
        if at == filled {
            let count = gzread(handle, &buffer, UInt32(buffer.count))
            guard count >= 0 else { throw CSVError(file: file, row: row, reason: "is not whole or not gzip") }
            filled = Int(count)
            at = 0
            if filled == 0 { return nil }
        }
        defer { at += 1 }
        return buffer[at]
    }

    private func nextFields() throws -> [String]? {
        var fields: [String] = [], field: [UInt8] = [], isQuoted = false, wasQuoted = false, any = false
        func finish() throws {
            guard field.count <= Self.fieldLimit else { throw CSVError(file: file, row: row + 1, reason: "a field exceeds 1 MiB") }
            guard let text = String(validating: field, as: UTF8.self) else {
                throw CSVError(file: file, row: row + 1, reason: "a field is not UTF-8")
            }
            fields.append(text)
            field.removeAll(keepingCapacity: true)
            wasQuoted = false
        }
        while let byte = try nextByte() {
            if isQuoted {
                if byte != UInt8(ascii: "\"") { field.append(byte); continue }
                isQuoted = false
                wasQuoted = true
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if wasQuoted { field.append(byte) }
                else if !field.isEmpty { throw CSVError(file: file, row: row + 1, reason: "a quote inside a field") }
                isQuoted = true
                any = true
            case UInt8(ascii: ","):
                try finish()
                any = true
            case 0x0A:
                if !any, field.isEmpty || field == [0x0D] { field.removeAll(); continue }
                if field.last == 0x0D { field.removeLast() }
                try finish()
                row += 1
                return fields
            case 0xEF where row == 0 && fields.isEmpty && field.isEmpty && !any:
                _ = try nextByte()
                _ = try nextByte()
            default:
                if wasQuoted, byte != 0x0D { throw CSVError(file: file, row: row + 1, reason: "text after a closing quote") }
                if !(wasQuoted && byte == 0x0D) { field.append(byte) }
                any = true
            }
        }
        if isQuoted { throw CSVError(file: file, row: row + 1, reason: "a quote has no end") }
        guard any || !field.isEmpty else { return nil }
        try finish()
        row += 1
        return fields
    }
}

/// One row, its fields by the names of the header.
package struct CSVRow: Sendable {
    package let file: String
    package let number: Int
    package let header: [String]
    package let fields: [String]

    /// The field of a column; empty where the file has no such column.
    package subscript(_ column: String) -> String {
        header.firstIndex(of: column).map { fields[$0] } ?? ""
    }
}
