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
    /// A carrier has some of it and was asked to turn back; the answer follows.
    case asked
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
            VALUES (\(id), \(order), \(actor), \(reason), \(tx.now), \(answer), \(why), \(units),
                \(answer == .asked ? nil : tx.now))
            """)
        return id
    }

    /// The units a request has stopped so far; nil where its last word is spoken.
    package static func pending(_ id: CancelID, in tx: Transaction) throws -> (order: OrderID, units: Quantity)? {
        try tx.first(
            "SELECT order_id, units FROM cancel_request WHERE id = \(id) AND answer = 'asked' \(.forUpdate)"
        ) { try ($0.next(), $0.next()) }
    }

    /// The last word on a request that had to wait for a carrier.
    package static func settle(
        _ id: CancelID, answer: CancelAnswer, why: String, units: Quantity, in tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE cancel_request SET answer = \(answer), why = \(why), units = \(units), answered_at = \(tx.now)
            WHERE id = \(id) AND answer = 'asked'
            """, expecting: 1)
    }
}
