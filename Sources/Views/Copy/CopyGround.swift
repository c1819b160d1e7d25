import Kernel
import Store

/// What has to be true of the two databases of a copy, and what only their engines know.
enum CopyGround {
    /// The source has exactly the steps of the schema that this program knows.
    static func checkRelease(of source: any Connection, _ address: String, _ migrations: [Migration]) throws {
        let applied: Set<Int>
        do { applied = Set(try AppliedStep.all(on: source).map(\.number)) } catch StoreError.statement {
            throw StoreError.unsuitable("\(address) is not a Waybill database.")
        }
        let known = Set(migrations.map(\.number))
        guard applied.isSubset(of: known) else {
            throw StoreError.unsuitable("\(address) was written by a newer release. Copy it with that one.")
        }
        guard applied == known else {
            throw StoreError.unsuitable("\(address) was last served by an older release. Serve it once with this one first.")
        }
    }

    /// Refuses a target with a single row in any table.
    static func checkEmpty(_ target: any Connection, _ address: String, _ tables: [StoredTable]) throws {
        for table in tables {
            var isEmpty = true
            try target.query("SELECT 1 FROM \(verbatim: table.name) LIMIT 1") { _ in isEmpty = false }
            guard isEmpty else {
                throw StoreError.unsuitable("\(address) is not empty: \(table.name) holds rows. Copy to a new database.")
            }
        }
    }

    static func count(_ table: StoredTable, on connection: any Connection) throws -> Int {
        var count = 0
        try connection.query("SELECT COUNT(*) FROM \(verbatim: table.name)") { count = try $0.next() }
        return count
    }

    /// The highest sequence of the log; every change leaves an event.
    static func end(of source: any Connection) throws -> Int64? {
        var end: Int64?
        try source.query("SELECT MAX(seq) FROM event") { end = try $0.next() }
        return end
    }

    /// New events are numbered from the highest copied one on. SQLite does so by itself.
    static func continueNumbering(of target: any Connection, on engine: any Engine) throws {
        guard engine.name == "postgres" else { return }
        try target.query(
            "SELECT setval(pg_get_serial_sequence('event', 'seq'), MAX(seq)) FROM event HAVING MAX(seq) IS NOT NULL"
        ) { _ in }
    }
}
