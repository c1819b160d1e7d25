import Kernel
import Orders
import Store

/// Orders against their lines and components: state, money, quantities.
enum OrderChecks {
    static let all = [state, money, lineMoney, component, positions]

    /// The state is worked out by the same function that orders use, from one read of the units.
    static let state = AuditCheck(
        "order.state", "An order's state follows from where its units are.", table: "orders", keys: .ids(of: "orders")
    ) { range, tx in
        let all = try tx.query(
            """
            SELECT o.id, o.state, COALESCE(SUM(c.waiting + c.reserved + c.picked + c.packed), 0), COALESCE(SUM(c.shipped), 0),
                COALESCE(SUM(c.delivered), 0), COALESCE(SUM(c.returned), 0), COALESCE(SUM(c.lost), 0), COALESCE(SUM(c.disposed), 0)
            FROM orders o LEFT JOIN order_component c ON c.order_id = o.id
            WHERE \(range.covers("o.id")) GROUP BY o.id, o.state ORDER BY o.id
            """
        ) {
            let (id, stands): (OrderID, String) = try ($0.next(), $0.next())
            let due = try OrderProgress.state(
                open: $0.next(), shipped: $0.next(), delivered: $0.next(), returned: $0.next(), lost: $0.next(),
                disposed: $0.next())
            return stands == due.rawValue ? nil : Disagreement(id.description, expected: due.rawValue, found: stands)
        }
        return all.compactMap { $0 }
    }

    static let money = AuditCheck(
        "order.money", "An order's items, discount, shipping and tax are the sums of the lines that no edit took off.",
        table: "orders", keys: .ids(of: "orders")
    ) {
        """
        SELECT o.id, COALESCE(l.items, 0), COALESCE(l.discount, 0), COALESCE(l.shipping, 0), COALESCE(l.tax, 0),
            COALESCE(l.items - l.discount + l.shipping + l.tax, 0),
            o.items_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor
        FROM orders o
        LEFT JOIN (SELECT order_id, SUM(items_minor) AS items, SUM(discount_minor) AS discount,
                SUM(shipping_minor) AS shipping, SUM(tax_minor) AS tax
            FROM order_line WHERE \($0.covers("order_id")) AND taken_off IS NULL GROUP BY order_id) AS l ON l.order_id = o.id
        WHERE \($0.covers("o.id")) AND (o.items_minor <> COALESCE(l.items, 0) OR o.discount_minor <> COALESCE(l.discount, 0)
            OR o.shipping_minor <> COALESCE(l.shipping, 0) OR o.tax_minor <> COALESCE(l.tax, 0)
            OR o.total_minor <> COALESCE(l.items - l.discount + l.shipping + l.tax, 0))
        ORDER BY o.id
        """
    } decode: {
        let id: OrderID = try $0.next()
        return Disagreement(id.description, expected: try amounts(&$0), found: try amounts(&$0))
    }

    private static func amounts(_ row: inout RowReader) throws -> String {
        try ["items", "discount", "shipping", "tax", "total"].map { "\($0) \(try row.next(Int64.self))" }.joined(separator: ", ")
    }

    static let lineMoney = AuditCheck(
        "order_line.money", "The prices of a line's components make its items less discount, and their taxes its tax.",
        table: "order_line", keys: .ids(of: "orders")
    ) {
        """
        SELECT l.id, l.items_minor - l.discount_minor, l.tax_minor, COALESCE(c.price, 0), COALESCE(c.tax, 0)
        FROM order_line l
        LEFT JOIN (SELECT order_id, line, SUM(price_minor) AS price, SUM(tax_minor) AS tax FROM order_component
            WHERE \($0.covers("order_id")) GROUP BY order_id, line) AS c ON c.line = l.id AND c.order_id = l.order_id
        WHERE \($0.covers("l.order_id"))
            AND (l.items_minor - l.discount_minor <> COALESCE(c.price, 0) OR l.tax_minor <> COALESCE(c.tax, 0))
        ORDER BY l.id
        """
    } decode: {
        let id: LineID = try $0.next()
        let expected = "price \(try $0.next(Int64.self)), tax \(try $0.next(Int64.self))"
        return Disagreement(
            id.description, expected: expected, found: "price \(try $0.next(Int64.self)), tax \(try $0.next(Int64.self))")
    }

    static let component = AuditCheck(
        "order_component.ordered", "A component orders its share per unit times the units of a line of its order.",
        table: "order_component", keys: .ids(of: "order_component")
    ) {
        """
        SELECT c.id, c.order_id, c.ordered, c.per_line * l.quantity FROM order_component c
        LEFT JOIN orders o ON o.id = c.order_id AND o.merchant = c.merchant
        LEFT JOIN order_line l ON l.id = c.line AND l.order_id = o.id
        WHERE \($0.covers("c.id")) AND (l.id IS NULL OR c.ordered <> c.per_line * l.quantity) ORDER BY c.id
        """
    } decode: {
        let (id, order): (ComponentID, OrderID) = try ($0.next(), $0.next())
        let (ordered, due): (Int64, Int64?) = try ($0.next(), $0.next())
        return Disagreement("\(id) of \(order)", expected: due.map(String.init) ?? "a line of its order", found: String(ordered))
    }

    static let positions = AuditCheck(
        "order_component.positions", "Every unit of a component is in exactly one position.",
        table: "order_component", keys: .ids(of: "order_component")
    ) {
        let sum = SQL(verbatim: Position.allCases.map { "c.\($0.rawValue)" }.joined(separator: " + "))
        return """
            SELECT c.id, c.order_id, c.ordered, \(sum) FROM order_component c
            WHERE \($0.covers("c.id")) AND \(sum) <> c.ordered ORDER BY c.id
            """
    } decode: {
        let (id, order): (ComponentID, OrderID) = try ($0.next(), $0.next())
        return Disagreement("\(id) of \(order)", expected: try $0.next(Int64.self), found: try $0.next(Int64.self))
    }
}
