import Store

/// Handling units, parcels and what carriers do with them.
package enum TransportSchema {
    package static let migrations = [
        Migration(70, "transport", [
            "CREATE TABLE number_series (name TEXT PRIMARY KEY, next BIGINT NOT NULL)",
            """
            CREATE TABLE handling_unit (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN
                    ('tote', 'parcel', 'bag', 'pallet', 'container', 'trailer')),
                code TEXT NOT NULL UNIQUE, site BIGINT NOT NULL, created_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE containment (
                child BIGINT NOT NULL, sequence BIGINT NOT NULL, parent BIGINT NOT NULL, from_at BIGINT NOT NULL,
                until_at BIGINT, PRIMARY KEY (child, sequence), CHECK (until_at IS NULL OR until_at >= from_at),
                CHECK (child <> parent))
            """,
            "CREATE UNIQUE INDEX containment_open ON containment (child) WHERE until_at IS NULL",
            "CREATE INDEX containment_parent ON containment (parent, child) WHERE until_at IS NULL",
            """
            CREATE TABLE custody (
                unit BIGINT NOT NULL, sequence BIGINT NOT NULL,
                holder_kind TEXT NOT NULL CHECK (holder_kind IN ('site', 'carrier', 'shopper')),
                holder BIGINT NOT NULL, from_at BIGINT NOT NULL, until_at BIGINT, PRIMARY KEY (unit, sequence),
                CHECK (until_at IS NULL OR until_at >= from_at))
            """,
            """
            CREATE TABLE parcel (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, fulfillment_order BIGINT NOT NULL, order_id BIGINT NOT NULL,
                site BIGINT NOT NULL, service BIGINT NOT NULL, carton BIGINT, state TEXT NOT NULL,
                pull BIGINT NOT NULL DEFAULT 0, at_site BIGINT, left_at BIGINT, piece BIGINT NOT NULL, pieces BIGINT NOT NULL,
                length_mm BIGINT NOT NULL, width_mm BIGINT NOT NULL, height_mm BIGINT NOT NULL,
                expected_g BIGINT NOT NULL, weighed_g BIGINT, fill_ppm BIGINT NOT NULL,
                ship_by BIGINT NOT NULL, deliver_by BIGINT NOT NULL, packed_at BIGINT NOT NULL, handed_over_at BIGINT,
                delivered_at BIGINT, manifest BIGINT)
            """,
            "CREATE INDEX parcel_order ON parcel (order_id)",
            "CREATE INDEX parcel_fulfillment ON parcel (fulfillment_order)",
            "CREATE INDEX parcel_site ON parcel (site, state, service, id)",
            "CREATE INDEX parcel_at_site ON parcel (at_site, state, service, id)",
            """
            CREATE INDEX parcel_under_way ON parcel (id)
            WHERE state IN ('handed_over', 'out_for_delivery', 'attempted', 'available_for_pickup', 'returning')
            """,
            """
            CREATE TABLE parcel_item (
                id BIGINT PRIMARY KEY, parcel BIGINT NOT NULL, order_id BIGINT NOT NULL, component BIGINT NOT NULL,
                owner BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
                serial TEXT, condition TEXT NOT NULL DEFAULT 'new',
                missing BIGINT NOT NULL DEFAULT 0 CHECK (missing >= 0 AND missing <= quantity))
            """,
            "CREATE INDEX parcel_item_parcel ON parcel_item (parcel)",
            """
            CREATE TABLE label (
                id BIGINT PRIMARY KEY, parcel BIGINT NOT NULL, issuer TEXT NOT NULL, leg TEXT NOT NULL, service BIGINT NOT NULL,
                number TEXT, price BIGINT, currency TEXT, valid_from BIGINT, valid_until BIGINT, reason TEXT,
                requested_at BIGINT NOT NULL DEFAULT 0, merchant BIGINT NOT NULL DEFAULT 0, carrier TEXT, url TEXT,
                shipment BIGINT, master TEXT,
                state TEXT NOT NULL CHECK (state IN ('requested', 'current', 'voided', 'failed', 'expired')),
                CHECK (state <> 'current' OR number IS NOT NULL))
            """,
            "CREATE INDEX label_parcel ON label (parcel)",
            // Few parcels have company.
            "CREATE INDEX label_shipment ON label (shipment, id) WHERE shipment IS NOT NULL",
            // Merchant 0 stands for numbers that we buy.
            "CREATE UNIQUE INDEX label_number ON label (issuer, number, merchant)",
            """
            CREATE TABLE manifest (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, carrier BIGINT NOT NULL, service BIGINT NOT NULL,
                parcels BIGINT NOT NULL, number TEXT, closed_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE tracking (
                parcel BIGINT NOT NULL, vendor_event TEXT NOT NULL, code TEXT NOT NULL, reason TEXT,
                occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, proof TEXT, PRIMARY KEY (parcel, vendor_event))
            """,
        ]),
        Migration(75, "routes", [
            """
            CREATE TABLE parcel_leg (
                parcel BIGINT NOT NULL, sequence BIGINT NOT NULL, lane BIGINT NOT NULL, origin BIGINT NOT NULL,
                destination BIGINT NOT NULL, cut_off_at BIGINT NOT NULL, departs_at BIGINT NOT NULL, arrives_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'missed')), PRIMARY KEY (parcel, sequence),
                CHECK (cut_off_at <= departs_at AND departs_at <= arrives_at))
            """,
            "CREATE INDEX parcel_leg_due ON parcel_leg (state, departs_at, parcel)",
        ]),
        Migration(110, "network", [
            """
            CREATE TABLE bag (
                unit BIGINT PRIMARY KEY, site BIGINT NOT NULL, lane BIGINT NOT NULL, destination BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'sealed', 'broken', 'lost')),
                weighed_g BIGINT CHECK (weighed_g > 0), seal TEXT, opened_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK (state <> 'sealed' OR seal IS NOT NULL))
            """,
            "CREATE INDEX bag_site ON bag (site, state, lane, unit)",
            """
            CREATE TABLE trip (
                id BIGINT PRIMARY KEY, lane BIGINT NOT NULL, origin BIGINT NOT NULL, destination BIGINT NOT NULL,
                carrier BIGINT NOT NULL, service BIGINT NOT NULL, trailer BIGINT,
                state TEXT NOT NULL CHECK (state IN
                    ('planned', 'loading', 'departed', 'arrived', 'reconciled', 'cancelled')),
                cut_off_at BIGINT NOT NULL, departs_at BIGINT NOT NULL, arrives_at BIGINT NOT NULL,
                departed_at BIGINT, arrived_at BIGINT, UNIQUE (lane, departs_at),
                CHECK (cut_off_at <= departs_at AND departs_at <= arrives_at),
                CHECK (departed_at IS NULL OR trailer IS NOT NULL), CHECK (arrived_at IS NULL OR departed_at IS NOT NULL))
            """,
            "CREATE INDEX trip_origin ON trip (origin, state, departs_at, id)",
            "CREATE INDEX trip_destination ON trip (destination, state, arrives_at, id)",
            "CREATE INDEX trip_carrier ON trip (carrier, state, departs_at, id)",
            "CREATE UNIQUE INDEX trip_trailer ON trip (trailer)",
            """
            CREATE TABLE trip_count (
                trip BIGINT NOT NULL, unit BIGINT NOT NULL,
                result TEXT NOT NULL CHECK (result IN ('found', 'short', 'over', 'damaged')),
                counted_at BIGINT NOT NULL, PRIMARY KEY (trip, unit, result))
            """,
            "CREATE INDEX trip_count_unit ON trip_count (unit, counted_at)",
            """
            CREATE TABLE interception (
                id BIGINT PRIMARY KEY, parcel BIGINT NOT NULL, order_id BIGINT NOT NULL, cancel BIGINT,
                state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')), why TEXT,
                asked_at BIGINT NOT NULL, answered_at BIGINT, CHECK ((state = 'asked') = (answered_at IS NULL)))
            """,
            "CREATE UNIQUE INDEX interception_open ON interception (parcel) WHERE state = 'asked'",
            "CREATE INDEX interception_order ON interception (order_id, id)",
        ]),
        Migration(251, "redirections", [
            """
            CREATE TABLE redirection (
                id BIGINT PRIMARY KEY, parcel BIGINT NOT NULL, order_id BIGINT NOT NULL, recipient BIGINT,
                destination TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')), why TEXT,
                asked_at BIGINT NOT NULL, answered_at BIGINT, CHECK ((state = 'asked') = (answered_at IS NULL)))
            """,
            "CREATE UNIQUE INDEX redirection_open ON redirection (parcel) WHERE state = 'asked'",
            "CREATE INDEX redirection_order ON redirection (order_id, id)",
        ]),
        Migration(285, "rounds", [
            // Who has a parcel in the van.
            """
            CREATE TABLE driver_round (parcel BIGINT PRIMARY KEY, driver TEXT NOT NULL, taken_at BIGINT NOT NULL)
            """,
            "CREATE INDEX driver_round_driver ON driver_round (driver, parcel)",
        ]),
    ]
}
