import Exceptions
import Inventory
import Kernel
import Orders
import Store

/// The clocks that stand on an order: when its parcels have to leave, and when the shopper expects it.
enum OrderClocks {
    static let shipBy = "fulfillment.ship_by"
    static let promised = "order.promised"

    /// A departure is met as long as the courier is still scanning.
    static let grace = Duration.minutes(30)

    /// Orders of which nothing will come any more owe no date.
    static func cancelled(_ orders: [OrderID], in tx: Transaction) throws {
        try tx.closeClocks([promised], of: orders.map(\.raw), outcome: "cancelled")
        try Exceptions.close(orders.map(\.description), kind: DueClocks.lateOrder, outcome: "cancelled", in: tx)
    }

    /// Fulfillment orders of which nothing will be shipped any more.
    static func dropped(_ fulfillments: [FulfillmentID], in tx: Transaction) throws {
        try tx.closeClocks([shipBy], of: fulfillments.map(\.raw), outcome: "cancelled")
        try Exceptions.close(fulfillments.map(\.description), kind: DueClocks.lateShipping, outcome: "cancelled", in: tx)
    }

    /// Units that waited have goods, or nobody wants them any more.
    static func settle(_ shortage: Shortage, _ quantity: Quantity, as outcome: String, in tx: Transaction) throws {
        try Shortages.settle(shortage, quantity, as: outcome, in: tx)
        guard quantity >= shortage.quantity else { return }
        try Exceptions.close([shortage.id.description], kind: DueClocks.undecided, outcome: outcome, in: tx)
    }

    static func setPromised(_ dates: [(order: OrderRecord, date: Instant)], in tx: Transaction) throws {
        try tx.schedule(promised, source: "promise", due: dates.map { ($0.order.id.raw, $0.order.merchant, $0.date, [:]) })
    }

    static func set(_ orders: [NewOrder], _ fulfillments: [FulfillmentOrder], in tx: Transaction) throws {
        try tx.schedule(
            shipBy, source: "promise", due: fulfillments.map { ($0.id.raw, $0.merchant, $0.shipBy + grace, ["order": .id($0.order)]) })
        try tx.schedule(
            promised, source: "promise",
            due: orders.compactMap { one in one.promisedBy.map { (one.id.raw, one.merchant, $0, [:]) } })
    }
}
