import Identity
import Kernel
import Store

/// Who an order goes to: the one view that opens what is sealed.
package enum RecipientLookup {
    /// - Throws: `NotFound` of the order where it is not the reader's, and of the recipient where nobody is known or it
    ///   was forgotten.
    package static func find(_ order: OrderID, _ scope: Scope, _ vault: Vault, in tx: Transaction) throws -> Person {
        try Ownership.orders([order], scope, in: tx)
        let recipient = try tx.value("SELECT recipient FROM orders WHERE id = \(order)", as: RecipientID?.self) ?? nil
        guard let recipient, let person = try Recipients.open([recipient], vault, in: tx)[recipient] else {
            throw NotFound("recipient", order)
        }
        return person
    }
}
