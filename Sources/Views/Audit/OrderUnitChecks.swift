import Kernel
import Orders
import Store

/// Every unit of every order against what is known of it elsewhere: shortages, claims, totes, parcels.
enum OrderUnitChecks {
    static let all = [waiting, reserved, picked, parcels, disposed]

    static let waiting = check(
        "order_component.waiting", "The units that wait for goods are those of the component's open shortages.", [.waiting]
    ) {
        """
        SELECT component, order_id, 'waiting', 0, quantity FROM shortage
        WHERE closed_at IS NULL AND \($0.covers("order_id"))
        """
    }

    /// A reservation is reached through its fulfillment line, as the index is there; one that belongs to no line is a
    /// finding of `reservation.links`.
    static let reserved = check(
        "order_component.reserved", "The reserved units are those of the component's reservations that count.", [.reserved]
    ) {
        """
        SELECT r.component, f.order_id, 'reserved', 0, r.quantity FROM fulfillment_order f
        JOIN fulfillment_line l ON l.fulfillment_order = f.id
        JOIN reservation r ON r.fulfillment_line = l.id
        WHERE \($0.covers("f.order_id")) AND r.state IN ('active', 'allocated', 'breaking')
        """
    }

    static let picked = check(
        "order_component.picked", "The picked units are those that its fulfillment lines have picked and not packed.", [.picked]
    ) {
        """
        SELECT l.component, f.order_id, 'picked', 0, l.picked - l.packed FROM fulfillment_order f
        JOIN fulfillment_line l ON l.fulfillment_order = f.id
        WHERE \($0.covers("f.order_id")) AND f.state <> 'cancelled'
        """
    }

    static let parcels = check(
        "order_component.parcels",
        "Units packed, shipped, delivered, returned or lost are those in parcels of that state; what shoppers sent back is returned.",
        [.packed, .shipped, .delivered, .returned, .lost]
    ) {
        """
        SELECT i.component, i.order_id,
            CASE WHEN p.left_at IS NULL THEN 'packed' WHEN p.state = 'delivered' THEN 'delivered'
                WHEN p.state = 'returned' THEN 'returned' WHEN p.state = 'lost' THEN 'lost' ELSE 'shipped' END, 0, i.quantity - i.missing
        FROM parcel p JOIN parcel_item i ON i.parcel = p.id
        WHERE \($0.covers("p.order_id")) AND p.state <> 'voided'
        UNION ALL
        SELECT i.component, i.order_id, 'lost', 0, i.missing FROM parcel p JOIN parcel_item i ON i.parcel = p.id
        WHERE \($0.covers("p.order_id")) AND p.state <> 'voided' AND i.missing > 0
        UNION ALL
        SELECT m.component, m.order_id, 'delivered', 0, -m.received FROM rma_item m JOIN rma r ON r.id = m.rma
        WHERE \($0.covers("m.order_id")) AND r.kind <> 'rto'
        UNION ALL
        SELECT m.component, m.order_id, 'returned', 0, m.received FROM rma_item m JOIN rma r ON r.id = m.rma
        WHERE \($0.covers("m.order_id")) AND r.kind <> 'rto'
        """
    }

    static let disposed = check(
        "order_component.disposed", "The units disposed of are those of its closed fulfillment orders that have a proof.",
        [.disposed]
    ) {
        """
        SELECT l.component, f.order_id, 'disposed', 0, l.packed FROM fulfillment_order f
        JOIN fulfillment_line l ON l.fulfillment_order = f.id JOIN disposal_proof d ON d.fulfillment_order = f.id
        WHERE \($0.covers("f.order_id")) AND f.state = 'closed'
        """
    }

    /// - Parameter evidence: rows of component, order, position, 0 and quantity.
    private static func check(
        _ name: String, _ sentence: String, _ positions: [Position], evidence: @escaping @Sendable (AuditRange) -> SQL
    ) -> AuditCheck {
        AuditCheck(name, sentence, table: "order_component", keys: .ids(of: "orders", limit: 1000)) { range in
            let columns = positions.map { position -> SQL in
                let column = position.rawValue
                return """
                    SELECT id AS component, order_id, '\(verbatim: column)' AS position, \(verbatim: column) AS stands, 0 AS known
                    FROM order_component WHERE \(range.covers("order_id"))
                    """
            }
            let stands = columns.dropFirst().reduce(columns[0]) { $0 + " UNION ALL " + $1 }
            return """
                SELECT component, order_id, position, SUM(known), SUM(stands) FROM (
                \(stands) UNION ALL \(evidence(range))) AS units
                GROUP BY component, order_id, position HAVING SUM(known) <> SUM(stands) ORDER BY component, order_id, position
                """
        } decode: {
            let (component, order): (ComponentID, OrderID) = try ($0.next(), $0.next())
            let position: String = try $0.next()
            return Disagreement(
                "\(component) of \(order), \(position)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
        }
    }
}
