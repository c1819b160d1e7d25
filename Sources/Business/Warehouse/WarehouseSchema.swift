import Store

/// The work on the floor of the sites we run.
package enum WarehouseSchema {
    package static let migrations = [
        Migration(60, "warehouse", [
            """
            CREATE TABLE asn (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, site BIGINT NOT NULL, number TEXT NOT NULL,
                state TEXT NOT NULL, expected_at BIGINT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (merchant, number))
            """,
            "CREATE INDEX asn_merchant ON asn (merchant, id)",
            """
            CREATE TABLE asn_line (
                id BIGINT PRIMARY KEY, asn BIGINT NOT NULL, sku BIGINT NOT NULL, expected BIGINT NOT NULL CHECK (expected > 0),
                received BIGINT NOT NULL DEFAULT 0 CHECK (received >= 0), UNIQUE (asn, sku))
            """,
            """
            CREATE TABLE wave (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, ship_by BIGINT NOT NULL, orders BIGINT NOT NULL,
                tasks BIGINT NOT NULL, released_at BIGINT NOT NULL, undone_at BIGINT)
            """,
            """
            CREATE TABLE task (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('pick', 'unpick', 'putaway')), site BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'done', 'short', 'cancelled')),
                wave BIGINT NOT NULL DEFAULT 0, fulfillment_order BIGINT NOT NULL DEFAULT 0,
                fulfillment_line BIGINT NOT NULL DEFAULT 0, allocation BIGINT NOT NULL DEFAULT 0,
                owner BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL,
                condition TEXT NOT NULL DEFAULT 'new',
                from_kind TEXT NOT NULL, from_place BIGINT NOT NULL, to_kind TEXT NOT NULL, to_place BIGINT NOT NULL,
                quantity BIGINT NOT NULL CHECK (quantity > 0), done BIGINT NOT NULL DEFAULT 0,
                walk BIGINT NOT NULL, created_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK (done >= 0 AND done <= quantity))
            """,
            "CREATE INDEX task_open ON task (site, kind, walk, id) WHERE state = 'open'",
            "CREATE INDEX task_fulfillment ON task (fulfillment_order)",
        ]),
        Migration(284, "people on the floor", [
            // Task 0: none.
            """
            CREATE TABLE floor_worker (
                site BIGINT NOT NULL, worker TEXT NOT NULL, process TEXT NOT NULL, seen_at BIGINT NOT NULL,
                scans BIGINT NOT NULL, task BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (site, worker))
            """,
            // A site that is in it releases nothing.
            """
            CREATE TABLE release_pause (
                site BIGINT PRIMARY KEY, paused_by TEXT NOT NULL, reason TEXT NOT NULL, paused_at BIGINT NOT NULL)
            """,
            "CREATE INDEX wave_site ON wave (site, id)",
            "CREATE INDEX asn_at_site ON asn (site, state, expected_at, id)",
        ]),
        Migration(296, "inbound by day", ["CREATE INDEX asn_due ON asn (state, expected_at, id)"]),
    ] + DisputesSchema.migrations
}
