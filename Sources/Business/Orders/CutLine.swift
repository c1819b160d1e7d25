import Kernel
import Store

/// Divides a line of an order in two, with its units that wait and its money: nothing is lost and nothing rounded twice.
package enum CutLine {
    /// Cuts the last `quantity` off a line into one of its own, of the same order; answers it with the components of the old
    /// line and those they were cut into.
    ///
    /// - Precondition: `0 < quantity < line.quantity`, and as many of its units wait.
    package static func run(
        _ line: LineRecord, off quantity: Quantity, of order: OrderID, in tx: Transaction
    ) throws -> (line: LineID, parts: [ComponentID: ComponentID]) {
        precondition(quantity > 0 && quantity < line.quantity, "a part of \(line.id) is cut off, not \(quantity)")
        let part = line.part(quantity), new = tx.id(LineID.self)
        try tx.run(
            """
            INSERT INTO order_line (id, order_id, position, sku, channel_unit, quantity, unit_price, items_minor, discount_minor,
                shipping_minor, tax_minor)
            SELECT \(new), order_id, position, sku, channel_unit, \(quantity), unit_price, \(part.items), \(part.discount),
                \(part.shipping), \(part.tax) FROM order_line WHERE id = \(line.id)
            """, expecting: 1)
        try tx.run(
            """
            UPDATE order_line SET quantity = quantity - \(quantity), items_minor = items_minor - \(part.items),
                discount_minor = discount_minor - \(part.discount), shipping_minor = shipping_minor - \(part.shipping),
                tax_minor = tax_minor - \(part.tax)
            WHERE id = \(line.id)
            """, expecting: 1)
        return (new, try components(of: line.id, part, to: new, of: order, in: tx))
    }

    private static func components(
        of line: LineID, _ part: LineRecord, to new: LineID, of order: OrderID, in tx: Transaction
    ) throws -> [ComponentID: ComponentID] {
        let own = try tx.query(
            """
            SELECT id, per_line, price_minor, tax_minor FROM order_component WHERE order_id = \(order) AND line = \(line)
            ORDER BY id
            """
        ) { try (id: $0.next(ComponentID.self), perLine: $0.next(Quantity.self), price: $0.next(Int64.self), tax: $0.next(Int64.self)) }
        let prices = Money.split(part.items - part.discount, by: own.map(\.price))
        let taxes = Money.split(part.tax, by: own.map(\.tax))
        var rows = Rows(["id": .int, "old": .int, "units": .int, "price": .int, "tax": .int])
        var made: [ComponentID: ComponentID] = [:]
        for (at, one) in own.enumerated() {
            let id = tx.id(ComponentID.self)
            made[one.id] = id
            rows.add(id, one.id, part.quantity * one.perLine.rawValue, prices[at], taxes[at])
        }
        try tx.run(
            """
            INSERT INTO order_component (id, order_id, line, merchant, sku, per_line, ordered, price_minor, tax_minor, waiting)
            SELECT v.id, c.order_id, \(new), c.merchant, c.sku, c.per_line, v.units, v.price, v.tax, v.units
            FROM (\(rows: rows)) AS v JOIN order_component c ON c.id = v.old
            """, expecting: own.count)
        try tx.run(
            """
            UPDATE order_component SET ordered = ordered - v.units, waiting = waiting - v.units,
                price_minor = price_minor - v.price, tax_minor = tax_minor - v.tax
            FROM (\(rows: rows)) AS v WHERE order_component.id = v.old AND waiting >= v.units
            """, expecting: own.count)
        return made
    }
}

extension LineRecord {
    /// So many of it with their share of its money; the rest keeps what is left.
    package func part(_ units: Quantity) -> LineRecord {
        func share(_ whole: Int64) -> Int64 { Money.split(whole, by: [units.rawValue, (quantity - units).rawValue])[0] }
        return LineRecord(
            id: id, sku: sku, quantity: units, unitPrice: unitPrice, discount: share(discount), shipping: share(shipping),
            tax: share(tax), channelUnit: channelUnit)
    }
}
