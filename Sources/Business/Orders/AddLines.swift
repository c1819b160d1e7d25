import Kernel
import Store

/// Puts lines on an order that stands; all of their units wait.
package enum AddLines {
    package static func run(_ lines: [NewLine], to order: OrderID, of merchant: MerchantID, in tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        let next = try tx.value(
            "SELECT COALESCE(MAX(position), -1) + 1 FROM order_line WHERE order_id = \(order)", as: Int.self) ?? 0
        var heads = Rows([
            "id": .int, "position": .int, "sku": .int, "unit": .text, "quantity": .int, "price": .int, "items": .int,
            "discount": .int, "shipping": .int, "tax": .int,
        ])
        var parts = Rows([
            "id": .int, "line": .int, "sku": .int, "per_line": .int, "ordered": .int, "price": .int, "tax": .int,
        ])
        for (index, line) in lines.enumerated() {
            heads.add(
                line.id, next + index, line.sku, line.channelUnit, line.quantity, line.unitPrice, line.items, line.discount,
                line.shipping, line.tax)
            for part in line.components {
                parts.add(part.id, line.id, part.sku, part.perLine, part.ordered, part.price, part.tax)
            }
        }
        try tx.run(
            """
            INSERT INTO order_line (id, order_id, position, sku, channel_unit, quantity, unit_price, items_minor,
                discount_minor, shipping_minor, tax_minor)
            SELECT v.id, \(order), v.position, v.sku, v.unit, v.quantity, v.price, v.items, v.discount, v.shipping, v.tax
            FROM (\(rows: heads)) AS v
            """)
        try tx.run(
            """
            INSERT INTO order_component (id, order_id, line, merchant, sku, per_line, ordered, price_minor, tax_minor, waiting)
            SELECT v.id, \(order), v.line, \(merchant), v.sku, v.per_line, v.ordered, v.price, v.tax, v.ordered
            FROM (\(rows: parts)) AS v
            """)
    }
}
