import CPostgres
import Foundation
import Store

/// How connections to a server are opened.
enum PostgresSession {
    /// Opens one under `name`, by which it is found among the server's sessions.
    ///
    /// A peer that is gone without a word is noticed on both sides: here by keep-alives, there because a session of ours
    /// never rests inside a transaction.
    static func open(_ url: String, name: String, readOnly: Bool) throws -> OpaquePointer {
        let parameters: KeyValuePairs = [
            "connect_timeout": "10", "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "30000", "dbname": url, "application_name": name, "client_encoding": "UTF8",
        ]
        guard let handle = connect(parameters) else { throw StoreError.connectionLost("out of memory") }
        do {
            guard PQstatus(handle) == CONNECTION_OK else { throw StoreError.connectionLost(message(of: handle)) }
            guard PQserverVersion(handle) >= 150_000 else { throw StoreError.unsuitable("PostgreSQL 15 or later is needed.") }
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try configure(handle, readOnly: readOnly)
        } catch {
            PQfinish(handle)
            throw error
        }
        return handle
    }

    static func message(of handle: OpaquePointer?) -> String {
        String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func connect(_ parameters: KeyValuePairs<String, String>) -> OpaquePointer? {
        var keys = parameters.map { UnsafePointer(strdup($0.key)) }
        var values = parameters.map { UnsafePointer(strdup($0.value)) }
        defer { for text in keys + values { free(UnsafeMutablePointer(mutating: text)) } }
        keys.append(nil)
        values.append(nil)
        return PQconnectdbParams(keys, values, 1)
    }

    private static func configure(_ handle: OpaquePointer, readOnly: Bool) throws {
        let settings = """
            SET synchronous_commit = on; SET TimeZone = 'UTC'; SET jit = off; SET lock_timeout = '10s';
            SET idle_in_transaction_session_timeout = '\(readOnly ? "10min" : "60s")'
            """
        let result = PQexec(handle, settings)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw StoreError.connectionLost(message(of: handle)) }
    }
}
