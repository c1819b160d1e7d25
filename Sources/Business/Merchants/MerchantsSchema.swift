import Store

/// Merchants and what they sell.
package enum MerchantsSchema {
    package static let migrations = [
        Migration(20, "merchants", [
            """
            CREATE TABLE merchant (
                id BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, currency TEXT NOT NULL,
                created_at BIGINT NOT NULL, catalog BIGINT NOT NULL DEFAULT 0)
            """,
            """
            CREATE TABLE sku (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
                hs_code TEXT, origin TEXT, value_minor BIGINT,
                fragile BIGINT NOT NULL DEFAULT 0, liquid BIGINT NOT NULL DEFAULT 0, this_side_up BIGINT NOT NULL DEFAULT 0,
                own_container BIGINT NOT NULL DEFAULT 0, lot_tracked BIGINT NOT NULL DEFAULT 0,
                serial_tracked BIGINT NOT NULL DEFAULT 0,
                un_number TEXT, dg_class TEXT, packing_group TEXT, limited_quantity BIGINT NOT NULL DEFAULT 0,
                battery TEXT, battery_mwh BIGINT, is_kit BIGINT NOT NULL DEFAULT 0,
                kit_may_split BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL, UNIQUE (merchant, code))
            """,
            """
            CREATE TABLE packaging_level (
                sku BIGINT NOT NULL, level TEXT NOT NULL CHECK (level IN ('each', 'inner', 'case', 'pallet')),
                units BIGINT NOT NULL CHECK (units > 0),
                length_mm BIGINT CHECK (length_mm > 0), width_mm BIGINT CHECK (width_mm > 0),
                height_mm BIGINT CHECK (height_mm > 0), weight_g BIGINT CHECK (weight_g > 0), measured_at BIGINT,
                PRIMARY KEY (sku, level))
            """,
            """
            CREATE TABLE barcode (
                merchant BIGINT NOT NULL, code TEXT NOT NULL, sku BIGINT NOT NULL, level TEXT NOT NULL,
                PRIMARY KEY (merchant, code))
            """,
            "CREATE INDEX barcode_sku ON barcode (sku, level, code)",
            "CREATE INDEX barcode_code ON barcode (code, merchant)",
            """
            CREATE TABLE kit_component (
                kit BIGINT NOT NULL, sku BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
                price_weight BIGINT NOT NULL DEFAULT 1 CHECK (price_weight >= 0), PRIMARY KEY (kit, sku))
            """,
        ])
    ]
}
