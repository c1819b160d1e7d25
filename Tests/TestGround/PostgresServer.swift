import Foundation
import Kernel
import Store
import StorePostgres
import Synchronization

/// The server that tests may make databases on.
///
/// A database is emptied and used again, as making one takes ten times as long; at the end of the process all are removed.
enum PostgresServer {
    private struct Databases {
        var all: [String] = []
        var free: [String] = []
    }

    private static let databases = Mutex(Databases())

    /// The name of an empty database with binary collation.
    static func take() throws -> String {
        if let name = databases.withLock({ $0.free.popLast() }) { return name }
        let name = "waybill_test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try run(["CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"], on: server)
        databases.withLock {
            if $0.all.isEmpty { atexit { PostgresServer.removeAll() } }
            $0.all.append(name)
        }
        return name
    }

    /// Empties the database, whoever is still connected.
    static func give(back name: String) throws {
        let endSessions = """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        try run([endSessions, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"], on: url(of: name))
        databases.withLock { $0.free.append(name) }
    }

    private static func removeAll() {
        let drops = databases.withLock { $0.all.map { "DROP DATABASE IF EXISTS \($0) WITH (FORCE)" } }
        do { try run(drops, on: server) } catch {
            FileHandle.standardError.write(Data("test databases are left behind: \(error)\n".utf8))
        }
    }

    private static func run(_ statements: [String], on url: String) throws {
        let connection = try PostgresEngine(url: url).connect(readOnly: false)
        defer { connection.close() }
        for statement in statements { try connection.define(statement) }
    }

    private static var server: String {
        get throws {
            let url = ProcessInfo.processInfo.environment["WAYBILL_TEST_POSTGRES"] ?? ""
            guard !url.isEmpty else {
                throw StoreError.unsuitable(
                    "This run must test on PostgreSQL, but WAYBILL_TEST_POSTGRES names no server (see scripts/postgres.sh).")
            }
            return url
        }
    }

    static func url(of name: String) throws -> String {
        let url = try server
        let options = url.firstIndex(of: "?") ?? url.endIndex
        let authority = url.range(of: "://")?.upperBound ?? url.startIndex
        let path = url[authority..<options].firstIndex(of: "/") ?? options
        return url[..<path] + "/" + name + url[options...]
    }
}
