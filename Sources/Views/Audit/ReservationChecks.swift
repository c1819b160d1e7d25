import Kernel
import Store

/// Claims: what they stand on, and which bins were chosen for them.
enum ReservationChecks {
    static let all = [links, holdLinks, allocations, allocated]

    static let links = AuditCheck(
        "reservation.links", "A reservation that counts stands on a supply of its goods and is of a fulfillment line of its order.",
        table: "reservation", keys: .ids(of: "reservation")
    ) {
        """
        SELECT r.id, s.id, l.id FROM reservation r
        LEFT JOIN supply s ON s.id = r.supply AND s.sku = r.sku AND s.site = r.site AND s.owner = r.owner
        LEFT JOIN fulfillment_line l ON l.id = r.fulfillment_line AND l.component = r.component AND l.order_id = r.order_id
        WHERE \($0.covers("r.id")) AND r.state IN ('active', 'allocated', 'breaking') AND (s.id IS NULL OR l.id IS NULL)
        ORDER BY r.id
        """
    } decode: {
        let id: ReservationID = try $0.next()
        let (supply, line): (SupplyID?, FulfillmentLineID?) = try ($0.next(), $0.next())
        let missing = (supply == nil ? ["supply"] : []) + (line == nil ? ["fulfillment line"] : [])
        return Disagreement(id.description, expected: "both", found: "no such " + missing.joined(separator: " and no such "))
    }

    static let holdLinks = AuditCheck(
        "hold.links", "An active hold keeps something, of supplies of its merchant and pool, and its claims say that they are active.",
        table: "hold", keys: .ids(of: "hold")
    ) {
        """
        SELECT h.id, COALESCE(c.supply, 0) FROM hold h LEFT JOIN hold_claim c ON c.hold = h.id
        LEFT JOIN supply s ON s.id = c.supply AND s.owner = h.owner AND s.sku = c.sku AND s.pool = h.pool
        WHERE \($0.covers("h.id"))
            AND (c.hold IS NULL OR h.state = 'active' AND s.id IS NULL OR c.active <> CASE WHEN h.state = 'active' THEN 1 ELSE 0 END)
        ORDER BY h.id, c.supply
        """
    } decode: {
        let (id, supply): (HoldID, SupplyID) = try ($0.next(), $0.next())
        return Disagreement(id.description, expected: supply.description, found: "no such supply, or not the state of its hold")
    }

    static let allocations = AuditCheck(
        "allocation.links", "An open allocation is of goods that its reservation claims, that are here, and of as many.",
        table: "allocation", keys: .ids(of: "allocation")
    ) {
        """
        SELECT a.id, a.quantity, r.state, r.quantity, s.id FROM allocation a
        LEFT JOIN reservation r ON r.id = a.reservation AND r.fulfillment_line = a.fulfillment_line
        LEFT JOIN stock s ON s.id = a.stock AND s.sku = r.sku AND s.owner = r.owner
            AND EXISTS (SELECT 1 FROM supply u WHERE u.id = r.supply AND u.kind IN ('on_hand', 'unsellable'))
        WHERE \($0.covers("a.id")) AND a.state = 'open' AND (r.id IS NULL OR r.state NOT IN ('allocated', 'breaking')
            OR r.quantity <> a.quantity OR s.id IS NULL)
        ORDER BY a.id
        """
    } decode: {
        let (id, quantity, state): (AllocationID, Int64, String?) = try ($0.next(), $0.next(), $0.next())
        let (claimed, stock): (Int64?, StockID?) = try ($0.next(), $0.next())
        return Disagreement(
            id.description, expected: "an allocated reservation of \(quantity), and such goods",
            found: "\(state ?? "no") reservation of \(claimed ?? 0), \(stock == nil ? "no such goods" : "such goods")")
    }

    static let allocated = AuditCheck(
        "reservation.allocated", "An allocated reservation has an open allocation.",
        table: "reservation", keys: .ids(of: "reservation")
    ) {
        """
        SELECT r.id FROM reservation r WHERE \($0.covers("r.id")) AND r.state = 'allocated' AND NOT EXISTS (
            SELECT 1 FROM allocation a
            WHERE a.fulfillment_line = r.fulfillment_line AND a.reservation = r.id AND a.state = 'open')
        ORDER BY r.id
        """
    } decode: {
        Disagreement(try $0.next(ReservationID.self).description, expected: "an open allocation", found: "none")
    }
}
