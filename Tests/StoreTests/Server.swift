import Kernel
import Store
import TestGround

/// What a test does to a server from outside.
enum Server {
    /// Ends sessions of this database as an operator or a crash would; answers how many.
    @discardableResult
    static func endSessions(of database: TestDatabase, inTransaction: Bool = false) throws -> Int {
        let connection = try database.connect()
        defer { connection.close() }
        let states: SQL = inTransaction ? "state LIKE 'idle in transaction%'" : "true"
        var ended = 0
        try connection.query(
            """
            SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND \(states)
            """) { ended = try $0.next() }
        return ended
    }
}
