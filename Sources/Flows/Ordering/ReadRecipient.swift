import Identity
import Kernel
import Orders
import Store

/// Somebody reads who an order goes to. The log keeps who did, and nothing of what they read.
package struct ReadRecipient: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let vault: Vault
    let actor: String

    package static let type = "order.recipient_read"

    /// - Parameter merchant: the only one whose order it may be; nil for the operator.
    package init(_ order: OrderID, merchant: MerchantID?, vault: Vault, actor: String) {
        self.order = order
        self.merchant = merchant
        self.vault = vault
        self.actor = actor
    }

    /// Nil where the channel keeps the shopper to itself, or they were forgotten.
    package func run(in tx: Transaction) throws -> Person? {
        guard let record = try OrderRecords.load([order], in: tx)[order], merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        guard let recipient = record.recipient, let person = try Recipients.open([recipient], vault, in: tx)[recipient]
        else { return nil }
        tx.emit(NewEvent(Self.type, key: order.description, occurred: tx.now, actor: actor, owner: record.merchant))
        return person
    }
}
