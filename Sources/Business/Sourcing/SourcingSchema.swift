import Store

/// What sourcing goes by beside stock and prices, and what it decided after an order was placed.
package enum SourcingSchema {
    package static let migrations = [
        Migration(230, "sourcing", [
            """
            CREATE TABLE sourcing_rule (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, only_sites TEXT NOT NULL, priority TEXT NOT NULL,
                never_split BIGINT NOT NULL CHECK (never_split IN (0, 1)),
                ship_complete BIGINT NOT NULL CHECK (ship_complete IN (0, 1)),
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, created_at BIGINT NOT NULL, CHECK (from_day < until_day),
                UNIQUE (merchant, from_day))
            """,
            // What a unit is worth where it lies, while it holds; minor units of the operator's currency.
            """
            CREATE TABLE stock_value (
                sku BIGINT NOT NULL, site BIGINT NOT NULL, value BIGINT NOT NULL CHECK (value > 0),
                from_at BIGINT NOT NULL, until_at BIGINT NOT NULL, CHECK (from_at <= until_at), PRIMARY KEY (sku, site, from_at))
            """,
            // SKUs are valued when they are asked for: asked after valued is work to be done.
            """
            CREATE TABLE stock_valuation (
                sku BIGINT PRIMARY KEY, asked_at BIGINT NOT NULL, valued_at BIGINT NOT NULL DEFAULT 0,
                open BIGINT NOT NULL CHECK (open IN (0, 1)))
            """,
            "CREATE INDEX stock_valuation_open ON stock_valuation (open, asked_at, sku)",
            """
            CREATE TABLE sourcing_decision (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, merchant BIGINT NOT NULL, decided_at BIGINT NOT NULL,
                reason TEXT NOT NULL)
            """,
            "CREATE INDEX sourcing_decision_order ON sourcing_decision (order_id, id)",
        ])
    ]
}
