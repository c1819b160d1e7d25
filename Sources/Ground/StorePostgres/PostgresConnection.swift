import CPostgres
import Foundation
import Kernel
import Store

/// One libpq connection with its statements prepared once and cached by their text.
final class PostgresConnection: Connection {
    private let url: String
    private let readOnly: Bool
    /// Tells this connection from all others, also after it was opened anew.
    private let session = "waybill " + UUID().uuidString
    /// Nil once closed: every call then fails as on a lost connection.
    private var handle: OpaquePointer?
    private var statements: [String: String] = [:]
    private var commits: Int64 = 0
    private var marks = false
    private static let statementLimit = 1000

    init(url: String, readOnly: Bool) throws {
        self.url = url
        self.readOnly = readOnly
        handle = try PostgresSession.open(url, name: session, readOnly: readOnly)
    }

    deinit { PQfinish(handle) }

    func query(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
        let result = try execute(PostgresText(sql))
        for _ in 0..<result.count {
            var reader = RowReader(result)
            try body(&reader)
            result.advance()
        }
    }

    func run(_ sql: SQL) throws -> Int { try execute(PostgresText(sql)).changed }

    func define(_ statement: String) throws { try command(PostgresText.schema(statement)) }

    func begin(readOnly: Bool) throws {
        marks = !readOnly
        try command(readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
    }

    /// Leaves a mark in the transaction, where it wrote at all, so that a commit whose answer is lost can be looked up.
    ///
    /// The transaction's own number would not do: a server that crashes before the commit reached its disk may give the
    /// number to another one.
    func commit() throws {
        commits += 1
        let isMarked = marks ? try run(CommitMark.leave(session: session, number: commits)) == 1 : false
        do {
            try command("COMMIT")
        } catch StoreError.connectionLost(let reason) {
            throw isMarked ? StoreError.commitUnknown(stamp: String(commits)) : StoreError.connectionLost(reason)
        }
    }

    func rollback() throws { try command("ROLLBACK") }
    func savepoint() throws { try command("SAVEPOINT attempt") }
    func releaseSavepoint() throws { try command("RELEASE SAVEPOINT attempt") }
    func rollbackToSavepoint() throws {
        try command("ROLLBACK TO SAVEPOINT attempt")
        try command("RELEASE SAVEPOINT attempt")
    }

    /// Ends the server's side of the lost connection as well, which may still hold locks.
    func reconnect() throws {
        let fresh = try PostgresSession.open(url, name: session, readOnly: readOnly)
        PQfinish(handle)
        handle = fresh
        statements.removeAll()
        try query(
            """
            SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
            WHERE application_name = \(session) AND pid <> pg_backend_pid()
            """) { _ in }
    }

    func committed(stamp: String) throws -> Bool {
        var number: Int64?
        try query(CommitMark.read(session: session)) { number = try $0.next() }
        return number.map(String.init) == stamp
    }

    /// Held until the transaction ends; may be waited for as long as another node's migration takes. The number is this
    /// program's own.
    func lockSchema() throws {
        try command("SET LOCAL lock_timeout = 0")
        try command("SELECT pg_advisory_xact_lock(1463900482)")
        for statement in CommitMark.schema { try command(statement) }
    }

    func close() {
        PQfinish(handle)
        handle = nil
        statements.removeAll()
    }

    private func command(_ text: String) throws { _ = try checked(PQexec(handle, text), text) }

    private func execute(_ rendered: PostgresText) throws -> PostgresResult {
        let name = try prepared(rendered.text)
        return try rendered.withParameters { values in
            try checked(PQexecPrepared(handle, name, Int32(values.count), values, nil, nil, 0), rendered.text)
        }
    }

    private func prepared(_ text: String) throws -> String {
        if let name = statements[text] { return name }
        if statements.count >= Self.statementLimit {
            try command("DEALLOCATE ALL")
            statements.removeAll()
        }
        let name = "s\(statements.count)"
        _ = try checked(PQprepare(handle, name, text, 0, nil), text)
        statements[text] = name
        return name
    }

    private func checked(_ result: OpaquePointer?, _ text: String) throws -> PostgresResult {
        let answer = PostgresResult(result, sql: text)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return answer
        default: throw answer.error(on: handle)
        }
    }
}
