import Inventory
import Kernel
import Merchants
import Store

/// Says how much of the goods on hand a channel is not shown.
package struct SetChannelStock: Flow {
    let merchant: MerchantID
    let channel: String
    /// Nil: all SKUs for which nothing else is said.
    let sku: String?
    let safety: Quantity
    let threshold: Quantity

    package init(merchant: MerchantID, channel: String, sku: String?, safety: Quantity, threshold: Quantity) {
        self.merchant = merchant
        self.channel = channel
        self.sku = sku
        self.safety = safety
        self.threshold = threshold
    }

    package func run(in tx: Transaction) throws {
        guard try Merchant.find([merchant], in: tx)[merchant] != nil else { throw NotFound("merchant", merchant) }
        for (field, quantity) in [("safety", safety), ("threshold", threshold)]
        where !(0...1_000_000_000).contains(quantity.rawValue) {
            throw InvalidInput(field: "/\(field)", "\(field) is 0 to 1,000,000,000 pieces, not \(quantity).")
        }
        let facts = try sku.map { code in
            let key = SKUCode(merchant, code)
            guard let facts = try Catalog.facts(codes: [key], in: tx)[key], !facts.isKit else { throw NotFound("sku", code) }
            return facts
        }
        try ChannelStocks.save(
            ChannelStock(merchant: merchant, channel: channel, sku: facts?.id, safety: safety, threshold: threshold), in: tx)
    }
}
