import Store

/// The last transaction that each session committed: a row that a transaction writes before its COMMIT.
enum CommitMark {
    /// Rows of sessions long ended are removed as nodes start; a session that lives writes its own anew.
    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS commit_mark (
            session TEXT PRIMARY KEY, number BIGINT NOT NULL, written_at TIMESTAMPTZ NOT NULL) WITH (fillfactor = 50)
        """,
        "DELETE FROM commit_mark WHERE written_at < now() - interval '1 day'",
    ]

    /// Writes no row where the transaction has changed nothing.
    static func leave(session: String, number: Int64) -> SQL {
        """
        INSERT INTO commit_mark (session, number, written_at)
        SELECT \(session), \(number), now() WHERE pg_current_xact_id_if_assigned() IS NOT NULL
        ON CONFLICT (session) DO UPDATE SET number = excluded.number, written_at = excluded.written_at
        """
    }

    /// The number committed last, after waiting for the end of a transaction that has its mark under way.
    static func read(session: String) -> SQL {
        """
        INSERT INTO commit_mark (session, number, written_at) VALUES (\(session), 0, now())
        ON CONFLICT (session) DO UPDATE SET written_at = excluded.written_at RETURNING number
        """
    }
}
