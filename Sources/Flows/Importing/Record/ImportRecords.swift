import Kernel
import Store

/// The table of imports.
enum ImportRecords {
    private static let columns: SQL = """
        id, name, state, layout, folder, catalogue, content_hash, secret, staged, applied, refused, tallies, created_at
        """

    /// The one of this name that is not discarded.
    static func find(_ name: String, in tx: Transaction) throws -> ImportRecord? {
        try tx.first("SELECT \(columns) FROM import WHERE name = \(name) AND state <> 'discarded'", decode)
    }

    static func load(_ id: ImportID, in tx: Transaction) throws -> ImportRecord {
        let found = try tx.first("SELECT \(columns) FROM import WHERE id = \(id) \(.forUpdate)", decode)
        guard let found else { throw NotFound("import", id) }
        return found
    }

    /// The name under which files of this content came in already.
    static func name(ofContent hash: String, in tx: Transaction) throws -> String? {
        try tx.value("SELECT name FROM import WHERE content_hash = \(hash) AND state <> 'discarded' ORDER BY id LIMIT 1")
    }

    /// One that is discarded and whose rows may still stand.
    static func discarded(in tx: Transaction) throws -> ImportRecord? {
        try tx.first(
            """
            SELECT \(columns) FROM import WHERE state = 'discarded' AND staged > 0 ORDER BY id LIMIT 1 \(.forUpdate)
            """, decode)
    }

    /// The newest first.
    static func all(in tx: Transaction) throws -> [ImportRecord] {
        try tx.query("SELECT \(columns) FROM import ORDER BY id DESC", decode)
    }

    static func insert(_ new: ImportRecord, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO import (id, name, state, layout, folder, catalogue, content_hash, secret, tallies, created_at)
            VALUES (\(new.id), \(new.name), \(new.state), \(new.layout), \(new.folder), \(new.catalogue), \(new.contentHash),
                \(new.secret), \(new.tallies.json), \(new.created))
            """, expecting: 1)
    }

    /// Writes what moves.
    static func update(_ record: ImportRecord, in tx: Transaction) throws {
        let closed = record.state == .applied || record.state == .discarded ? tx.now : nil
        let committed = record.state == .committed ? tx.now : nil
        try tx.run(
            """
            UPDATE import SET state = \(record.state), staged = \(record.staged), applied = \(record.applied),
                refused = \(record.refused), tallies = \(record.tallies.json),
                committed_at = COALESCE(committed_at, \(committed)), closed_at = \(closed)
            WHERE id = \(record.id)
            """, expecting: 1)
    }

    private static func decode(_ row: inout RowReader) throws -> ImportRecord {
        try ImportRecord(
            id: row.next(), name: row.next(), state: row.next(), layout: row.next(), folder: row.next(), catalogue: row.next(),
            contentHash: row.next(), secret: row.next(), staged: row.next(), applied: row.next(), refused: row.next(),
            tallies: ImportTallies(row.next()), created: row.next())
    }
}
