import Kernel
import Orders
import Store

/// The clocks that stand on an order: when its parcels have to leave, and when the shopper expects it.
enum OrderClocks {
    static let shipBy = "fulfillment.ship_by"
    static let promised = "order.promised"

    /// A departure is met as long as the courier is still scanning.
    static let grace = Duration.minutes(30)

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
