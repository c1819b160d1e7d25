/// The tables of the store itself.
package enum StoreSchema {
    package static let migrations = [
        Migration(1, "store", [
            """
            CREATE TABLE node (
                number BIGINT PRIMARY KEY, process TEXT NOT NULL, started_at BIGINT NOT NULL, lease_until BIGINT NOT NULL)
            """,
            """
            CREATE TABLE event (
                seq AUTO_SEQUENCE, tx BIGINT NOT NULL DEFAULT COMMIT_STAMP, partition_number BIGINT NOT NULL,
                type TEXT NOT NULL, version BIGINT NOT NULL, key TEXT NOT NULL,
                occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, actor TEXT NOT NULL,
                site BIGINT, owner BIGINT, quantity BIGINT, unit TEXT, payload TEXT NOT NULL)
            """,
            "CREATE INDEX event_order ON event (COMMIT_ORDER)",
            "CREATE INDEX event_key ON event (key, seq)",
            // What people did, whose names in the log begin so; few of all events.
            "CREATE INDEX event_act ON event (recorded_at, seq, actor) WHERE actor >= 'acc_' AND actor < 'acc`'",
            "CREATE INDEX event_person ON event (actor, recorded_at, seq) WHERE actor >= 'acc_' AND actor < 'acc`'",
            """
            CREATE TABLE follower_cursor (
                follower TEXT NOT NULL, partition_number BIGINT NOT NULL, tx BIGINT NOT NULL, seq BIGINT NOT NULL,
                node BIGINT, fence BIGINT NOT NULL, lease_until BIGINT NOT NULL,
                PRIMARY KEY (follower, partition_number))
            """,
            """
            CREATE TABLE parked_event (
                follower TEXT NOT NULL, seq BIGINT NOT NULL, tx BIGINT NOT NULL, partition_number BIGINT NOT NULL,
                key TEXT NOT NULL, reason TEXT NOT NULL, attempts BIGINT NOT NULL, next_attempt_at BIGINT NOT NULL,
                parked_at BIGINT NOT NULL, PRIMARY KEY (follower, seq))
            """,
            "CREATE INDEX parked_event_key ON parked_event (follower, key, seq)",
            """
            CREATE TABLE clock (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL, source TEXT NOT NULL, subject BIGINT NOT NULL, owner BIGINT,
                due BIGINT NOT NULL, run_at BIGINT NOT NULL, payload TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0,
                outcome TEXT, created_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK ((outcome IS NULL) = (closed_at IS NULL)))
            """,
            "CREATE INDEX clock_run ON clock (run_at, id) WHERE closed_at IS NULL",
            "CREATE INDEX clock_subject ON clock (subject, kind) WHERE closed_at IS NULL",
            """
            CREATE TABLE outbox (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL, subject BIGINT NOT NULL, owner BIGINT, payload TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'refused', 'dead', 'unknown')),
                attempts BIGINT NOT NULL DEFAULT 0, due BIGINT NOT NULL, node BIGINT, fence BIGINT NOT NULL DEFAULT 0,
                lease_until BIGINT NOT NULL DEFAULT 0, reply TEXT, reason TEXT,
                created_at BIGINT NOT NULL, closed_at BIGINT)
            """,
            "CREATE INDEX outbox_open ON outbox (kind, due, id) WHERE closed_at IS NULL",
            "CREATE INDEX outbox_subject ON outbox (subject, kind)",
            """
            CREATE TABLE request (
                scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status BIGINT, body TEXT,
                created_at BIGINT NOT NULL, PRIMARY KEY (scope, key))
            """,
            "CREATE INDEX request_age ON request (created_at)",
        ])
    ]
}
