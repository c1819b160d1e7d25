import Kernel
import Store

/// The commitment book: supplies against goods, claims and announcements.
enum SupplyChecks {
    static let all = [onHand, reserved, held, short, inbound, source, transfer]

    static let onHand = AuditCheck(
        "supply.on_hand", "What may be promised of goods on hand, over all pools, is what stands in sellable places of the site.",
        table: "supply", keys: .values(of: "sku", in: ["stock", "supply"], limit: 500)
    ) {
        """
        SELECT sku, site, owner, MAX(supply), SUM(stands), SUM(sellable) FROM (
            SELECT owner, sku, site, on_hand AS stands, 0 AS sellable, 0 AS supply FROM stock
            WHERE \($0.covers("sku")) AND sellable = 1
            UNION ALL
            SELECT owner, sku, site, 0, sellable, id FROM supply WHERE \($0.covers("sku")) AND kind = 'on_hand'
        ) AS goods
        GROUP BY owner, sku, site HAVING SUM(stands) <> SUM(sellable) ORDER BY sku, site, owner
        """
    } decode: {
        let (sku, site, owner): (SKUID, SiteID, MerchantID) = try ($0.next(), $0.next(), $0.next())
        let supply: Int64 = try $0.next()
        return Disagreement(
            "\(supply == 0 ? "(no row)" : SupplyID(supply).description) \(sku) of \(owner) at \(site)",
            expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let reserved = AuditCheck(
        "supply.reserved", "What is reserved of a supply is the sum of the reservations that count.",
        table: "supply", keys: .ids(of: "supply")
    ) {
        """
        SELECT s.id, COALESCE(r.quantity, 0), s.reserved FROM supply s
        LEFT JOIN (SELECT supply, SUM(quantity) AS quantity FROM reservation
            WHERE block IN \(.blocks(of: "reservation")) AND \($0.covers("supply")) AND state IN ('active', 'allocated', 'breaking')
            GROUP BY supply) AS r
            ON r.supply = s.id
        WHERE \($0.covers("s.id")) AND s.reserved <> COALESCE(r.quantity, 0) ORDER BY s.id
        """
    } decode: {
        try Disagreement($0.next(SupplyID.self).description, expected: $0.next(Int64.self), found: $0.next(Int64.self))
    }

    static let held = AuditCheck(
        "supply.held", "What is held of a supply is the sum of its active holds.",
        table: "supply", keys: .ids(of: "supply")
    ) {
        """
        SELECT s.id, COALESCE(h.quantity, 0), s.held FROM supply s
        LEFT JOIN (SELECT c.supply, SUM(c.quantity) AS quantity FROM hold_claim c JOIN hold o ON o.id = c.hold
            WHERE o.state = 'active' AND \($0.covers("c.supply")) GROUP BY c.supply) AS h ON h.supply = s.id
        WHERE \($0.covers("s.id")) AND s.held <> COALESCE(h.quantity, 0) ORDER BY s.id
        """
    } decode: {
        try Disagreement($0.next(SupplyID.self).description, expected: $0.next(Int64.self), found: $0.next(Int64.self))
    }

    /// Overselling would show here: more promised than there is, and nothing that says so.
    static let short = AuditCheck(
        "supply.short", "What is promised beyond what may be promised stands as short, and nothing else does.",
        table: "supply", keys: .ids(of: "supply")
    ) {
        """
        SELECT id, due, short FROM (
            SELECT id, short,
                CASE WHEN held + reserved > sellable THEN held + reserved - sellable ELSE 0 END AS due
            FROM supply WHERE \($0.covers("id"))) AS shortfall
        WHERE short <> due ORDER BY id
        """
    } decode: {
        try Disagreement($0.next(SupplyID.self).description, expected: $0.next(Int64.self), found: $0.next(Int64.self))
    }

    static let inbound = AuditCheck(
        "supply.inbound", "An open ASN line may be promised as far as it has not come; a closed one not at all.",
        table: "supply", keys: .ids(of: "asn_line")
    ) {
        """
        SELECT line, asn, sku, due, announced FROM (
            SELECT l.id AS line, l.asn, l.sku,
                CASE WHEN a.state IN ('announced', 'receiving') AND l.expected > l.received
                    THEN l.expected - l.received ELSE 0 END AS due,
                COALESCE((SELECT SUM(s.sellable) FROM supply s WHERE s.sku = l.sku AND s.site = a.site
                    AND s.owner = a.merchant AND s.kind = 'inbound' AND s.source = a.id), 0) AS announced
            FROM asn_line l JOIN asn a ON a.id = l.asn WHERE \($0.covers("l.id"))) AS line_due
        WHERE due <> announced ORDER BY line
        """
    } decode: {
        let (line, asn, sku): (ASNLineID, ASNID, SKUID) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "of \(sku) in \(line) of \(asn)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let source = AuditCheck(
        "supply.source", "An inbound supply stands on an ASN line of its merchant and site.",
        table: "supply", keys: .ids(of: "supply")
    ) {
        """
        SELECT s.id, s.sku, s.source FROM supply s WHERE \($0.covers("s.id")) AND s.kind = 'inbound' AND NOT EXISTS (
            SELECT 1 FROM asn a JOIN asn_line l ON l.asn = a.id
            WHERE a.id = s.source AND a.merchant = s.owner AND a.site = s.site AND l.sku = s.sku)
        ORDER BY s.id
        """
    } decode: {
        let (id, sku, asn): (SupplyID, SKUID, ASNID) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(id.description, expected: "a line of \(asn) with \(sku)", found: "none")
    }

    static let transfer = AuditCheck(
        "supply.transfer", "What may be promised of a transfer is what left and has not arrived.",
        table: "supply", keys: .values(of: "order_id", in: ["outbound_order"], limit: 500)
    ) {
        """
        SELECT order_id, sku, SUM(coming), SUM(announced) FROM (
            SELECT o.order_id, i.sku, i.quantity AS coming, 0 AS announced FROM outbound_order o
            JOIN parcel p ON p.order_id = o.order_id JOIN parcel_item i ON i.parcel = p.id
            WHERE \($0.covers("o.order_id")) AND o.to_site IS NOT NULL
                AND (p.state IN ('in_transit', 'handed_over', 'out_for_delivery', 'attempted', 'available_for_pickup')
                    OR p.state IN ('packed', 'labelled') AND p.left_at IS NOT NULL)
            UNION ALL
            SELECT o.order_id, c.sku, 0, s.sellable FROM outbound_order o JOIN order_component c ON c.order_id = o.order_id
            JOIN supply s ON s.sku = c.sku AND s.site = o.to_site AND s.owner = o.merchant AND s.source = o.order_id
            WHERE \($0.covers("o.order_id")) AND s.kind = 'transfer'
        ) AS goods
        GROUP BY order_id, sku HAVING SUM(coming) <> SUM(announced) ORDER BY order_id, sku
        """
    } decode: {
        let (order, sku): (OrderID, SKUID) = try ($0.next(), $0.next())
        return Disagreement("\(order) \(sku)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }
}
