import Kernel
import Store

/// Lines that become another order's.
package enum MoveLines {
    /// Moves lines whose units all wait, with their components; they come after the lines the other order has.
    package static func run(_ lines: [LineID], to order: OrderID, in tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        let next = try tx.value(
            "SELECT COALESCE(MAX(position), -1) + 1 FROM order_line WHERE order_id = \(order)", as: Int.self) ?? 0
        var rows = Rows(["id": .int, "position": .int])
        for (index, line) in lines.enumerated() { rows.add(line, next + index) }
        try tx.run(
            """
            UPDATE order_line SET order_id = \(order), position = v.position FROM (\(rows: rows)) AS v
            WHERE order_line.id = v.id
            """, expecting: lines.count)
        try tx.run(
            "UPDATE order_component SET order_id = \(order) WHERE line IN \(list: lines) AND waiting = ordered")
        let left: Int = try tx.value(
            "SELECT COUNT(*) FROM order_component WHERE line IN \(list: lines) AND order_id <> \(order)") ?? 0
        precondition(left == 0, "units that do not wait are moved with their line")
    }
}

/// An order that begins as a part of another.
package enum OpenPart {
    /// The same in all but its number, recipient, lines and money, which follow.
    package static func run(
        _ id: OrderID, of order: OrderRecord, number: String, recipient: RecipientID?, edit: EditID, in tx: Transaction
    ) throws {
        let hash = "part:" + edit.description
        try tx.run(
            """
            INSERT INTO orders (id, merchant, channel, number, content_hash, way, state, payment, currency, recipient,
                destination_kind, destination_code, country, region, district, city, postal_area, latitude, longitude,
                items_minor, discount_minor, shipping_minor, tax_minor, total_minor, placed_at, recorded_at, ship_by,
                promised_by, estimated_at, sourcing, import, purpose, label_issuer)
            SELECT \(id), merchant, channel, \(number), \(hash), way, 'open', payment, currency, \(recipient),
                destination_kind, destination_code, country, region, district, city, postal_area, latitude, longitude,
                0, 0, 0, 0, 0, placed_at, \(tx.now), NULL, promised_by, NULL, sourcing, import, purpose, label_issuer
            FROM orders WHERE id = \(order.id)
            """, expecting: 1)
    }

    /// Brings its money in line with the lines that it has by now, and keeps where it comes from as its first edit.
    package static func sum(_ order: OrderID, of edit: OrderEdit, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE orders SET items_minor = v.items, discount_minor = v.discount, shipping_minor = v.shipping,
                tax_minor = v.tax, total_minor = v.items - v.discount + v.shipping + v.tax
            FROM (SELECT SUM(items_minor) AS items, SUM(discount_minor) AS discount, SUM(shipping_minor) AS shipping,
                SUM(tax_minor) AS tax FROM order_line WHERE order_id = \(order) AND taken_off IS NULL) AS v
            WHERE orders.id = \(order)
            """, expecting: 1)
        try tx.run(
            """
            INSERT INTO order_edit (id, order_id, merchant, kind, version, other, actor, total_before, total_after, due_minor,
                edited_at)
            SELECT \(tx.id(EditID.self)), id, merchant, 'split', version, \(edit.order), \(edit.actor), 0, total_minor, 0,
                \(tx.now) FROM orders WHERE id = \(order)
            """, expecting: 1)
    }
}
