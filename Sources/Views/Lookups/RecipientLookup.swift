import Identity
import Kernel
import Store

/// Who an order goes to: the one view that opens what is sealed.
package enum RecipientLookup {
    /// - Throws: `NotFound` of the order where it is not the reader's, and of the recipient where nobody is known or it
    ///   was forgotten.
    package static func find(_ order: OrderID, _ scope: Scope, _ vault: Vault, in tx: Transaction) throws -> Person {
        try Ownership.orders([order], scope, in: tx)
        return try open(order, vault, in: tx)
    }

    /// Who the goods of a handoff go to: told to its partner alone, and while it has something to send.
    package static func find(for handoff: HandoffView, _ vault: Vault, in tx: Transaction) throws -> Person? {
        guard handoff.state.isOpen else { return nil }
        let order: OrderID? = try tx.value("SELECT order_id FROM handoff WHERE fulfillment_order = \(handoff.id)")
        do { return try order.map { try open($0, vault, in: tx) } } catch is NotFound { return nil }
    }

    private static func open(_ order: OrderID, _ vault: Vault, in tx: Transaction) throws -> Person {
        let recipient = try tx.value("SELECT recipient FROM orders WHERE id = \(order)", as: RecipientID?.self) ?? nil
        guard let recipient, let person = try Recipients.open([recipient], vault, in: tx)[recipient] else {
            throw NotFound("recipient", order)
        }
        return person
    }
}
