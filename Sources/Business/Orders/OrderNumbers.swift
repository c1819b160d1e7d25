import Kernel
import Store

/// The name under which a merchant's channel knows an order; unique for the merchant and channel.
package struct OrderKey: Hashable, Sendable {
    package let merchant: MerchantID
    package let channel: String
    package let number: String

    package init(merchant: MerchantID, channel: String, number: String) {
        self.merchant = merchant
        self.channel = channel
        self.number = number
    }
}

package enum OrderNumbers {
    /// The orders that exist under these keys, with the hash of what was asked for.
    package static func known(
        _ keys: [OrderKey], in tx: Transaction
    ) throws -> [OrderKey: (order: OrderID, contentHash: String)] {
        var rows = Rows(["merchant": .int, "channel": .text, "number": .text])
        for key in Set(keys).sorted(by: { ($0.merchant, $0.channel, $0.number) < ($1.merchant, $1.channel, $1.number) }) {
            rows.add(key.merchant, key.channel, key.number)
        }
        let found = try tx.query(
            """
            SELECT o.merchant, o.channel, o.number, o.id, o.content_hash FROM (\(rows: rows)) AS v
            JOIN orders o ON o.merchant = v.merchant AND o.channel = v.channel AND o.number = v.number
            """
        ) {
            (
                try OrderKey(merchant: $0.next(), channel: $0.next(), number: $0.next()),
                (order: try $0.next(OrderID.self), contentHash: try $0.next(String.self))
            )
        }
        return Dictionary(uniqueKeysWithValues: found)
    }
}
