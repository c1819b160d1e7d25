import Kernel
import Store

/// What a flow needs to know of an order that exists.
package struct OrderRecord: Sendable {
    package let id: OrderID
    package let merchant: MerchantID
    package let number: String
    package let state: OrderState
    package let payment: PaymentState
    package let currency: Currency
    package let recipient: RecipientID?
    package let destination: Destination
    package let placedAt: Instant
    package let promisedBy: Instant?
    package let purpose: FulfillmentPurpose
    package let labelIssuer: LabelIssuer
    package let channel: String
    package let way: OrderWay
    /// Of its content: 1 as it was placed, one more with each edit.
    package let version: Int64
    /// What its channel numbers its content; nil where it does not.
    package let channelVersion: Int64?
    /// In minor units of its currency; what is still to be paid for edits, or to be given back where it is negative.
    package let total: Int64
    package let refunded: Int64
    package let due: Int64
}

/// A component with where its units are.
package struct ComponentRecord: Sendable {
    package let id: ComponentID
    package let order: OrderID
    package let line: LineID
    package let sku: SKUID
    package let ordered: Quantity
    package let waiting: Quantity
    package let reserved: Quantity
    package let picked: Quantity
    package let packed: Quantity
}

package enum OrderRecords {
    package static func load(_ ids: some Sequence<OrderID>, locked: Bool = false, in tx: Transaction) throws -> [OrderID: OrderRecord] {
        let select: SQL = """
            SELECT id, merchant, number, state, payment, currency, recipient, destination_kind, destination_code, country,
                region, district, city, postal_area, latitude, longitude, placed_at, promised_by, purpose,
                label_issuer, channel, way, version, channel_version, total_minor, refunded_minor, due_minor
            FROM orders WHERE id IN \(list: Set(ids).sorted()) ORDER BY id
            """
        let rows = try tx.query(locked ? select + " \(.forUpdate)" : select) {
            try OrderRecord(
                id: $0.next(), merchant: $0.next(), number: $0.next(), state: $0.next(), payment: $0.next(),
                currency: $0.next(), recipient: $0.next(),
                destination: Destination(
                    kind: $0.next(), code: $0.next(), country: $0.next(), region: $0.next(), district: $0.next(),
                    city: $0.next(), postalArea: $0.next(), latitude: $0.next(), longitude: $0.next()),
                placedAt: $0.next(), promisedBy: $0.next(), purpose: $0.next(),
                labelIssuer: $0.next(), channel: $0.next(), way: $0.next(), version: $0.next(), channelVersion: $0.next(),
                total: $0.next(), refunded: $0.next(), due: $0.next())
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
    }

    /// Of all lines but those that edits took off.
    package static func components(of orders: [OrderID], in tx: Transaction) throws -> [ComponentRecord] {
        try tx.query(
            """
            SELECT id, order_id, line, sku, ordered, waiting, reserved, picked, packed FROM order_component
            WHERE order_id IN \(list: orders) AND taken_off IS NULL ORDER BY order_id, id
            """
        ) {
            try ComponentRecord(
                id: $0.next(), order: $0.next(), line: $0.next(), sku: $0.next(), ordered: $0.next(), waiting: $0.next(),
                reserved: $0.next(), picked: $0.next(), packed: $0.next())
        }
    }

    /// How many units of an order are cancelled, of how many; those that edits took off are no part of it.
    package static func cancelled(_ order: OrderID, in tx: Transaction) throws -> (cancelled: Quantity, all: Quantity) {
        let sums = try tx.first(
            """
            SELECT COALESCE(SUM(cancelled), 0), COALESCE(SUM(ordered), 0) FROM order_component
            WHERE order_id = \(order) AND taken_off IS NULL
            """
        ) { try (cancelled: $0.next(Quantity.self), all: $0.next(Quantity.self)) }
        return sums ?? (0, 0)
    }

    /// The date the shopper sees now; the first one shown stays beside it.
    package static func estimate(_ dates: [(OrderID, Instant)], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "at": .int])
        for (order, date) in dates.sorted(by: { $0.0 < $1.0 }) { rows.add(order, date) }
        try tx.run(
            "UPDATE orders SET estimated_at = v.at FROM (\(rows: rows)) AS v WHERE orders.id = v.id")
    }

    /// The first dates shown to shoppers whose orders had none; a date once shown never changes.
    package static func promise(_ dates: [(order: OrderRecord, date: Instant)], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "at": .int])
        for one in dates.sorted(by: { $0.order.id < $1.order.id }) {
            rows.add(one.order.id, one.date)
            tx.emit(.orderPromised(one.order.id, one.order.merchant, one.date, at: tx.now))
        }
        try tx.run(
            """
            UPDATE orders SET promised_by = v.at, estimated_at = v.at FROM (\(rows: rows)) AS v
            WHERE orders.id = v.id AND promised_by IS NULL
            """, expecting: rows.count)
    }

    /// What is due for edits stays due; see `settle`.
    package static func setPayments(_ payments: [(order: OrderID, payment: PaymentState)], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "payment": .text])
        for one in payments.sorted(by: { $0.order < $1.order }) { rows.add(one.order, one.payment) }
        try tx.run(
            "UPDATE orders SET payment = v.payment FROM (\(rows: rows)) AS v WHERE orders.id = v.id", expecting: rows.count)
    }

    /// What was due for edits was paid or given back.
    package static func settle(_ orders: [OrderID], in tx: Transaction) throws {
        try tx.run("UPDATE orders SET due_minor = 0 WHERE id IN \(list: orders) AND due_minor <> 0")
        try tx.run("UPDATE order_edit SET settled_at = \(tx.now) WHERE order_id IN \(list: orders) AND settled_at IS NULL")
    }

    /// What units of components were sold for, by currency.
    package static func value(
        of units: [(component: ComponentID, quantity: Quantity)], in tx: Transaction
    ) throws -> [Money] {
        guard !units.isEmpty else { return [] }
        var rows = Rows(["id": .int, "q": .int])
        for unit in units { rows.add(unit.component, unit.quantity) }
        return try tx.query(
            """
            SELECT SUM(c.price_minor * v.q / c.ordered), o.currency FROM (\(rows: rows)) AS v
            JOIN order_component c ON c.id = v.id JOIN orders o ON o.id = c.order_id GROUP BY o.currency ORDER BY o.currency
            """
        ) { Money(try $0.next(Int64.self), try $0.next(Currency.self)) }
    }

    /// Another place to go to.
    package static func setDestination(
        _ order: OrderID, _ to: Destination, recipient: RecipientID?, in tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE orders SET destination_kind = \(to.kind), destination_code = \(to.code), country = \(to.country),
                region = \(to.region), district = \(to.district), city = \(to.city), postal_area = \(to.postalArea),
                latitude = \(to.latitude), longitude = \(to.longitude), recipient = COALESCE(\(recipient), recipient)
            WHERE id = \(order)
            """, expecting: 1)
    }
}
