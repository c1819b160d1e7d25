import Kernel
import Store

/// Writes new orders with their lines and components, and says so in the log.
package enum WriteOrders {
    package static func run(_ orders: [NewOrder], actor: String = "system", in tx: Transaction) throws {
        try insertOrders(orders, in: tx)
        try insertLines(orders, in: tx)
        try insertComponents(orders, in: tx)
        for order in orders { tx.emit(.orderPlaced(order, actor: actor)) }
    }

    private static func insertOrders(_ orders: [NewOrder], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "merchant": .int, "channel": .text, "number": .text, "hash": .text, "way": .text, "payment": .text,
            "currency": .text, "recipient": .int, "dk": .text, "dc": .text, "country": .text, "region": .text,
            "district": .text, "city": .text, "area": .text, "lat": .int, "lon": .int, "items": .int, "discount": .int,
            "shipping": .int, "tax": .int, "total": .int, "placed": .int, "ship_by": .int, "promised": .int, "estimated": .int,
            "sourcing": .text, "import": .int, "purpose": .text, "issuer": .text,
        ])
        for one in orders {
            let to = one.destination
            rows.add(
                one.id, one.merchant, one.channel, one.number, one.contentHash, one.way, one.payment, one.currency,
                one.recipient, to.kind, to.code, to.country, to.region, to.district, to.city, to.postalArea, to.latitude,
                to.longitude, one.lines.reduce(0) { $0 + $1.items }, one.lines.reduce(0) { $0 + $1.discount },
                one.lines.reduce(0) { $0 + $1.shipping }, one.lines.reduce(0) { $0 + $1.tax },
                one.lines.reduce(0) { $0 + $1.total }, one.placedAt, one.shipBy, one.promisedBy,
                one.estimatedBy, one.sourcing.text, one.importID, one.purpose,
                one.labelIssuer)
        }
        try tx.run(
            """
            INSERT INTO orders (id, merchant, channel, number, content_hash, way, state, payment, currency, recipient,
                destination_kind, destination_code, country, region, district, city, postal_area, latitude, longitude,
                items_minor, discount_minor, shipping_minor, tax_minor, total_minor, placed_at, recorded_at, ship_by,
                promised_by, estimated_at, sourcing, import, purpose,
                label_issuer)
            SELECT v.id, v.merchant, v.channel, v.number, v.hash, v.way, 'open', v.payment, v.currency, v.recipient,
                v.dk, v.dc, v.country, v.region, v.district, v.city, v.area, v.lat, v.lon,
                v.items, v.discount, v.shipping, v.tax, v.total, v.placed, \(tx.now), v.ship_by,
                v.promised, v.estimated, v.sourcing, v.import, v.purpose, v.issuer
            FROM (\(rows: rows)) AS v
            """)
    }

    private static func insertLines(_ orders: [NewOrder], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "ord": .int, "position": .int, "sku": .int, "unit": .text, "quantity": .int, "price": .int,
            "items": .int, "discount": .int, "shipping": .int, "tax": .int,
        ])
        for order in orders {
            for (position, line) in order.lines.enumerated() {
                rows.add(
                    line.id, order.id, position, line.sku, line.channelUnit, line.quantity, line.unitPrice, line.items,
                    line.discount, line.shipping, line.tax)
            }
        }
        try tx.run(
            """
            INSERT INTO order_line (id, order_id, position, sku, channel_unit, quantity, unit_price, items_minor,
                discount_minor, shipping_minor, tax_minor)
            SELECT v.id, v.ord, v.position, v.sku, v.unit, v.quantity, v.price, v.items, v.discount, v.shipping, v.tax
            FROM (\(rows: rows)) AS v
            """)
    }

    private static func insertComponents(_ orders: [NewOrder], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "ord": .int, "line": .int, "merchant": .int, "sku": .int, "per_line": .int, "ordered": .int,
            "price": .int, "tax": .int, "waiting": .int, "reserved": .int,
        ])
        for order in orders {
            for line in order.lines {
                for one in line.components {
                    rows.add(
                        one.id, order.id, line.id, order.merchant, one.sku, one.perLine, one.ordered, one.price, one.tax,
                        one.waiting, one.ordered - one.waiting)
                }
            }
        }
        try tx.run(
            """
            INSERT INTO order_component (id, order_id, line, merchant, sku, per_line, ordered, price_minor, tax_minor,
                waiting, reserved)
            SELECT v.id, v.ord, v.line, v.merchant, v.sku, v.per_line, v.ordered, v.price, v.tax, v.waiting, v.reserved
            FROM (\(rows: rows)) AS v
            """)
    }
}
