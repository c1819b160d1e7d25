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
    /// A carrier or a partner has some of it in hand and was asked; what they say settles the answer.
    case asked
}

package enum Cancels {
    /// Keeps the request with its answer.
    package static func record(
        _ id: CancelID, order: OrderID, by actor: String, reason: String, answer: CancelAnswer, why: String, units: Quantity,
        in tx: Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO cancel_request (id, order_id, requested_by, reason, requested_at, answer, why, units, answered_at)
            VALUES (\(id), \(order), \(actor), \(reason), \(tx.now), \(answer), \(why), \(units),
                \(answer == .asked ? nil : tx.now))
            """)
    }

    /// What a carrier or partner said of a request that had to wait for it; `asked` while another has still to answer.
    ///
    /// - Parameter units: that were stopped by this word.
    package static func settle(_ id: CancelID, _ answer: CancelAnswer, why: String, units: Quantity, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE cancel_request SET units = units + \(units), answer = \(answer), why = \(why),
                answered_at = \(answer == .asked ? nil : tx.now)
            WHERE id = \(id)
            """, expecting: 1)
    }

    /// The units a request has stopped so far; nil where its last word is spoken.
    package static func pending(_ id: CancelID, in tx: Transaction) throws -> (order: OrderID, units: Quantity)? {
        try tx.first(
            "SELECT order_id, units FROM cancel_request WHERE id = \(id) AND answer = 'asked' \(.forUpdate)"
        ) { try ($0.next(), $0.next()) }
    }
}
