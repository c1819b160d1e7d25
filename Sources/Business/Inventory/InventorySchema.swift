import Store

/// The two books: where each unit is, and who was promised it.
package enum InventorySchema {
    package static let migrations = [
        Migration(40, "inventory", [
            """
            CREATE TABLE lot (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, code TEXT NOT NULL,
                expires_on BIGINT, state TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'hold', 'recalled')),
                created_at BIGINT NOT NULL, UNIQUE (owner, sku, code))
            """,
            // The physical book: balances beside the movements they sum up. Lot 0 is no lot.
            """
            CREATE TABLE stock (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL DEFAULT 0,
                site BIGINT NOT NULL, place_kind TEXT NOT NULL CHECK (place_kind IN ('location', 'unit')),
                place BIGINT NOT NULL, condition TEXT NOT NULL DEFAULT 'new',
                customs TEXT NOT NULL DEFAULT 'free' CHECK (customs IN ('free', 'bonded', 'free_zone', 'in_transit')),
                sellable BIGINT NOT NULL, pickable BIGINT NOT NULL,
                on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
                allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0 AND allocated <= on_hand),
                UNIQUE (place, place_kind, owner, sku, lot, condition, customs))
            """,
            "CREATE INDEX stock_sku ON stock (sku, site)",
            """
            CREATE TABLE movement (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL,
                quantity BIGINT NOT NULL CHECK (quantity > 0), site BIGINT NOT NULL,
                from_kind TEXT NOT NULL, from_place BIGINT NOT NULL, from_condition TEXT NOT NULL, from_customs TEXT NOT NULL,
                to_kind TEXT NOT NULL, to_place BIGINT NOT NULL, to_condition TEXT NOT NULL, to_customs TEXT NOT NULL,
                reason TEXT NOT NULL, reference BIGINT NOT NULL, actor TEXT NOT NULL,
                occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
            """,
            "CREATE INDEX movement_sku ON movement (sku, id)",
            "CREATE INDEX movement_harmed ON movement (owner, id) WHERE to_kind = 'lost' OR to_condition = 'damaged'",
            "CREATE TABLE movement_serial (movement BIGINT NOT NULL, serial TEXT NOT NULL, PRIMARY KEY (movement, serial))",
            "CREATE INDEX movement_serial_text ON movement_serial (serial, movement)",
            // Where each serial went with its last movement.
            """
            CREATE TABLE serial (
                owner BIGINT NOT NULL, sku BIGINT NOT NULL, serial TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('in_stock', 'in_parcel', 'gone')), site BIGINT NOT NULL, parcel BIGINT,
                movement BIGINT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (owner, sku, serial),
                CHECK (state <> 'in_parcel' OR parcel IS NOT NULL))
            """,
            "CREATE INDEX serial_text ON serial (serial, owner, sku)",
            "CREATE INDEX serial_site ON serial (sku, site)",
            "CREATE INDEX serial_parcel ON serial (parcel) WHERE parcel IS NOT NULL",
            """
            CREATE TABLE book_close (
                id BIGINT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('building', 'closed')), as_of BIGINT NOT NULL,
                upto BIGINT NOT NULL, last_movement BIGINT NOT NULL, movements BIGINT NOT NULL DEFAULT 0,
                started_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
                CHECK (last_movement <= upto AND (state = 'building' OR last_movement = upto)))
            """,
            "CREATE UNIQUE INDEX book_close_building ON book_close (state) WHERE state = 'building'",
            // At any moment the sum of all movements up to `last_movement` of the newest close.
            """
            CREATE TABLE book_balance (
                owner BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL,
                place_kind TEXT NOT NULL, place BIGINT NOT NULL, condition TEXT NOT NULL, customs TEXT NOT NULL,
                on_hand BIGINT NOT NULL,
                PRIMARY KEY (place, place_kind, owner, sku, lot, condition, customs))
            """,
            "CREATE INDEX book_balance_sku ON book_balance (sku)",
            "CREATE INDEX book_balance_empty ON book_balance (sku) WHERE on_hand = 0",
            // The commitment book.
            """
            CREATE TABLE supply (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, site BIGINT NOT NULL,
                pool TEXT NOT NULL DEFAULT 'main',
                kind TEXT NOT NULL CHECK (kind IN ('on_hand', 'inbound', 'transfer', 'preorder', 'partner', 'unsellable')),
                source BIGINT NOT NULL DEFAULT 0, available_from BIGINT NOT NULL DEFAULT 0,
                sellable BIGINT NOT NULL CHECK (sellable >= 0),
                held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
                reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
                short BIGINT NOT NULL DEFAULT 0 CHECK (short >= 0 AND short <= reserved + held),
                stale BIGINT NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
                CHECK (held + reserved - short <= sellable), UNIQUE (sku, site, owner, pool, kind, source))
            """,
            """
            CREATE TABLE hold (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, pool TEXT NOT NULL, purpose TEXT NOT NULL, reference TEXT NOT NULL,
                expires_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('active', 'confirmed', 'voided', 'expired')),
                order_id BIGINT, ended_at BIGINT)
            """,
            """
            CREATE TABLE hold_claim (
                hold BIGINT NOT NULL, supply BIGINT NOT NULL, sku BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
                active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), PRIMARY KEY (hold, supply))
            """,
            "CREATE INDEX hold_claim_supply ON hold_claim (supply, hold) WHERE active = 1",
            """
            CREATE TABLE reservation (
                id BIGINT PRIMARY KEY, supply BIGINT NOT NULL, owner BIGINT NOT NULL, sku BIGINT NOT NULL, site BIGINT NOT NULL,
                order_id BIGINT NOT NULL, component BIGINT NOT NULL, fulfillment_line BIGINT NOT NULL,
                quantity BIGINT NOT NULL CHECK (quantity > 0), due BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('active', 'allocated', 'consumed', 'released', 'breaking', 'broken')),
                created_at BIGINT NOT NULL, block BIGINT NOT NULL)
            """,
            // The supplies of orders lie anywhere: within a block they lie close to one another.
            "CREATE INDEX reservation_supply ON reservation (block, supply, state)",
            "CREATE INDEX reservation_line ON reservation (fulfillment_line)",
            """
            CREATE TABLE allocation (
                id BIGINT PRIMARY KEY, reservation BIGINT NOT NULL, fulfillment_line BIGINT NOT NULL, stock BIGINT NOT NULL,
                quantity BIGINT NOT NULL CHECK (quantity > 0),
                state TEXT NOT NULL CHECK (state IN ('open', 'picked', 'short', 'released')))
            """,
            "CREATE INDEX allocation_stock ON allocation (stock) WHERE state = 'open'",
            "CREATE INDEX allocation_line ON allocation (fulfillment_line)",
            """
            CREATE TABLE shortage (
                id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, sku BIGINT NOT NULL, order_id BIGINT NOT NULL,
                component BIGINT NOT NULL, pool TEXT NOT NULL DEFAULT 'main', quantity BIGINT NOT NULL CHECK (quantity > 0),
                kind TEXT NOT NULL CHECK (kind IN ('backorder', 'oversold', 'broken')),
                opened_at BIGINT NOT NULL, deadline BIGINT NOT NULL, owner_role TEXT NOT NULL,
                outcome TEXT CHECK (outcome IN ('filled', 'cancelled', 'rejected')), closed_at BIGINT)
            """,
            "CREATE INDEX shortage_sku ON shortage (sku, id) WHERE closed_at IS NULL",
            "CREATE INDEX shortage_order ON shortage (order_id)",
        ]),
        Migration(295, "stock by site, receipts by shipment", [
            "CREATE INDEX supply_site ON supply (site, owner, sku)",
            "CREATE INDEX movement_receipt ON movement (reference, id) WHERE reason = 'receive'",
        ]),
    ] + PoolSchema.migrations + ChannelStockSchema.migrations + BackorderSchema.migrations
}
