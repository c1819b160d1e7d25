import Kernel
import Store

/// Fulfillment orders against the tasks, claims and parcels that carry them out.
enum FulfillmentChecks {
    static let all = [claims, picked, totes, packed, state, tasks]

    static let claims = AuditCheck(
        "fulfillment_line.claims", "What a line still has to pick is claimed, and a cancelled one claims nothing.",
        table: "fulfillment_line", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT id, head, due, claimed FROM (
            SELECT l.id, f.id AS head, CASE WHEN f.state = 'cancelled' THEN 0 ELSE l.quantity - l.picked END AS due,
                COALESCE((SELECT SUM(r.quantity) FROM reservation r WHERE r.fulfillment_line = l.id
                    AND r.state IN ('active', 'allocated', 'breaking')), 0) AS claimed
            FROM fulfillment_order f JOIN fulfillment_line l ON l.fulfillment_order = f.id
            WHERE \($0.covers("f.id"))) AS line_claims
        WHERE due <> claimed ORDER BY id
        """
    } decode: { try line(&$0) }

    static let picked = AuditCheck(
        "fulfillment_line.picked", "What a line has picked is what its pick tasks have done, or what its partner has sent.",
        table: "fulfillment_line", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT id, head, due, picked FROM (
            SELECT l.id, f.id AS head, l.picked,
                COALESCE((SELECT SUM(t.done) FROM task t WHERE t.fulfillment_order = f.id AND t.fulfillment_line = l.id
                    AND t.kind = 'pick'), 0)
                + COALESCE((SELECT h.shipped FROM handoff_line h WHERE h.id = l.id), 0) AS due
            FROM fulfillment_order f JOIN fulfillment_line l ON l.fulfillment_order = f.id
            WHERE \($0.covers("f.id")) AND f.state <> 'cancelled') AS line_picks
        WHERE due <> picked ORDER BY id
        """
    } decode: { try line(&$0) }

    static let totes = AuditCheck(
        "fulfillment_order.totes", "What was picked for a fulfillment order lies in its totes until it is packed.",
        table: "fulfillment_order", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT id, tote, sku, done, held FROM (
            SELECT f.id, t.to_place AS tote, t.sku, SUM(t.done) AS done,
                COALESCE((SELECT SUM(s.on_hand) FROM stock s WHERE s.place = t.to_place AND s.place_kind = 'unit'
                    AND s.owner = t.owner AND s.sku = t.sku AND s.lot = t.lot), 0) AS held
            FROM fulfillment_order f JOIN task t ON t.fulfillment_order = f.id
            WHERE \($0.covers("f.id")) AND f.state IN ('released', 'picked') AND t.kind = 'pick' AND t.done > 0
            GROUP BY f.id, t.to_place, t.owner, t.sku, t.lot) AS picks
        WHERE held < done ORDER BY id, tote, sku
        """
    } decode: {
        let (id, tote, sku): (FulfillmentID, UnitID, SKUID) = try ($0.next(), $0.next(), $0.next())
        let (done, held): (Int64, Int64) = try ($0.next(), $0.next())
        return Disagreement("\(id) \(sku) in \(tote)", expected: "\(done) at least", found: "\(held)")
    }

    static let packed = AuditCheck(
        "fulfillment_line.packed", "What lines have packed of a component is what is in the fulfillment order's parcels.",
        table: "fulfillment_line", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT MAX(line), head, SUM(contained), SUM(packed) FROM (
            SELECT f.id AS head, l.component, l.id AS line, l.packed, 0 AS contained
            FROM fulfillment_order f JOIN fulfillment_line l ON l.fulfillment_order = f.id
            WHERE \($0.covers("f.id")) AND f.state <> 'cancelled' AND f.purpose <> 'disposal'
            UNION ALL
            SELECT f.id, i.component, 0, 0, i.quantity FROM fulfillment_order f
            JOIN parcel p ON p.fulfillment_order = f.id JOIN parcel_item i ON i.parcel = p.id
            WHERE \($0.covers("f.id")) AND f.state <> 'cancelled' AND p.state <> 'voided'
        ) AS packing
        GROUP BY head, component HAVING SUM(contained) <> SUM(packed) ORDER BY head, component
        """
    } decode: { try line(&$0) }

    private static func line(_ row: inout RowReader) throws -> Disagreement {
        let (id, head): (FulfillmentLineID, FulfillmentID) = try (row.next(), row.next())
        return Disagreement("\(id) of \(head)", expected: try row.next(Int64.self), found: try row.next(Int64.self))
    }

    static let state = AuditCheck(
        "fulfillment_order.state", "A fulfillment order has picked, packed and handed over what its state says.",
        table: "fulfillment_order", keys: .ids(of: "fulfillment_order")
    ) {
        """
        SELECT id, state, asked, picked, packed, here, moving FROM (
            SELECT f.id, f.state, l.asked, l.picked, l.packed,
                (SELECT COUNT(*) FROM parcel p WHERE p.fulfillment_order = f.id AND p.left_at IS NULL
                    AND p.state <> 'voided') AS here,
                (SELECT COUNT(*) FROM parcel p WHERE p.fulfillment_order = f.id
                    AND p.left_at IS NOT NULL AND p.state NOT IN ('delivered', 'returned', 'lost')) AS moving
            FROM fulfillment_order f
            JOIN (SELECT d.id, SUM(n.quantity) AS asked, SUM(n.picked) AS picked, SUM(n.packed) AS packed
                FROM fulfillment_order d JOIN fulfillment_line n ON n.fulfillment_order = d.id
                WHERE \($0.covers("d.id")) GROUP BY d.id) AS l ON l.id = f.id
            WHERE \($0.covers("f.id"))) AS work
        WHERE state = 'open' AND picked > 0 OR state = 'picked' AND picked <> asked
            OR state IN ('packed', 'shipped', 'closed') AND packed <> asked
            OR state IN ('shipped', 'closed') AND here > 0 OR state = 'closed' AND moving > 0
        ORDER BY id
        """
    } decode: {
        let (id, state): (FulfillmentID, String) = try ($0.next(), $0.next())
        let (asked, picked, packed): (Int64, Int64, Int64) = try ($0.next(), $0.next(), $0.next())
        let (here, moving): (Int64, Int64) = try ($0.next(), $0.next())
        return Disagreement(
            id.description, expected: "all \(asked) units as '\(state)' demands",
            found: "\(picked) picked, \(packed) packed, \(here) parcels here, \(moving) under way")
    }

    static let tasks = AuditCheck(
        "task.open", "An open pick task belongs to a released fulfillment order and to an open allocation of its quantity.",
        table: "task", keys: .ids(of: "task")
    ) {
        """
        SELECT t.id, f.state, a.state, a.quantity, t.quantity FROM task t
        LEFT JOIN fulfillment_order f ON f.id = t.fulfillment_order
        LEFT JOIN allocation a ON a.id = t.allocation AND a.fulfillment_line = t.fulfillment_line
        WHERE \($0.covers("t.id")) AND t.kind = 'pick' AND t.state = 'open'
            AND (f.id IS NULL OR f.state <> 'released' OR a.id IS NULL OR a.state <> 'open' OR a.quantity <> t.quantity)
        ORDER BY t.id
        """
    } decode: {
        let (id, head, allocation): (TaskID, String?, String?) = try ($0.next(), $0.next(), $0.next())
        let (allocated, asked): (Int64?, Int64) = try ($0.next(), $0.next())
        return Disagreement(
            id.description, expected: "released, an open allocation of \(asked)",
            found: "\(head ?? "no fulfillment order"), \(allocation ?? "no") allocation of \(allocated ?? 0)")
    }
}
