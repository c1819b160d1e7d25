import Kernel
import Store

/// What partners were asked for, against what became of it and what they report.
enum PartnerChecks {
    static let all = [lines, units, state, supply, penalties]

    static let lines = AuditCheck(
        "handoff_line.facts", "What a partner's line has shipped and dropped is what was told of it.",
        table: "handoff_line", keys: .ids(of: "handoff_line")
    ) {
        """
        SELECT id, shipped, dropped, told, gone FROM (
            SELECT l.id, l.shipped, l.dropped,
                COALESCE((SELECT SUM(f.quantity) FROM handoff_fact f WHERE f.line = l.id AND f.kind = 'shipped'), 0) AS told,
                COALESCE((SELECT SUM(f.quantity) FROM handoff_fact f WHERE f.line = l.id AND f.kind <> 'shipped'), 0) AS gone
            FROM handoff_line l WHERE \($0.covers("l.id"))) AS booked
        WHERE shipped <> told OR dropped <> gone ORDER BY id
        """
    } decode: {
        let (id, shipped, dropped): (FulfillmentLineID, Int64, Int64) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            id.description, expected: "\(try $0.next(Int64.self)) shipped, \(try $0.next(Int64.self)) dropped",
            found: "\(shipped) shipped, \(dropped) dropped")
    }

    static let units = AuditCheck(
        "handoff_line.units", "A partner's line is its fulfillment line: asked less dropped, and as much sent as shipped.",
        table: "handoff_line", keys: .ids(of: "handoff_line")
    ) {
        """
        SELECT h.id, h.asked - h.dropped, l.quantity, h.shipped, l.packed FROM handoff_line h
        LEFT JOIN fulfillment_line l ON l.id = h.id
        WHERE \($0.covers("h.id")) AND (l.id IS NULL OR l.quantity <> h.asked - h.dropped OR l.packed <> h.shipped)
        ORDER BY h.id
        """
    } decode: {
        let (id, asked, quantity): (FulfillmentLineID, Int64, Int64?) = try ($0.next(), $0.next(), $0.next())
        let (shipped, packed): (Int64, Int64?) = try ($0.next(), $0.next())
        return Disagreement(
            id.description, expected: "\(asked) asked, \(shipped) sent", found: "\(quantity ?? 0) asked, \(packed ?? 0) sent")
    }

    static let state = AuditCheck(
        "handoff.state", "A partner has sent what its state says, and its fulfillment order says the same.",
        table: "handoff", keys: .values(of: "fulfillment_order", in: ["handoff"], limit: 2000)
    ) {
        """
        SELECT id, state, head, open, shipped FROM (
            SELECT h.fulfillment_order AS id, h.state, f.state AS head,
                (SELECT SUM(l.asked - l.shipped - l.dropped) FROM handoff_line l WHERE l.fulfillment_order = h.fulfillment_order)
                    AS open,
                (SELECT SUM(l.shipped) FROM handoff_line l WHERE l.fulfillment_order = h.fulfillment_order) AS shipped
            FROM handoff h LEFT JOIN fulfillment_order f ON f.id = h.fulfillment_order
            WHERE \($0.covers("h.fulfillment_order"))) AS work
        WHERE head IS NULL
            OR state IN ('sent', 'accepted', 'shipping', 'cancel_requested') AND (open = 0 OR head <> 'released')
            OR state IN ('sent', 'accepted') AND shipped > 0
            OR state IN ('shipped', 'closed') AND (open > 0 OR shipped = 0 OR head <> state)
            OR state IN ('rejected', 'short', 'cancelled', 'withdrawn') AND (open > 0 OR shipped > 0 OR head <> 'cancelled')
        ORDER BY id
        """
    } decode: {
        let (id, state, head): (FulfillmentID, String, String?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            id.description, expected: "units and a fulfillment order as '\(state)' demands",
            found: "\(head ?? "none"), \(try $0.next(Int64.self)) open, \(try $0.next(Int64.self)) shipped")
    }

    static let supply = AuditCheck(
        "supply.partner", "What may be promised of a partner's goods is its newest report less what has left since.",
        table: "partner_stock", keys: .values(of: "site", in: ["partner_stock"], limit: 20)
    ) {
        """
        SELECT sku, site, due, sellable FROM (
            SELECT p.sku, p.site, CASE WHEN p.reported > p.gone THEN p.reported - p.gone ELSE 0 END AS due,
                COALESCE((SELECT SUM(s.sellable) FROM supply s WHERE s.sku = p.sku AND s.site = p.site AND s.owner = p.owner
                    AND s.kind = 'partner'), 0) AS sellable
            FROM (SELECT q.*, COALESCE((SELECT SUM(f.quantity) FROM handoff_fact f WHERE f.sku = q.sku AND f.site = q.site
                    AND f.takes_stock = 1 AND f.occurred_at > q.as_of), 0) AS gone
                FROM partner_stock q WHERE \($0.covers("q.site"))) AS p) AS goods
        WHERE due <> sellable ORDER BY site, sku
        """
    } decode: {
        let (sku, site): (SKUID, SiteID) = try ($0.next(), $0.next())
        return Disagreement("\(sku) at \(site)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let penalties = AuditCheck(
        "partner_penalty.agreement", "A penalty is of an agreement of its site and merchant, and what that says.",
        table: "partner_penalty", keys: .ids(of: "partner_penalty")
    ) {
        """
        SELECT p.id, p.amount, a.id FROM partner_penalty p
        LEFT JOIN partner_agreement a ON a.id = p.agreement AND a.site = p.site AND a.merchant = p.merchant
            AND a.currency = p.currency
        WHERE \($0.covers("p.id")) AND (a.id IS NULL OR p.amount <> p.units * CASE p.kind
            WHEN 'late_acceptance' THEN a.late_acceptance WHEN 'late_shipment' THEN a.late_shipment
            WHEN 'late_report' THEN a.late_report WHEN 'rejected' THEN a.rejected_unit ELSE a.short_unit END)
        ORDER BY p.id
        """
    } decode: {
        let (id, amount, agreement): (PenaltyID, Int64, AgreementID?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            id.description, expected: "what its agreement says", found: "\(amount) under \(agreement?.description ?? "none")")
    }
}
