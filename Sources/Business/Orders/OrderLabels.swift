import Kernel
import Store

/// A label that came with its order, before there was a parcel: its channel or merchant issued it. The first parcel of the
/// order bears it.
package struct OrderLabel: Sendable {
    package let order: OrderID
    /// The label that it will be; its document is kept under it.
    package let id: LabelID
    package let merchant: MerchantID
    package let number: String
    /// The name of the carrier that takes it.
    package let carrier: String
    package let url: String?
    package let validUntil: Instant?

    package init(
        order: OrderID, id: LabelID, merchant: MerchantID, number: String, carrier: String, url: String?, validUntil: Instant?
    ) {
        self.order = order
        self.id = id
        self.merchant = merchant
        self.number = number
        self.carrier = carrier
        self.url = url
        self.validUntil = validUntil
    }
}

package enum OrderLabels {
    package static func add(_ label: OrderLabel, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO order_label (order_id, label, merchant, number, carrier, url, valid_until)
            VALUES (\(label.order), \(label.id), \(label.merchant), \(label.number), \(label.carrier), \(label.url),
                \(label.validUntil))
            """)
    }

    /// Whether an order of the merchant came with this number already.
    package static func isUsed(_ number: String, merchant: MerchantID, in tx: Transaction) throws -> Bool {
        try tx.value(
            "SELECT 1 FROM order_label WHERE merchant = \(merchant) AND number = \(number)", as: Int.self) != nil
    }

    /// Those of these orders that no parcel bears yet.
    package static func waiting(of orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: OrderLabel] {
        let rows = try tx.query(
            """
            SELECT order_id, label, merchant, number, carrier, url, valid_until FROM order_label
            WHERE order_id IN \(list: Set(orders).sorted()) AND parcel IS NULL ORDER BY order_id \(.forUpdate)
            """
        ) {
            try OrderLabel(
                order: $0.next(), id: $0.next(), merchant: $0.next(), number: $0.next(), carrier: $0.next(), url: $0.next(),
                validUntil: $0.next())
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.order, $0) })
    }

    /// A parcel bears it from now on, once.
    package static func use(_ order: OrderID, on parcel: UnitID, in tx: Transaction) throws {
        try tx.run("UPDATE order_label SET parcel = \(parcel) WHERE order_id = \(order) AND parcel IS NULL", expecting: 1)
    }
}
