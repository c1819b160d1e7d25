import Kernel
import Store

/// What came back against what was announced, what was given for it, and where it lies.
enum ReturnChecks {
    static let all = [ends, goods, parcels, places, refundedUnits, refundedMoney, goodwill, stock]

    static let ends = AuditCheck(
        "rma_item.ends", "Each unit of a return that has ended came to one end: kept, received, missing or withdrawn.",
        table: "rma_item", keys: .ids(of: "rma", limit: 1000)
    ) {
        """
        SELECT i.id, r.id, i.announced, i.kept + i.received + i.missing + i.withdrawn FROM rma r JOIN rma_item i ON i.rma = r.id
        WHERE \($0.covers("r.id")) AND (i.kept + i.received + i.missing + i.withdrawn > i.announced
            OR r.state NOT IN ('requested', 'authorised', 'in_transit')
                AND i.kept + i.received + i.missing + i.withdrawn <> i.announced)
        ORDER BY i.id
        """
    } decode: {
        let (item, rma): (RMAItemID, RMAID) = try ($0.next(), $0.next())
        return Disagreement("\(item) of \(rma)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let goods = AuditCheck(
        "rma_item.goods", "The received units of an item are the goods that were found as announced.",
        table: "rma_item", keys: .ids(of: "rma", limit: 1000)
    ) {
        """
        SELECT item, SUM(received), SUM(found) FROM (
            SELECT id AS item, received, 0 AS found FROM rma_item WHERE \($0.covers("rma"))
            UNION ALL
            SELECT item, 0, quantity FROM returned_goods WHERE \($0.covers("rma")) AND item <> 0) AS units
        GROUP BY item HAVING SUM(received) <> SUM(found) ORDER BY item
        """
    } decode: {
        Disagreement(try $0.next(RMAItemID.self).description, expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let parcels = AuditCheck(
        "rma_item.parcel", "No more units are in returns than went out in their parcel.",
        table: "rma_item", keys: .ids(of: "orders", limit: 1000)
    ) {
        """
        SELECT parcel, component, SUM(sent), SUM(back) FROM (
            SELECT i.parcel, i.component, i.quantity AS sent, 0 AS back FROM parcel p JOIN parcel_item i ON i.parcel = p.id
            WHERE \($0.covers("p.order_id"))
            UNION ALL
            SELECT parcel, component, 0, announced - missing - withdrawn FROM rma_item WHERE \($0.covers("order_id"))) AS units
        GROUP BY parcel, component HAVING SUM(back) > SUM(sent) ORDER BY parcel, component
        """
    } decode: {
        let (parcel, component): (UnitID, ComponentID) = try ($0.next(), $0.next())
        return Disagreement(
            "\(component) in \(parcel)", expected: "\(try $0.next(Int64.self)) at most", found: "\(try $0.next(Int64.self))")
    }

    static let places = AuditCheck(
        "return_parcel.custody", "A loose parcel of a return is with the site where it stands.",
        table: "return_parcel", keys: .values(of: "unit", in: ["return_parcel"], limit: 1000)
    ) {
        """
        SELECT p.unit, p.at_site, c.holder_kind, c.holder FROM return_parcel p
        LEFT JOIN custody c ON c.unit = p.unit AND c.until_at IS NULL
        WHERE \($0.covers("p.unit")) AND p.at_site IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM containment i WHERE i.child = p.unit AND i.until_at IS NULL)
            AND (c.holder_kind IS NULL OR c.holder_kind <> 'site' OR c.holder <> p.at_site)
        ORDER BY p.unit
        """
    } decode: {
        let (parcel, site): (UnitID, SiteID) = try ($0.next(), $0.next())
        let (kind, holder): (String?, Int64?) = try ($0.next(), $0.next())
        return Disagreement(
            parcel.description, expected: "at \(site)", found: kind.map { "\($0) \(holder ?? 0)" } ?? "nobody")
    }

    static let refundedUnits = AuditCheck(
        "order_component.refunded", "The refunded units of a component are those of its refunds, and arrived or came back.",
        table: "order_component", keys: .ids(of: "orders", limit: 1000)
    ) {
        """
        SELECT component, SUM(stands), SUM(known), SUM(there) FROM (
            SELECT id AS component, refunded AS stands, 0 AS known, delivered + returned AS there FROM order_component
            WHERE \($0.covers("order_id"))
            UNION ALL
            SELECT component, 0, quantity, 0 FROM refund_item WHERE \($0.covers("order_id"))) AS units
        GROUP BY component HAVING SUM(stands) <> SUM(known) OR SUM(stands) > SUM(there) ORDER BY component
        """
    } decode: {
        let component = try $0.next(ComponentID.self), stands = try $0.next(Int64.self)
        return Disagreement(
            component.description, expected: "\(try $0.next(Int64.self)), of \(try $0.next(Int64.self)) at most", found: "\(stands)")
    }

    static let refundedMoney = AuditCheck(
        "order.refunded", "The refunded money of an order is that of its refunds, and no more than was paid.",
        table: "orders", keys: .ids(of: "orders", limit: 1000)
    ) {
        """
        SELECT id, SUM(stands), SUM(known), SUM(total) FROM (
            SELECT id, refunded_minor AS stands, 0 AS known, total_minor AS total FROM orders WHERE \($0.covers("id"))
            UNION ALL
            SELECT order_id, 0, amount_minor, 0 FROM refund WHERE \($0.covers("order_id"))) AS money
        GROUP BY id HAVING SUM(stands) <> SUM(known) OR SUM(stands) > SUM(total) ORDER BY id
        """
    } decode: {
        let order = try $0.next(OrderID.self), stands = try $0.next(Int64.self)
        return Disagreement(
            order.description, expected: "\(try $0.next(Int64.self)), of \(try $0.next(Int64.self)) at most", found: "\(stands)")
    }

    static let goodwill = AuditCheck(
        "refund.cause", "A refund without a return is that of goodwill or of a claim, of the same order and amount.",
        table: "refund", keys: .ids(of: "refund", limit: 1000)
    ) {
        """
        SELECT id, amount, given FROM (
            SELECT r.id, r.rma, r.amount_minor AS amount, COALESCE(g.amount_minor, 0) + COALESCE(c.granted_minor, 0) AS given
            FROM refund r LEFT JOIN goodwill g ON g.refund = r.id AND g.order_id = r.order_id AND g.currency = r.currency
            LEFT JOIN claim c ON c.refund = r.id AND c.order_id = r.order_id AND c.currency = r.currency
            WHERE \($0.covers("r.id"))) AS money
        WHERE given <> CASE WHEN rma IS NULL THEN amount ELSE 0 END ORDER BY id
        """
    } decode: {
        let (refund, stands): (RefundID, Int64) = try ($0.next(), $0.next())
        return Disagreement(refund.description, expected: try $0.next(Int64.self), found: stands)
    }

    static let stock = AuditCheck(
        "returned_goods.stock", "Goods that came back and wait for a decision or a buyer lie where they were put.",
        table: "returned_goods", keys: .values(of: "location", in: ["returned_goods"], limit: 100)
    ) {
        """
        SELECT location, sku, condition, SUM(waiting), SUM(there) FROM (
            SELECT location, owner, sku, lot, condition, quantity AS waiting, 0 AS there FROM returned_goods
            WHERE \($0.covers("location")) AND state IN ('received', 'refurbishing', 'aside')
            UNION ALL
            SELECT place, owner, sku, lot, condition, 0, on_hand FROM stock
            WHERE \($0.covers("place")) AND place_kind = 'location') AS goods
        GROUP BY location, owner, sku, lot, condition HAVING SUM(waiting) > SUM(there)
        ORDER BY location, owner, sku, lot, condition
        """
    } decode: {
        let (location, sku, condition): (LocationID, SKUID, String) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "\(sku) \(condition) in \(location)", expected: "\(try $0.next(Int64.self)) at least",
            found: "\(try $0.next(Int64.self))")
    }
}
