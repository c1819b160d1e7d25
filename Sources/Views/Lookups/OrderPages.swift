import Kernel
import Orders
import Store

/// An order in a list.
package struct OrderSummary: Codable, Sendable {
    package let id: OrderID
    package let merchant: MerchantID
    package let channel: String
    package let number: String
    package let purpose: FulfillmentPurpose
    package let state: OrderState
    package let payment: PaymentState
    package let total: Money
    package let placedAt: Instant
    package let promisedBy: Instant?
    package let estimatedAt: Instant?
    package let deliveredAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, merchant, channel, number, purpose, state, payment, total, placedAt = "placed_at", promisedBy = "promised_by"
        case estimatedAt = "estimated_at", deliveredAt = "delivered_at"
    }
}

/// Which orders a list is asked for; nil asks for all.
package struct OrderFilter: Sendable {
    package var merchant: MerchantID?
    package var state: OrderState?
    package var channel: String?
    package var number: String?
    package var payment: PaymentState?
    package var promise: PromiseStanding?
    /// Taken in at this moment or later.
    package var from: Instant?
    /// Taken in before this moment.
    package var until: Instant?

    package init(merchant: MerchantID? = nil, state: OrderState? = nil, channel: String? = nil, number: String? = nil) {
        self.merchant = merchant
        self.state = state
        self.channel = channel
        self.number = number
    }
}

package enum OrderPages {
    /// A page of orders, the newest first.
    ///
    /// - Parameter id: of the last one of the page before; nil for the first page.
    package static func list(
        _ filter: OrderFilter, _ scope: Scope, after id: OrderID?, limit: Int, in tx: Transaction
    ) throws -> [OrderSummary] {
        var condition = scope.owns(merchant: "merchant")
        if let id { condition = condition + " AND id < \(id)" }
        if let merchant = filter.merchant { condition = condition + " AND merchant = \(merchant)" }
        if let state = filter.state { condition = condition + " AND state = \(state)" }
        if let channel = filter.channel { condition = condition + " AND channel = \(channel)" }
        if let number = filter.number { condition = condition + " AND number = \(number)" }
        return try rows(condition, limit: limit, in: tx)
    }

    static func rows(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [OrderSummary] {
        try tx.query(
            """
            SELECT id, merchant, channel, number, purpose, state, payment, total_minor, currency, placed_at, promised_by,
                estimated_at, delivered_at
            FROM orders WHERE \(condition) ORDER BY id DESC LIMIT \(limit)
            """
        ) {
            try OrderSummary(
                id: $0.next(), merchant: $0.next(), channel: $0.next(), number: $0.next(), purpose: $0.next(), state: $0.next(),
                payment: $0.next(), total: $0.nextMoney(), placedAt: $0.next(), promisedBy: $0.next(), estimatedAt: $0.next(),
                deliveredAt: $0.next())
        }
    }
}

extension RowReader {
    /// The next two columns: minor units, currency.
    mutating func nextMoney() throws -> Money { Money(try next(), try next()) }
}
