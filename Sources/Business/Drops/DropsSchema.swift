import Store

/// Timed live sales, and the lines people stand in.
package enum DropsSchema {
    package static let migrations = [
        Migration(221, "drops", [
            """
            CREATE TABLE drop_sale (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, name TEXT NOT NULL, pool BIGINT NOT NULL, pool_code TEXT NOT NULL,
                starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
                window_micros BIGINT NOT NULL CHECK (window_micros > 0),
                hold_micros BIGINT NOT NULL CHECK (hold_micros > 0),
                shopper_limit BIGINT NOT NULL CHECK (shopper_limit > 0),
                seed TEXT NOT NULL, seed_hash TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'ended')),
                clocked_window BIGINT NOT NULL DEFAULT -1,
                drawn_window BIGINT NOT NULL DEFAULT -1, last_place BIGINT NOT NULL DEFAULT 0, created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX drop_sale_merchant ON drop_sale (merchant, id)",
            // Line 0 is no drop's: people who wait for a SKU.
            """
            CREATE TABLE ticket (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, line BIGINT NOT NULL, pool TEXT NOT NULL, sku BIGINT NOT NULL,
                shopper TEXT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0), in_window BIGINT NOT NULL,
                place BIGINT, hold_micros BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'served', 'taken', 'lapsed', 'left', 'ended')),
                hold BIGINT, taken_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
                CHECK (state <> 'served' OR hold IS NOT NULL), CHECK (state <> 'served' OR place IS NOT NULL))
            """,
            """
            CREATE UNIQUE INDEX ticket_shopper ON ticket (merchant, line, pool, sku, shopper)
                WHERE state <> 'left' AND state <> 'lapsed'
            """,
            "CREATE INDEX ticket_waiting ON ticket (sku, state, place, id)",
            "CREATE INDEX ticket_line ON ticket (line, state, in_window, id)",
            "CREATE INDEX ticket_hold ON ticket (hold) WHERE hold IS NOT NULL",
        ])
    ]
}
