import Kernel
import Orders
import Store

/// What became of orders after they were placed.
enum OrderLifeChecks {
    static let all = [takenOff, due, version, waiting]

    static let takenOff = AuditCheck(
        "order_line.taken_off", "A line that an edit took off is off by an edit of its order, with all of its components.",
        table: "order_line", keys: .ids(of: "orders")
    ) {
        """
        SELECT c.id, c.order_id, l.taken_off, c.taken_off, e.id FROM order_line l
        JOIN order_component c ON c.line = l.id AND c.order_id = l.order_id
        LEFT JOIN order_edit e ON e.id = l.taken_off AND e.order_id = l.order_id
        WHERE \($0.covers("l.order_id")) AND (l.taken_off IS NOT NULL OR c.taken_off IS NOT NULL)
            AND (e.id IS NULL OR c.taken_off IS NULL OR c.taken_off <> l.taken_off)
        ORDER BY c.id
        """
    } decode: {
        let (id, order): (ComponentID, OrderID) = try ($0.next(), $0.next())
        let (line, own, edit): (EditID?, EditID?, EditID?) = try ($0.next(), $0.next(), $0.next())
        return Disagreement(
            "\(id) of \(order)", expected: edit?.description ?? "an edit of the order",
            found: "line \(line?.description ?? "on"), component \(own?.description ?? "on")")
    }

    static let due = AuditCheck(
        "order.due", "What is due for edits of an order is the sum of their differences that are not settled.",
        table: "orders", keys: .ids(of: "orders")
    ) {
        """
        SELECT o.id, COALESCE(e.due, 0), o.due_minor FROM orders o
        LEFT JOIN (SELECT order_id, SUM(due_minor) AS due FROM order_edit
            WHERE settled_at IS NULL AND \($0.covers("order_id")) GROUP BY order_id) AS e ON e.order_id = o.id
        WHERE \($0.covers("o.id")) AND o.due_minor <> COALESCE(e.due, 0) ORDER BY o.id
        """
    } decode: {
        Disagreement(try $0.next(OrderID.self).description, expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }

    static let version = AuditCheck(
        "order.version", "An order has the version and the total of its last edit; without one it is the first version.",
        table: "orders", keys: .ids(of: "orders")
    ) {
        """
        SELECT o.id, COALESCE(e.version, 1), COALESCE(l.total_after, o.total_minor), o.version, o.total_minor FROM orders o
        LEFT JOIN (SELECT order_id, MAX(version) AS version FROM order_edit
            WHERE \($0.covers("order_id")) GROUP BY order_id) AS e ON e.order_id = o.id
        LEFT JOIN order_edit l ON l.order_id = e.order_id AND l.version = e.version
        WHERE \($0.covers("o.id"))
            AND (o.version <> COALESCE(e.version, 1) OR o.total_minor <> COALESCE(l.total_after, o.total_minor))
        ORDER BY o.id
        """
    } decode: {
        let id: OrderID = try $0.next()
        let expected = "version \(try $0.next(Int64.self)), total \(try $0.next(Int64.self))"
        return Disagreement(
            id.description, expected: expected, found: "version \(try $0.next(Int64.self)), total \(try $0.next(Int64.self))")
    }

    static let waiting = AuditCheck(
        "live_session.held", "An order that waits for a live session is of one that is open, or that is letting its orders go.",
        table: "live_session_order", keys: .ids(of: "orders")
    ) {
        """
        SELECT h.order_id, s.state FROM order_hold h LEFT JOIN live_session_order j ON j.order_id = h.order_id
        LEFT JOIN live_session s ON s.id = j.session
        WHERE \($0.covers("h.order_id")) AND h.kind = 'live_session' AND h.released_at IS NULL AND (s.id IS NULL
            OR s.state = 'closed' AND NOT EXISTS (SELECT 1 FROM clock c
                WHERE c.closed_at IS NULL AND c.subject = s.id AND c.kind = 'live_session.gather'))
        ORDER BY h.order_id
        """
    } decode: {
        let (id, state): (OrderID, String?) = try ($0.next(), $0.next())
        return Disagreement(id.description, expected: "an open session", found: state ?? "none")
    }
}
