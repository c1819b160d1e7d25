import CPostgres
import Kernel
import Store

/// The rows of one answer, in libpq's memory.
final class PostgresResult: RowSource {
    private let result: OpaquePointer?
    private let sql: String
    private var row: Int32 = 0

    init(_ result: OpaquePointer?, sql: String) {
        self.result = result
        self.sql = sql
    }

    deinit { PQclear(result) }

    var count: Int { Int(PQntuples(result)) }
    /// How many rows the statement changed.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    func advance() { row += 1 }

    func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, Int32(column)) == 1 }

    func int(_ column: Int) throws -> Int64 {
        guard !isNull(column), let bytes = PQgetvalue(result, row, Int32(column)),
            let value = Self.number(bytes) ?? truth(bytes, column)
        else { throw wrongType(column, "a number") }
        return value
    }

    func text(_ column: Int) throws -> String {
        guard !isNull(column), let bytes = PQgetvalue(result, row, Int32(column)) else { throw wrongType(column, "text") }
        return String(cString: bytes)
    }

    /// What went wrong, where this is no answer.
    func error(on handle: OpaquePointer?) -> StoreError {
        let message = PostgresSession.message(of: handle)
        let code = field("C"), severity = field("V")
        if PQstatus(handle) != CONNECTION_OK || severity == "FATAL" || severity == "PANIC" || code.hasPrefix("08") {
            return .connectionLost(message)
        }
        // Disk, memory or connections are used up.
        if code.hasPrefix("53") { return .noRoom("\(message) [\(code)]") }
        // Serialization failure, deadlock, and a lock that did not come free in time.
        return ["40001", "40P01", "55P03"].contains(code)
            ? .tryAgain(message) : .statement(code: code, message: message, sql: sql)
    }

    private func field(_ code: Unicode.Scalar) -> String {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) } ?? ""
    }

    /// A comparison's answer (type 16, boolean) counts as 1 or 0, as on the other engine.
    private func truth(_ bytes: UnsafePointer<CChar>, _ column: Int) -> Int64? {
        PQftype(result, Int32(column)) == 16 ? (bytes.pointee == 116 ? 1 : 0) : nil
    }

    private static func number(_ bytes: UnsafePointer<CChar>) -> Int64? {
        var at = bytes, value: Int64 = 0
        let isNegative = at.pointee == 45
        if isNegative { at += 1 }
        guard at.pointee != 0 else { return nil }
        while at.pointee != 0 {
            let digit = Int64(at.pointee) - 48
            guard (0...9).contains(digit) else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.subtractingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
            at += 1
        }
        return isNegative ? value : value == .min ? nil : -value
    }

    private func wrongType(_ column: Int, _ wanted: String) -> StoreError {
        let name = PQfname(result, Int32(column)).map { String(cString: $0) } ?? "\(column)"
        return .unexpected("column \(name) is not \(wanted) in: \(sql.prefix(120))")
    }
}
