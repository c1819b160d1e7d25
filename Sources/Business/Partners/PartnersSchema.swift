import Store

/// What others do for us at their sites: agreements, what is handed to them, what they report and what it costs them.
package enum PartnersSchema {
    package static let migrations = [
        Migration(130, "partners", [
            """
            CREATE TABLE partner_agreement (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, merchant BIGINT NOT NULL,
                accept_minutes BIGINT NOT NULL CHECK (accept_minutes > 0), cancel_minutes BIGINT NOT NULL CHECK (cancel_minutes > 0),
                report_minutes BIGINT NOT NULL CHECK (report_minutes > 0), currency TEXT NOT NULL,
                late_acceptance BIGINT NOT NULL CHECK (late_acceptance >= 0),
                late_shipment BIGINT NOT NULL CHECK (late_shipment >= 0),
                late_report BIGINT NOT NULL CHECK (late_report >= 0),
                rejected_unit BIGINT NOT NULL CHECK (rejected_unit >= 0), short_unit BIGINT NOT NULL CHECK (short_unit >= 0),
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, created_at BIGINT NOT NULL, CHECK (from_day < until_day),
                UNIQUE (site, merchant, from_day))
            """,
            """
            CREATE TABLE handoff (
                fulfillment_order BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, order_id BIGINT NOT NULL, site BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'shipping', 'cancel_requested', 'shipped', 'closed',
                    'rejected', 'short', 'cancelled', 'withdrawn')),
                sent_at BIGINT NOT NULL, accept_by BIGINT NOT NULL, ship_by BIGINT NOT NULL, deliver_by BIGINT NOT NULL,
                answered_at BIGINT, expected_at BIGINT, cancel_request BIGINT,
                cancel_answer TEXT CHECK (cancel_answer IN ('cancelled', 'too_late')))
            """,
            "CREATE INDEX handoff_site ON handoff (site, state, fulfillment_order)",
            "CREATE INDEX handoff_order ON handoff (order_id, fulfillment_order)",
            // Each unit that was asked for is open, shipped or dropped.
            """
            CREATE TABLE handoff_line (
                id BIGINT PRIMARY KEY, fulfillment_order BIGINT NOT NULL, component BIGINT NOT NULL, sku BIGINT NOT NULL,
                asked BIGINT NOT NULL CHECK (asked > 0), shipped BIGINT NOT NULL DEFAULT 0 CHECK (shipped >= 0),
                dropped BIGINT NOT NULL DEFAULT 0 CHECK (dropped >= 0), CHECK (shipped + dropped <= asked))
            """,
            "CREATE INDEX handoff_line_order ON handoff_line (fulfillment_order, id)",
            """
            CREATE TABLE handoff_fact (
                id BIGINT PRIMARY KEY, fulfillment_order BIGINT NOT NULL, line BIGINT NOT NULL, site BIGINT NOT NULL,
                merchant BIGINT NOT NULL, order_id BIGINT NOT NULL, sku BIGINT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('shipped', 'rejected', 'short', 'withdrawn', 'cancelled')),
                quantity BIGINT NOT NULL CHECK (quantity > 0), reason TEXT NOT NULL,
                takes_stock BIGINT NOT NULL, parcel BIGINT NOT NULL DEFAULT 0,
                occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL)
            """,
            "CREATE INDEX handoff_fact_sku ON handoff_fact (sku, site, occurred_at)",
            "CREATE INDEX handoff_fact_order ON handoff_fact (order_id, id)",
            "CREATE INDEX handoff_fact_line ON handoff_fact (line, id)",
            // The carrier is the partner's own: a name, and its number.
            """
            CREATE TABLE partner_parcel (
                parcel BIGINT PRIMARY KEY, fulfillment_order BIGINT NOT NULL, carrier TEXT NOT NULL, number TEXT NOT NULL,
                shipped_at BIGINT NOT NULL)
            """,
            "CREATE INDEX partner_parcel_order ON partner_parcel (fulfillment_order, parcel)",
            """
            CREATE TABLE stock_report (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, merchant BIGINT NOT NULL, as_of BIGINT NOT NULL,
                recorded_at BIGINT NOT NULL, actor TEXT NOT NULL, UNIQUE (site, merchant, as_of))
            """,
            """
            CREATE TABLE stock_report_line (
                report BIGINT NOT NULL, sku BIGINT NOT NULL, condition TEXT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity >= 0),
                PRIMARY KEY (report, sku, condition))
            """,
            // What the newest report says of a SKU; 0 where it does not name it any more.
            """
            CREATE TABLE partner_stock (
                site BIGINT NOT NULL, sku BIGINT NOT NULL, owner BIGINT NOT NULL, reported BIGINT NOT NULL CHECK (reported >= 0),
                as_of BIGINT NOT NULL, PRIMARY KEY (site, sku))
            """,
            "CREATE INDEX partner_stock_owner ON partner_stock (site, owner, sku)",
            """
            CREATE TABLE partner_penalty (
                id BIGINT PRIMARY KEY, agreement BIGINT NOT NULL, site BIGINT NOT NULL, merchant BIGINT NOT NULL,
                fulfillment_order BIGINT, kind TEXT NOT NULL CHECK (kind IN
                    ('late_acceptance', 'late_shipment', 'late_report', 'rejected', 'short')),
                units BIGINT NOT NULL CHECK (units > 0), amount BIGINT NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
                occurred_at BIGINT NOT NULL)
            """,
            "CREATE INDEX partner_penalty_site ON partner_penalty (site, id)",
        ])
    ]
}
