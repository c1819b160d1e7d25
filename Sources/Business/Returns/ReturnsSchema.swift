import Store

/// What comes back, and what the shopper gets for it.
package enum ReturnsSchema {
    package static let migrations = [
        Migration(120, "returns", policies + requests + goods + money), Migration(310, "goodwill", GoodwillSchema.statements),
    ]

    private static let policies = [
        """
        CREATE TABLE return_policy (
            merchant BIGINT NOT NULL, from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, terms TEXT NOT NULL,
            PRIMARY KEY (merchant, from_day), CHECK (from_day < until_day))
        """
    ]

    private static let requests = [
        // The terms are those that held when the order was placed. The amounts are what was told to the shopper.
        """
        CREATE TABLE rma (
            id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, order_id BIGINT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('request', 'blind', 'rto')), number TEXT NOT NULL, content_hash TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('requested', 'authorised', 'in_transit', 'received', 'inspected', 'closed',
                'cancelled', 'expired', 'denied')),
            resolution TEXT NOT NULL, method TEXT NOT NULL, refund_on TEXT NOT NULL, site BIGINT NOT NULL,
            parcel BIGINT NOT NULL DEFAULT 0, currency TEXT NOT NULL, keep BIGINT NOT NULL DEFAULT 0, terms TEXT NOT NULL,
            items_minor BIGINT NOT NULL, tax_minor BIGINT NOT NULL, shipping_minor BIGINT NOT NULL, fee_minor BIGINT NOT NULL,
            label_minor BIGINT NOT NULL, replacement BIGINT, requested_at BIGINT NOT NULL, expires_at BIGINT,
            received_at BIGINT, closed_at BIGINT, why TEXT, UNIQUE (merchant, kind, number),
            CHECK (items_minor + tax_minor + shipping_minor - fee_minor - label_minor >= 0))
        """,
        "CREATE INDEX rma_order ON rma (order_id)",
        "CREATE INDEX rma_state ON rma (state, id)",
        "CREATE INDEX rma_merchant ON rma (merchant, id)",
        "CREATE INDEX rma_site ON rma (site, state, id)",
        "CREATE INDEX rma_replacement ON rma (replacement) WHERE replacement IS NOT NULL",
        "CREATE UNIQUE INDEX rma_parcel ON rma (parcel) WHERE parcel <> 0",
        // Each announced unit comes to one end: kept by the shopper, received, missing, or withdrawn before it came.
        """
        CREATE TABLE rma_item (
            id BIGINT PRIMARY KEY, rma BIGINT NOT NULL, order_id BIGINT NOT NULL, component BIGINT NOT NULL,
            parcel BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL, reason TEXT NOT NULL, wanted_sku BIGINT,
            announced BIGINT NOT NULL CHECK (announced > 0), kept BIGINT NOT NULL DEFAULT 0 CHECK (kept >= 0),
            received BIGINT NOT NULL DEFAULT 0 CHECK (received >= 0), missing BIGINT NOT NULL DEFAULT 0 CHECK (missing >= 0),
            withdrawn BIGINT NOT NULL DEFAULT 0 CHECK (withdrawn >= 0), granted BIGINT NOT NULL DEFAULT 0,
            CHECK (kept + received + missing + withdrawn <= announced), CHECK (granted >= 0 AND granted <= announced))
        """,
        "CREATE INDEX rma_item_rma ON rma_item (rma, id)",
        "CREATE INDEX rma_item_order ON rma_item (order_id)",
        // The handling unit in which a return travels.
        """
        CREATE TABLE return_parcel (
            unit BIGINT PRIMARY KEY, rma BIGINT NOT NULL UNIQUE, merchant BIGINT NOT NULL, site BIGINT NOT NULL,
            service BIGINT NOT NULL, label BIGINT, grams BIGINT NOT NULL, length_mm BIGINT NOT NULL, width_mm BIGINT NOT NULL,
            height_mm BIGINT NOT NULL, at_site BIGINT, state TEXT NOT NULL CHECK (state IN
                ('with_shopper', 'dropped_off', 'in_transit', 'with_carrier', 'arrived', 'opened', 'lost', 'voided')),
            CHECK ((at_site IS NOT NULL) = (state IN ('dropped_off', 'arrived'))))
        """,
        "CREATE INDEX return_parcel_site ON return_parcel (site, state, unit)",
    ]

    private static let goods = [
        // What was found in hand, as far as it is known what becomes of it. Return and item are 0 where there is none.
        """
        CREATE TABLE returned_goods (
            id BIGINT PRIMARY KEY, rma BIGINT NOT NULL, item BIGINT NOT NULL, owner BIGINT NOT NULL, site BIGINT NOT NULL,
            location BIGINT NOT NULL, sku BIGINT NOT NULL, lot BIGINT NOT NULL, quantity BIGINT NOT NULL CHECK (quantity > 0),
            finding TEXT NOT NULL CHECK (finding IN ('as_announced', 'wrong', 'extra', 'counterfeit', 'unknown')),
            state TEXT NOT NULL CHECK (state IN ('received', 'refurbishing', 'aside', 'restocked', 'gone')),
            condition TEXT NOT NULL, grade TEXT CHECK (grade IN ('A', 'B', 'C', 'D')), disposition TEXT, proof TEXT, task BIGINT,
            serial TEXT CHECK (serial IS NULL OR quantity = 1),
            received_at BIGINT NOT NULL, decided_at BIGINT, CHECK (state = 'received' OR grade IS NOT NULL),
            CHECK (state <> 'gone' OR proof IS NOT NULL), CHECK (state <> 'restocked' OR finding <> 'counterfeit'))
        """,
        "CREATE INDEX returned_goods_rma ON returned_goods (rma, id)",
        "CREATE INDEX returned_goods_site ON returned_goods (site, state, id)",
        "CREATE INDEX returned_goods_location ON returned_goods (location, state)",
    ]

    private static let money = [
        """
        CREATE TABLE refund (
            id BIGINT PRIMARY KEY, rma BIGINT UNIQUE, merchant BIGINT NOT NULL, order_id BIGINT NOT NULL,
            refund_on TEXT NOT NULL, currency TEXT NOT NULL, items_minor BIGINT NOT NULL, tax_minor BIGINT NOT NULL,
            shipping_minor BIGINT NOT NULL, fee_minor BIGINT NOT NULL, label_minor BIGINT NOT NULL,
            amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0), state TEXT NOT NULL CHECK (state IN ('due', 'sent')),
            due_by BIGINT NOT NULL, created_at BIGINT NOT NULL, sent_at BIGINT, reference TEXT,
            CHECK (amount_minor = items_minor + tax_minor + shipping_minor - fee_minor - label_minor),
            CHECK ((state = 'sent') = (sent_at IS NOT NULL)))
        """,
        "CREATE INDEX refund_state ON refund (state, id)",
        "CREATE INDEX refund_order ON refund (order_id)",
        """
        CREATE TABLE refund_item (
            refund BIGINT NOT NULL, item BIGINT NOT NULL, order_id BIGINT NOT NULL, component BIGINT NOT NULL,
            quantity BIGINT NOT NULL CHECK (quantity > 0), PRIMARY KEY (refund, item))
        """,
        "CREATE INDEX refund_item_order ON refund_item (order_id)",
        // The shopper was given something for goods that never came.
        """
        CREATE TABLE return_debt (
            id BIGINT PRIMARY KEY, rma BIGINT NOT NULL UNIQUE, merchant BIGINT NOT NULL, order_id BIGINT NOT NULL,
            units BIGINT NOT NULL CHECK (units > 0), amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
            currency TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'recovered', 'written_off')),
            opened_at BIGINT NOT NULL, due BIGINT NOT NULL, closed_at BIGINT, note TEXT,
            CHECK ((state = 'open') = (closed_at IS NULL)))
        """,
        "CREATE INDEX return_debt_state ON return_debt (state, id)",
        "CREATE INDEX return_debt_order ON return_debt (order_id)",
    ]
}
