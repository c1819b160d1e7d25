import CSQLite
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

    func bind(_ values: [Datum]) throws { try bind(values[...], from: 1) }

    /// Binds the fixed values around the columns of rows, `width` of them, which stand at `offset`.
    func bind(_ fixed: [Datum], around width: Int, at offset: Int) throws {
        try bind(fixed[..<offset], from: 1)
        try bind(fixed[offset...], from: offset + width + 1)
    }

    /// Binds the columns of one row; what is bound beside them stays.
    func bind(row: [Datum], at offset: Int) throws { try bind(row[...], from: offset + 1) }

    private func bind(_ values: ArraySlice<Datum>, from first: Int) throws {
        // A column of a row that the statement does not name has no parameter.
        for (index, value) in zip(Int32(first)..., values) where index <= parameters {
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, index)
                case .int(let number): sqlite3_bind_int64(statement, index, number)
                case .text(let string): try bind(string, at: index)
                }
            guard code == SQLITE_OK else { throw Self.error(connection, text) }
        }
    }

    private func bind(_ string: String, at index: Int32) throws -> Int32 {
        guard !string.utf8.contains(0) else { throw NulInText() }
        var string = string
        return string.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                // An empty buffer may have no address, which would bind NULL.
                $0.isEmpty
                    ? sqlite3_bind_text(statement, index, "", 0, Self.transient)
                    : sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), Self.transient)
            }
        }
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
        return code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED
            ? .tryAgain(message) : .statement(code: "\(code)", message: message, sql: text)
    }
}


