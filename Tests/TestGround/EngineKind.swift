import Foundation

/// The engines a store test runs on: `@Test(arguments: EngineKind.all)`.
package enum EngineKind: String, Sendable, CustomStringConvertible {
    case sqliteMemory
    case sqliteFile
    case postgres

    package var description: String { rawValue }

    /// All of this run. Without a server named by `WAYBILL_TEST_POSTGRES` PostgreSQL is left out, except where `CI` or
    /// `WAYBILL_REQUIRE_POSTGRES` demands it: then its cases fail and say what is missing.
    package static let all: [EngineKind] = [.sqliteMemory, .sqliteFile] + servers

    /// Those whose database outlives a connection and may be opened twice.
    package static let shared: [EngineKind] = [.sqliteFile] + servers

    /// PostgreSQL alone, for what only nodes that share a database do; empty where it is left out.
    package static let servers: [EngineKind] = isPostgresWanted ? [.postgres] : []

    private static var isPostgresWanted: Bool {
        let names = ["WAYBILL_TEST_POSTGRES", "CI", "WAYBILL_REQUIRE_POSTGRES"]
        return names.contains { !(ProcessInfo.processInfo.environment[$0] ?? "").isEmpty }
    }
}
