import Store

/// What shoppers asked for, and which site does what about it.
package enum OrdersSchema {
    package static let migrations = [
        Migration(50, "orders", [
            """
            CREATE TABLE orders (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, channel TEXT NOT NULL, number TEXT NOT NULL,
                content_hash TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('place', 'record')),
                state TEXT NOT NULL, payment TEXT NOT NULL, currency TEXT NOT NULL, recipient BIGINT,
                label_issuer TEXT NOT NULL DEFAULT 'carrier' CHECK (label_issuer IN ('carrier', 'channel', 'merchant')),
                purpose TEXT NOT NULL DEFAULT 'sale' CHECK (purpose IN
                    ('sale', 'transfer', 'removal', 'replacement', 'sample', 'wholesale', 'disposal')),
                destination_kind TEXT NOT NULL CHECK (destination_kind IN
                    ('address', 'pickup_point', 'locker', 'site', 'none')),
                destination_code TEXT, country TEXT NOT NULL, region TEXT NOT NULL, district TEXT NOT NULL, city TEXT NOT NULL,
                postal_area TEXT NOT NULL, latitude BIGINT, longitude BIGINT,
                items_minor BIGINT NOT NULL, discount_minor BIGINT NOT NULL, shipping_minor BIGINT NOT NULL,
                tax_minor BIGINT NOT NULL, total_minor BIGINT NOT NULL, refunded_minor BIGINT NOT NULL DEFAULT 0,
                placed_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ship_by BIGINT, promised_by BIGINT, estimated_at BIGINT,
                delivered_at BIGINT, sourcing TEXT NOT NULL, import BIGINT,
                version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0), channel_version BIGINT,
                due_minor BIGINT NOT NULL DEFAULT 0,
                UNIQUE (merchant, channel, number),
                CHECK (total_minor = items_minor - discount_minor + shipping_minor + tax_minor),
                CHECK (refunded_minor >= 0 AND refunded_minor <= total_minor))
            """,
            "CREATE INDEX orders_state ON orders (state, id)",
            "CREATE INDEX orders_merchant ON orders (merchant, id)",
            "CREATE INDEX orders_number ON orders (number, id)",
            """
            CREATE TABLE order_line (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, position BIGINT NOT NULL, sku BIGINT NOT NULL,
                channel_unit TEXT, quantity BIGINT NOT NULL CHECK (quantity > 0), unit_price BIGINT NOT NULL,
                items_minor BIGINT NOT NULL, discount_minor BIGINT NOT NULL, shipping_minor BIGINT NOT NULL,
                tax_minor BIGINT NOT NULL, taken_off BIGINT, CHECK (items_minor = unit_price * quantity))
            """,
            "CREATE INDEX order_line_order ON order_line (order_id, position)",
            // Each unit of a component stands in exactly one of these positions.
            """
            CREATE TABLE order_component (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, line BIGINT NOT NULL, merchant BIGINT NOT NULL, sku BIGINT NOT NULL,
                per_line BIGINT NOT NULL CHECK (per_line > 0), ordered BIGINT NOT NULL CHECK (ordered > 0),
                price_minor BIGINT NOT NULL, tax_minor BIGINT NOT NULL,
                waiting BIGINT NOT NULL DEFAULT 0 CHECK (waiting >= 0), reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
                picked BIGINT NOT NULL DEFAULT 0 CHECK (picked >= 0), packed BIGINT NOT NULL DEFAULT 0 CHECK (packed >= 0),
                shipped BIGINT NOT NULL DEFAULT 0 CHECK (shipped >= 0), delivered BIGINT NOT NULL DEFAULT 0 CHECK (delivered >= 0),
                returned BIGINT NOT NULL DEFAULT 0 CHECK (returned >= 0), lost BIGINT NOT NULL DEFAULT 0 CHECK (lost >= 0),
                disposed BIGINT NOT NULL DEFAULT 0 CHECK (disposed >= 0),
                cancelled BIGINT NOT NULL DEFAULT 0 CHECK (cancelled >= 0), refunded BIGINT NOT NULL DEFAULT 0, taken_off BIGINT,
                CHECK (taken_off IS NULL OR cancelled = ordered),
                CHECK (waiting + reserved + picked + packed + shipped + delivered + returned + lost + disposed + cancelled = ordered),
                CHECK (refunded >= 0 AND refunded <= ordered))
            """,
            "CREATE INDEX order_component_order ON order_component (order_id, id)",
            """
            CREATE TABLE order_hold (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
                placed_at BIGINT NOT NULL, until_at BIGINT, released_at BIGINT)
            """,
            "CREATE INDEX order_hold_open ON order_hold (order_id) WHERE released_at IS NULL",
            """
            CREATE TABLE cancel_request (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, requested_by TEXT NOT NULL, reason TEXT NOT NULL,
                requested_at BIGINT NOT NULL, answer TEXT CHECK (answer IN ('accepted', 'partly', 'refused', 'asked')),
                why TEXT, units BIGINT NOT NULL DEFAULT 0, answered_at BIGINT)
            """,
            "CREATE INDEX cancel_request_order ON cancel_request (order_id, id)",
            """
            CREATE TABLE fulfillment_order (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, order_id BIGINT NOT NULL, site BIGINT NOT NULL,
                purpose TEXT NOT NULL, state TEXT NOT NULL, service BIGINT NOT NULL,
                available_from BIGINT NOT NULL, release_by BIGINT NOT NULL, ship_by BIGINT NOT NULL, deliver_by BIGINT NOT NULL,
                shipping_minor BIGINT NOT NULL, handling_minor BIGINT NOT NULL, wave BIGINT, created_at BIGINT NOT NULL)
            """,
            // Not partial: SQLite sees no single state in a list of states.
            "CREATE INDEX fulfillment_site ON fulfillment_order (site, state, ship_by, id)",
            "CREATE INDEX fulfillment_order_order ON fulfillment_order (order_id)",
            """
            CREATE TABLE fulfillment_line (
                id BIGINT PRIMARY KEY, fulfillment_order BIGINT NOT NULL, order_id BIGINT NOT NULL, component BIGINT NOT NULL,
                sku BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity >= 0),
                picked BIGINT NOT NULL DEFAULT 0 CHECK (picked >= 0), packed BIGINT NOT NULL DEFAULT 0 CHECK (packed >= 0),
                CHECK (packed <= picked AND picked <= quantity))
            """,
            "CREATE INDEX fulfillment_line_order ON fulfillment_line (fulfillment_order, id)",
        ]),
        Migration(250, "labels of orders", [
            """
            CREATE TABLE order_label (
                order_id BIGINT PRIMARY KEY, label BIGINT NOT NULL UNIQUE, merchant BIGINT NOT NULL, number TEXT NOT NULL,
                carrier TEXT NOT NULL, url TEXT, valid_until BIGINT, parcel BIGINT, UNIQUE (merchant, number))
            """
        ]),
        Migration(290, "order edits", [
            // What changed of an order after it was placed. `settled_at`: the difference was paid or given back.
            """
            CREATE TABLE order_edit (
                id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, merchant BIGINT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('edit', 'split', 'merge')), version BIGINT NOT NULL, channel_version BIGINT,
                other BIGINT, actor TEXT NOT NULL, total_before BIGINT NOT NULL, total_after BIGINT NOT NULL,
                due_minor BIGINT NOT NULL, edited_at BIGINT NOT NULL, settled_at BIGINT,
                CHECK ((other IS NULL) = (kind = 'edit')), UNIQUE (order_id, version))
            """
        ]),
        Migration(291, "live sessions", [
            """
            CREATE TABLE live_session (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, channel TEXT NOT NULL, name TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'closed')), ends_at BIGINT NOT NULL, opened_at BIGINT NOT NULL,
                closed_at BIGINT, CHECK ((closed_at IS NOT NULL) = (state = 'closed')))
            """,
            "CREATE INDEX live_session_merchant ON live_session (merchant, id)",
            """
            CREATE TABLE live_session_order (
                order_id BIGINT PRIMARY KEY, session BIGINT NOT NULL, merchant BIGINT NOT NULL, joined_at BIGINT NOT NULL)
            """,
            "CREATE INDEX live_session_order_session ON live_session_order (session, order_id)",
        ]),
        Migration(150, "outbound orders", [
            // Beside the order, what only an outbound one has.
            """
            CREATE TABLE outbound_order (
                order_id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL,
                purpose TEXT NOT NULL CHECK (purpose IN ('transfer', 'removal', 'replacement', 'sample', 'disposal')),
                from_site BIGINT, to_site BIGINT, original BIGINT, condition TEXT, reason TEXT, created_at BIGINT NOT NULL,
                CHECK ((to_site IS NOT NULL) = (purpose = 'transfer')),
                CHECK ((original IS NOT NULL) = (purpose = 'replacement')),
                CHECK (from_site IS NOT NULL OR purpose IN ('replacement', 'sample')),
                CHECK (condition IS NULL OR purpose IN ('removal', 'disposal')))
            """,
            "CREATE INDEX outbound_order_to ON outbound_order (to_site, order_id) WHERE to_site IS NOT NULL",
            "CREATE INDEX outbound_order_original ON outbound_order (original) WHERE original IS NOT NULL",
            """
            CREATE TABLE disposal_proof (
                fulfillment_order BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, merchant BIGINT NOT NULL,
                reference TEXT NOT NULL CHECK (reference <> ''), words TEXT NOT NULL, document_hash TEXT, actor TEXT NOT NULL,
                disposed_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL,
                CHECK (words <> '' OR document_hash IS NOT NULL))
            """,
            "CREATE INDEX disposal_proof_order ON disposal_proof (order_id)",
        ]),
    ]
}
