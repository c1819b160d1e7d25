import Foundation
import Kernel
import Store
import StorePostgres

/// The server that tests may make databases on.
enum PostgresServer {
    private static var url: String {
        get throws {
            let url = ProcessInfo.processInfo.environment["WAYBILL_TEST_POSTGRES"] ?? ""
            guard !url.isEmpty else {
                throw StoreError.unsuitable(
                    "This run must test on PostgreSQL, but WAYBILL_TEST_POSTGRES names no server (see scripts/postgres.sh).")
            }
            return url
        }
    }

    /// Makes an empty database with binary collation; answers its URL.
    static func create(_ name: String) throws -> String {
        let url = try url
        try run(
            """
            CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
            """, on: url)
        return replacingDatabase(of: url, with: name)
    }

    /// Removes the database, whoever is still connected.
    static func drop(_ name: String) throws { try run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", on: url) }

    private static func run(_ statement: String, on url: String) throws {
        let connection = try PostgresEngine(url: url).connect(readOnly: false)
        try connection.define(statement)
        connection.close()
    }

    private static func replacingDatabase(of url: String, with name: String) -> String {
        let options = url.firstIndex(of: "?") ?? url.endIndex
        let authority = url.range(of: "://")?.upperBound ?? url.startIndex
        let path = url[authority..<options].firstIndex(of: "/") ?? options
        return url[..<path] + "/" + name + url[options...]
    }
}
