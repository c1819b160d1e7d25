import Store

/// Sites, their places and hours, the carriers and the lanes between sites.
package enum FacilitiesSchema {
    package static let migrations = [
        Migration(30, "facilities", [
            """
            CREATE TABLE site (
                id BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN
                    ('fulfillment_center', 'sort_center', 'hub', 'port', 'drop_off_point')),
                operator TEXT NOT NULL, mode TEXT NOT NULL CHECK (mode IN ('own', 'partner', 'drop_ship')),
                country TEXT NOT NULL, region TEXT NOT NULL, city TEXT NOT NULL, postal_code TEXT NOT NULL,
                street TEXT NOT NULL, latitude BIGINT NOT NULL, longitude BIGINT NOT NULL, zone TEXT NOT NULL,
                handling_minutes BIGINT NOT NULL CHECK (handling_minutes >= 0),
                parcel_cost BIGINT NOT NULL CHECK (parcel_cost >= 0), unit_cost BIGINT NOT NULL CHECK (unit_cost >= 0),
                created_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE site_hours (
                site BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                opens BIGINT NOT NULL, closes BIGINT NOT NULL, from_day BIGINT NOT NULL, until_day BIGINT NOT NULL,
                PRIMARY KEY (site, weekday, opens, from_day),
                CHECK (opens >= 0 AND opens < closes AND closes <= 1440), CHECK (from_day <= until_day))
            """,
            "CREATE TABLE site_closure (site BIGINT NOT NULL, day BIGINT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (site, day))",
            """
            CREATE TABLE location (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, parent BIGINT,
                kind TEXT NOT NULL CHECK (kind IN ('zone', 'aisle', 'bin', 'dock', 'station', 'hold')),
                code TEXT NOT NULL, walk BIGINT NOT NULL DEFAULT 0,
                pickable BIGINT NOT NULL, sellable BIGINT NOT NULL, UNIQUE (site, code),
                CHECK (pickable <= sellable))
            """,
            """
            CREATE TABLE carton (
                id BIGINT PRIMARY KEY, site BIGINT NOT NULL, code TEXT NOT NULL,
                length_mm BIGINT NOT NULL CHECK (length_mm > 0), width_mm BIGINT NOT NULL CHECK (width_mm > 0),
                height_mm BIGINT NOT NULL CHECK (height_mm > 0), max_g BIGINT NOT NULL CHECK (max_g > 0),
                tare_g BIGINT NOT NULL CHECK (tare_g >= 0), cost BIGINT NOT NULL CHECK (cost >= 0),
                used BIGINT NOT NULL DEFAULT 0, on_hand BIGINT NOT NULL, UNIQUE (site, code))
            """,
            "CREATE TABLE carrier (id BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, client TEXT NOT NULL)",
            """
            CREATE TABLE carrier_service (
                id BIGINT PRIMARY KEY, carrier BIGINT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, mode TEXT NOT NULL,
                currency TEXT NOT NULL, max_g BIGINT NOT NULL, max_length_mm BIGINT NOT NULL, max_girth_mm BIGINT NOT NULL,
                dim_divisor BIGINT NOT NULL DEFAULT 0, refuses TEXT NOT NULL DEFAULT '[]',
                delivery_weekdays BIGINT NOT NULL DEFAULT 63, attempts BIGINT NOT NULL DEFAULT 3,
                max_pieces BIGINT NOT NULL DEFAULT 1 CHECK (max_pieces >= 1),
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, UNIQUE (carrier, code))
            """,
            """
            CREATE TABLE service_zone (
                service BIGINT NOT NULL, up_to_km BIGINT NOT NULL, zone TEXT NOT NULL,
                transit_days_min BIGINT NOT NULL, transit_days BIGINT NOT NULL, PRIMARY KEY (service, up_to_km),
                CHECK (transit_days_min >= 0 AND transit_days_min <= transit_days))
            """,
            """
            CREATE TABLE service_rate (
                service BIGINT NOT NULL, zone TEXT NOT NULL, up_to_g BIGINT NOT NULL, price BIGINT NOT NULL,
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, PRIMARY KEY (service, zone, up_to_g, from_day))
            """,
            """
            CREATE TABLE lane (
                id BIGINT PRIMARY KEY, origin BIGINT NOT NULL, destination BIGINT, service BIGINT NOT NULL,
                mode TEXT NOT NULL CHECK (mode IN ('road', 'air', 'sea', 'rail')), transit_minutes BIGINT NOT NULL,
                parcel_cost BIGINT NOT NULL DEFAULT 0 CHECK (parcel_cost >= 0),
                refuses TEXT NOT NULL DEFAULT '[]', from_day BIGINT NOT NULL, until_day BIGINT NOT NULL)
            """,
            "CREATE INDEX lane_origin ON lane (origin, destination, id)",
            """
            CREATE TABLE lane_departure (
                lane BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                minute BIGINT NOT NULL CHECK (minute BETWEEN 0 AND 1439),
                cut_off_minutes BIGINT NOT NULL CHECK (cut_off_minutes >= 0),
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, PRIMARY KEY (lane, weekday, minute, from_day))
            """,
            // A number that is never used twice, new with every change; what is cached is as good as its number.
            "CREATE TABLE reference_version (name TEXT PRIMARY KEY, version BIGINT NOT NULL)",
        ]),
        Migration(210, "capacities", [
            """
            CREATE TABLE site_capacity (
                site BIGINT NOT NULL, process TEXT NOT NULL CHECK (process IN ('pick', 'pack', 'sort', 'departure')),
                service BIGINT NOT NULL, weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                opens BIGINT NOT NULL, closes BIGINT NOT NULL, units BIGINT NOT NULL CHECK (units >= 0),
                from_day BIGINT NOT NULL, until_day BIGINT NOT NULL,
                PRIMARY KEY (site, process, service, weekday, opens, from_day),
                CHECK (opens >= 0 AND opens <= closes AND closes <= 1440), CHECK ((process = 'departure') = (service <> 0)))
            """,
            """
            CREATE TABLE capacity_slot (
                site BIGINT NOT NULL, process TEXT NOT NULL, service BIGINT NOT NULL, starts BIGINT NOT NULL,
                ends BIGINT NOT NULL, capacity BIGINT NOT NULL CHECK (capacity >= 0),
                booked BIGINT NOT NULL CHECK (booked >= 0), lost BIGINT NOT NULL CHECK (lost >= 0),
                beyond BIGINT NOT NULL CHECK (beyond >= 0), PRIMARY KEY (site, process, service, starts),
                CHECK (starts <= ends), CHECK (booked + lost <= capacity + beyond))
            """,
            "CREATE INDEX capacity_slot_ends ON capacity_slot (site, ends)",
            """
            CREATE TABLE capacity_booking (
                fulfillment_order BIGINT NOT NULL, order_id BIGINT NOT NULL, merchant BIGINT NOT NULL, site BIGINT NOT NULL,
                process TEXT NOT NULL, service BIGINT NOT NULL, starts BIGINT NOT NULL, units BIGINT NOT NULL CHECK (units >= 0),
                PRIMARY KEY (fulfillment_order, site, process, service, starts))
            """,
            "CREATE INDEX capacity_booking_slot ON capacity_booking (site, process, service, starts)",
        ]),
    ]
}
