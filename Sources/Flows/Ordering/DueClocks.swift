import Exceptions
import Inventory
import Kernel
import Orders
import Store

/// What happens when the clocks of orders and stock fall due.
package struct DueClocks: ClockHandler {
    package let kinds = [Holds.clock, Shortages.clock, OrderClocks.shipBy, OrderClocks.promised]

    static let lateShipping = "fulfillment.late"
    static let lateOrder = "order.late"
    static let undecided = "shortage.undecided"

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        switch clocks[0].kind {
        case Holds.clock:
            try Holds.end(clocks.map { HoldID($0.subject) }, as: .expired, in: tx)
            return clocks.map { _ in "expired" }
        case Shortages.clock:
            try OpenForOrders.run(
                clocks.map { (Self.exception(Self.undecided, $0, ShortageID($0.subject)), $0.payload.id("order")) }, in: tx)
        case OrderClocks.shipBy:
            let late = try Fulfillments.load(clocks.map { FulfillmentID($0.subject) }.sorted(), in: tx)
            let order = Dictionary(uniqueKeysWithValues: late.map { ($0.id.raw, $0.order) })
            try OpenForOrders.run(
                clocks.map { (Self.exception(Self.lateShipping, $0, FulfillmentID($0.subject)), order[$0.subject]) }, in: tx)
        default:
            try OpenForOrders.run(
                clocks.map { (Self.exception(Self.lateOrder, $0, OrderID($0.subject)), OrderID($0.subject)) }, in: tx)
        }
        return clocks.map { _ in "missed" }
    }

    private static func exception(_ kind: String, _ clock: ClockRow, _ subject: some CustomStringConvertible) -> NewException {
        NewException(
            kind, subject: subject, merchant: clock.owner, ownerRole: kind == undecided ? .merchant : .operator,
            due: clock.due + .hours(24), detail: "Due at \(clock.due) and not done.")
    }
}
