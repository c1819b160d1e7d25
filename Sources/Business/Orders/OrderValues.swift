import Kernel
import Store

/// What orders are worth to their buyers.
package enum OrderValues {
    /// The totals of those that exist.
    package static func of(_ orders: some Sequence<OrderID>, in tx: Transaction) throws -> [OrderID: Money] {
        let found = try tx.query(
            "SELECT id, total_minor, currency FROM orders WHERE id IN \(list: Set(orders).sorted()) ORDER BY id"
        ) { (try $0.next(OrderID.self), Money(try $0.next(), try $0.next())) }
        return Dictionary(uniqueKeysWithValues: found)
    }
}
