import Store

/// What of a supply is set aside for whom.
enum PoolSchema {
    static let migrations = [
        Migration(220, "pools", [
            """
            CREATE TABLE pool (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, code TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('channel', 'drop', 'creator', 'other')), channel TEXT,
                then_main BIGINT NOT NULL CHECK (then_main IN (0, 1)),
                held_only BIGINT NOT NULL CHECK (held_only IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
                created_at BIGINT NOT NULL, closed_at BIGINT, UNIQUE (merchant, code))
            """,
            "CREATE UNIQUE INDEX pool_channel ON pool (merchant, channel) WHERE channel IS NOT NULL AND state = 'open'",
            // The commitment book's movements: what a pool was given, and what it gave back.
            """
            CREATE TABLE pool_move (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, site BIGINT NOT NULL,
                kind TEXT NOT NULL, source BIGINT NOT NULL, from_pool TEXT NOT NULL, to_pool TEXT NOT NULL,
                quantity BIGINT NOT NULL CHECK (quantity > 0),
                reason TEXT NOT NULL CHECK (reason IN ('quota', 'returned', 'closed', 'arrived', 'shortfall')),
                actor TEXT NOT NULL, moved_at BIGINT NOT NULL)
            """,
            "CREATE INDEX pool_move_sku ON pool_move (sku, site, id)",
        ])
    ]
}
