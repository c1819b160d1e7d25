import Kernel
import Store

/// What became of the wish to cancel.
package enum CancelAnswer: String, SQLValue, CaseIterable, Codable {
    /// Nothing of the order will arrive.
    case accepted
    /// Some units had left already.
    case partly
    /// All had left, or nothing was left to cancel.
    case refused
}

package enum Cancels {
    /// Keeps the request with its answer.
    package static func record(
        order: OrderID, by actor: String, reason: String, answer: CancelAnswer, why: String, units: Quantity,
        in tx: Transaction
    ) throws -> CancelID {
        let id = tx.id(CancelID.self)
        try tx.run(
            """
            INSERT INTO cancel_request (id, order_id, requested_by, reason, requested_at, answer, why, units, answered_at)
            VALUES (\(id), \(order), \(actor), \(reason), \(tx.now), \(answer), \(why), \(units), \(tx.now))
            """)
        return id
    }
}
