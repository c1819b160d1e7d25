import Kernel
import Orders
import Store

/// A line of an order with where the units of its components are.
package struct OrderLineDetails: Codable, Sendable {
    /// How many units stand in each position; together they are `ordered`.
    package struct Component: Codable, Sendable {
        package let id: ComponentID
        package let sku: SKUID
        package let skuCode: String
        package let ordered: Quantity
        package let waiting: Quantity
        package let reserved: Quantity
        package let picked: Quantity
        package let packed: Quantity
        package let shipped: Quantity
        package let delivered: Quantity
        package let returned: Quantity
        package let lost: Quantity
        package let disposed: Quantity
        package let cancelled: Quantity
        /// Of those delivered or returned.
        package let refunded: Quantity

        private enum CodingKeys: String, CodingKey {
            case id, sku, skuCode = "sku_code", ordered, waiting, reserved, picked, packed, shipped, delivered, returned, lost
            case disposed, cancelled, refunded
        }
    }

    package let id: LineID
    package let sku: SKUID
    package let skuCode: String
    package let name: String
    package let quantity: Quantity
    package let channelUnit: String?
    package let unitPrice: Money
    package let items: Money
    package let discount: Money
    package let shipping: Money
    package let tax: Money
    package var components: [Component] = []

    private enum CodingKeys: String, CodingKey {
        case id, sku, skuCode = "sku_code", name, quantity, channelUnit = "channel_unit", unitPrice = "unit_price", items
        case discount, shipping, tax, components
    }
}

extension OrderLineDetails {
    static func of(_ order: OrderID, currency: Currency, in tx: Transaction) throws -> [OrderLineDetails] {
        var lines = try tx.query(
            """
            SELECT l.id, l.sku, s.code, s.name, l.quantity, l.channel_unit, l.unit_price, l.items_minor, l.discount_minor,
                l.shipping_minor, l.tax_minor
            FROM order_line l JOIN sku s ON s.id = l.sku WHERE l.order_id = \(order) AND l.taken_off IS NULL
            ORDER BY l.position, l.id
            """
        ) { row in
            func money(_ row: inout RowReader) throws -> Money { Money(try row.next(), currency) }
            return try OrderLineDetails(
                id: row.next(), sku: row.next(), skuCode: row.next(), name: row.next(), quantity: row.next(),
                channelUnit: row.next(), unitPrice: money(&row), items: money(&row), discount: money(&row),
                shipping: money(&row), tax: money(&row))
        }
        let byLine = Dictionary(grouping: try components(of: order, in: tx), by: \.0)
        for index in lines.indices { lines[index].components = (byLine[lines[index].id] ?? []).map(\.1) }
        return lines
    }

    private static func components(of order: OrderID, in tx: Transaction) throws -> [(LineID, Component)] {
        try tx.query(
            """
            SELECT c.line, c.id, c.sku, s.code, c.ordered, c.waiting, c.reserved, c.picked, c.packed, c.shipped, c.delivered,
                c.returned, c.lost, c.disposed, c.cancelled, c.refunded
            FROM order_component c JOIN sku s ON s.id = c.sku WHERE c.order_id = \(order) ORDER BY c.id
            """
        ) {
            let line = try $0.next(LineID.self)
            return try (
                line,
                Component(
                    id: $0.next(), sku: $0.next(), skuCode: $0.next(), ordered: $0.next(), waiting: $0.next(),
                    reserved: $0.next(), picked: $0.next(), packed: $0.next(), shipped: $0.next(), delivered: $0.next(),
                    returned: $0.next(), lost: $0.next(), disposed: $0.next(), cancelled: $0.next(), refunded: $0.next())
            )
        }
    }
}
