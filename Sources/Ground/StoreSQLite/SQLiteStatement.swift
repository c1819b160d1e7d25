import CSQLite
import Foundation
import Kernel
import Store

/// A prepared statement; the current row is read through it.
final class SQLiteStatement: RowSource {
    private let connection: OpaquePointer
    private let statement: OpaquePointer
    private let text: String
    private let parameters: Int32
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ text: String, on connection: OpaquePointer) throws {
        self.connection = connection
        self.text = text
        var made: OpaquePointer?
        guard sqlite3_prepare_v3(connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK, let made
        else { throw Self.error(connection, text) }
        statement = made
        parameters = sqlite3_bind_parameter_count(made)
    }

    deinit { sqlite3_finalize(statement) }

    /// Binds all values of a statement but those of rows that it is run with one by one; answers before which parameter
    /// these stand.
    func bind(_ sql: SQL, loopsRows: Bool) throws -> Int32 {
        var next: Int32 = 1, rowOffset: Int32 = 0
        for part in sql.parts {
            switch part {
            case .text, .word: break
            case .bind(let value, _): try bind(value, at: &next)
            case .after(let position): try bind(.int(position.seq), at: &next)
            case .list(let values, _):
                let width = SQLiteShape.width(of: values)
                if width == 0 { try bind(.text(Self.json(values)), at: &next) }
                for index in 0..<width { try bind(values[min(index, values.count - 1)], at: &next) }
            case .rows(let rows) where loopsRows:
                rowOffset = next - 1
                next += Int32(rows.columns.count)
            case .rows(let rows) where rows.isOne:
                for value in rows[0] { try bind(value, at: &next) }
            case .rows(let rows): try bind(.text(Self.json(rows)), at: &next)
            }
        }
        return rowOffset
    }

    /// Binds the columns of one row; what is bound beside them stays.
    func bind(row: ArraySlice<Datum>, at offset: Int32) throws {
        var next = offset + 1
        for value in row { try bind(value, at: &next) }
    }

    private func bind(_ value: Datum, at index: inout Int32) throws {
        defer { index += 1 }
        // A column of a row that the statement does not name has no parameter.
        guard index <= parameters else { return }
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .int(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let string): try bind(string, at: index)
            }
        guard code == SQLITE_OK else { throw Self.error(connection, text) }
    }

    private func bind(_ string: String, at index: Int32) throws -> Int32 {
        var string = string
        return try string.withUTF8 { bytes in
            // An empty buffer may have no address, which would bind NULL.
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_text(statement, index, "", 0, Self.transient)
            }
            guard memchr(start, 0, bytes.count) == nil else { throw NulInText() }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(statement, index, $0, Int32(bytes.count), Self.transient)
            }
        }
    }

    private static func json(_ rows: Rows) throws -> String {
        var array: [UInt8] = [UInt8(ascii: "[")]
        for row in 0..<rows.count {
            if row > 0 { array.append(UInt8(ascii: ",")) }
            try write(rows[row], to: &array)
        }
        array.append(UInt8(ascii: "]"))
        return String(decoding: array, as: UTF8.self)
    }

    private static func json(_ values: [Datum]) throws -> String {
        var array: [UInt8] = []
        try write(values, to: &array)
        return String(decoding: array, as: UTF8.self)
    }

    private static func write(_ values: some Sequence<Datum>, to out: inout [UInt8]) throws {
        out.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch value {
            case .null: out += "null".utf8
            case .int(let number): out += String(number).utf8
            case .text(let string):
                guard !string.utf8.contains(0) else { throw NulInText() }
                JSON.write(string, to: &out)
            }
        }
        out.append(UInt8(ascii: "]"))
    }

    /// True while there is a row.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw Self.error(connection, text)
        }
    }

    func reset() { sqlite3_reset(statement) }

    /// Whether its rows are being read.
    var isBusy: Bool { sqlite3_stmt_busy(statement) != 0 }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    func int(_ column: Int) throws -> Int64 {
        guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else { throw wrongType(column, "a number") }
        return sqlite3_column_int64(statement, Int32(column))
    }

    func text(_ column: Int) throws -> String {
        guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT,
            let bytes = sqlite3_column_text(statement, Int32(column))
        else { throw wrongType(column, "text") }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private func wrongType(_ column: Int, _ wanted: String) -> StoreError {
        let name = sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? "\(column)"
        return .unexpected("column \(name) is not \(wanted) in: \(text.prefix(120))")
    }

    static func error(_ connection: OpaquePointer, _ text: String) -> StoreError {
        let code = sqlite3_extended_errcode(connection), message = String(cString: sqlite3_errmsg(connection))
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .tryAgain(message)
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_CANTOPEN: return .noRoom("\(message) [\(code)]")
        default: return .statement(code: "\(code)", message: message, sql: text)
        }
    }
}


