import Kernel
import Store

/// Numbers what changes seldom, so that a copy in memory can tell whether it still holds.
///
/// A number is an id of its own, so that one which a transaction took and gave up never comes back.
enum ReferenceVersion: String, SQLValue {
    /// All that `Network` holds.
    case network
    /// The locations of all sites.
    case locations

    private enum Tag: IDTag { static let prefix = "ref" }

    func bump(in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO reference_version (name, version) VALUES (\(self), \(tx.id(ID<Tag>.self)))
            ON CONFLICT (name) DO UPDATE SET version = excluded.version
            """)
    }

    /// 0 before the first change.
    func current(in tx: Transaction) throws -> Int64 {
        try tx.value("SELECT version FROM reference_version WHERE name = \(self)") ?? 0
    }
}
