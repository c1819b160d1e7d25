import Kernel
import Store

/// Parcels against what is in them, who has them and which labels they bear.
enum ParcelChecks {
    static let all = [stock, items, place, holder, label, labelsOfLeg, labelsOfShipment]

    /// What came back stays in its parcel until the returns desk opens it. One that was voided or pulled is emptied by un-pick
    /// tasks.
    static let stock = AuditCheck(
        "parcel.stock", "A parcel holds its items until it is delivered or lost, or what is still to be taken out of it.",
        table: "parcel", keys: .ids(of: "parcel", limit: 1000)
    ) {
        """
        SELECT parcel, sku, lot, SUM(listed), SUM(held) FROM (
            SELECT p.id AS parcel, i.owner, i.sku, i.lot, i.quantity AS listed, 0 AS held FROM parcel p
            JOIN parcel_item i ON i.parcel = p.id WHERE \($0.covers("p.id")) AND p.state NOT IN ('delivered', 'lost', 'voided')
                AND (p.state <> 'returned' OR p.pull = 0 OR p.handed_over_at IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM rma r WHERE r.parcel = p.id AND r.parcel <> 0)
            UNION ALL
            SELECT p.id, t.owner, t.sku, t.lot, t.quantity, 0 FROM parcel p
            JOIN task t ON t.fulfillment_order = p.fulfillment_order AND t.from_kind = 'unit' AND t.from_place = p.id
            WHERE \($0.covers("p.id")) AND t.kind = 'unpick' AND t.state = 'open'
                AND (p.state = 'voided' OR p.state = 'returned' AND p.pull = 1 AND p.handed_over_at IS NULL)
            UNION ALL
            SELECT p.id, s.owner, s.sku, s.lot, 0, s.on_hand FROM parcel p
            JOIN stock s ON s.place = p.id AND s.place_kind = 'unit' WHERE \($0.covers("p.id"))
        ) AS contents
        GROUP BY parcel, owner, sku, lot HAVING SUM(listed) <> SUM(held) ORDER BY parcel, owner, sku, lot
        """
    } decode: {
        let (parcel, sku, lot): (UnitID, SKUID, Int64) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "\(parcel) \(sku)\(lot == 0 ? "" : " \(LotID(lot))")", expected: try $0.next(Int64.self),
            found: try $0.next(Int64.self))
    }

    static let items = AuditCheck(
        "parcel_item.links", "A parcel's items are of components of its order.",
        table: "parcel_item", keys: .ids(of: "parcel", limit: 1000)
    ) {
        """
        SELECT i.id, p.id, i.component, p.order_id FROM parcel p JOIN parcel_item i ON i.parcel = p.id
        LEFT JOIN order_component c ON c.id = i.component AND c.order_id = i.order_id AND c.sku = i.sku AND c.merchant = i.owner
        WHERE \($0.covers("p.id")) AND (c.id IS NULL OR i.order_id <> p.order_id) ORDER BY i.id
        """
    } decode: {
        let (item, parcel): (Int64, UnitID) = try ($0.next(), $0.next())
        let (component, order): (ComponentID, OrderID) = try ($0.next(), $0.next())
        return Disagreement("\(UnitID(item)) in \(parcel)", expected: "a component of \(order)", found: component.description)
    }

    static let place = AuditCheck(
        "parcel.place", "A parcel stands at a site or is away from all; one that is under way, or ended elsewhere, has left.",
        table: "parcel", keys: .ids(of: "parcel")
    ) {
        """
        SELECT id, state, at_site, left_at FROM parcel WHERE \($0.covers("id"))
            AND ((at_site IS NULL) <> (state NOT IN ('packed', 'labelled', 'voided', 'returned'))
                OR left_at IS NULL AND state NOT IN ('packed', 'labelled', 'voided')
                OR left_at IS NULL AND at_site <> site OR left_at IS NOT NULL AND state = 'voided')
        ORDER BY id
        """
    } decode: {
        let (parcel, state): (UnitID, String) = try ($0.next(), $0.next())
        let (site, left): (SiteID?, Instant?) = try ($0.next(), $0.next())
        return Disagreement(
            "\(parcel), \(state)", expected: "a site and a time that fit the state",
            found: "at \(site?.description ?? "no site"), left \(left?.description ?? "never")")
    }

    /// Who has what is inside another unit stands with the outermost.
    static let holder = AuditCheck(
        "parcel.custody", "A loose parcel is with the site where it stands, else with who carries it, then with the shopper.",
        table: "parcel", keys: .ids(of: "parcel")
    ) {
        """
        SELECT id, state, due, holder_kind, at_site, holder FROM (
            SELECT p.id, p.state, p.at_site, c.holder_kind, c.holder,
                CASE WHEN p.at_site IS NOT NULL OR p.state = 'delivered' AND o.to_site IS NOT NULL THEN 'site'
                    WHEN p.state = 'delivered' THEN 'shopper' ELSE 'carrier' END AS due
            FROM parcel p LEFT JOIN outbound_order o ON o.order_id = p.order_id
            LEFT JOIN custody c ON c.unit = p.id AND c.until_at IS NULL
            WHERE \($0.covers("p.id"))
                AND NOT EXISTS (SELECT 1 FROM containment i WHERE i.child = p.id AND i.until_at IS NULL)) AS held
        WHERE holder_kind IS NULL OR holder_kind <> due OR due = 'site' AND holder <> at_site ORDER BY id
        """
    } decode: {
        let (parcel, state): (UnitID, String) = try ($0.next(), $0.next())
        let (due, kind): (String, String?) = try ($0.next(), $0.next())
        let (site, holder): (SiteID?, Int64?) = try ($0.next(), $0.next())
        return Disagreement(
            "\(parcel), \(state)", expected: "\(due) \(site?.description ?? "")",
            found: kind.map { "\($0) \(holder ?? 0)" } ?? "nobody")
    }

    static let label = AuditCheck(
        "parcel.label",
        "A parcel that is labelled or was handed over bears a current label; one just packed, or voided, none.",
        table: "parcel", keys: .ids(of: "parcel")
    ) {
        """
        SELECT id, state, due, labels FROM (
            SELECT p.id, p.state, p.handed_over_at,
                CASE WHEN p.state IN ('packed', 'voided') THEN 0 ELSE 1 END AS due,
                (SELECT COUNT(*) FROM label l WHERE l.parcel = p.id AND l.state = 'current' AND l.leg = 'last_mile') AS labels
            FROM parcel p WHERE \($0.covers("p.id"))) AS labelled
        WHERE labels <> due AND (labels > 1 OR state IN ('packed', 'labelled', 'voided') OR handed_over_at IS NOT NULL)
        ORDER BY id
        """
    } decode: {
        let (parcel, state): (UnitID, String) = try ($0.next(), $0.next())
        return Disagreement("\(parcel), \(state)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let labelsOfShipment = AuditCheck(
        "label.shipment", "The current labels of a shipment name one master, whose number its first label bears.", table: "label",
        keys: .ids(of: "parcel")
    ) {
        """
        SELECT l.id, l.master, f.number FROM label l LEFT JOIN label f ON f.id = l.shipment
        WHERE \($0.covers("l.parcel")) AND l.state = 'current'
            AND (l.shipment IS NULL AND l.master IS NOT NULL
                OR l.shipment IS NOT NULL AND (l.master IS NULL OR f.number IS NULL OR l.master <> f.number))
        ORDER BY l.id
        """
    } decode: {
        let (label, master, number): (LabelID, String?, String?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(label.description, expected: number ?? "no master", found: master ?? "none")
    }

    static let labelsOfLeg = AuditCheck(
        "label.current", "A parcel has at most one current label a leg.", table: "label", keys: .ids(of: "parcel")
    ) {
        """
        SELECT parcel, leg, COUNT(*) FROM label WHERE \($0.covers("parcel")) AND state = 'current'
        GROUP BY parcel, leg HAVING COUNT(*) > 1 ORDER BY parcel, leg
        """
    } decode: {
        let (parcel, leg): (UnitID, String) = try ($0.next(), $0.next())
        return Disagreement("\(parcel), \(leg)", expected: "1 at most", found: try $0.next(Int64.self).description)
    }
}
