import Identity
import Inventory
import Kernel
import Merchants
import Returns
import Sourcing
import Store

/// One merchant with its settings, rules, channels and where its goods lie.
package struct MerchantStory: Sendable {
    /// What of its goods a channel is not shown.
    package struct Channel: Sendable {
        package let channel: String
        /// Nil: for all SKUs.
        package let sku: String?
        package let safety: Quantity?
        package let threshold: Quantity?
        /// Of what the channel sold beyond what was there.
        package let learned: Quantity
    }

    package let merchant: MerchantView
    package let rules: [SourcingRule]
    /// Its own; those that hold for all merchants where it has none.
    package let policies: [ReturnPolicy]
    package let channels: [Channel]
    package let pools: [PoolView]
    package let sites: [SiteID]
    package let skus: [StockSummary]
    package let keys: [KeyRecord]
    package let names: Names

    package static let most = 12

    /// - Throws: `NotFound` where there is no such merchant for the reader.
    package static func read(_ id: MerchantID, _ scope: Scope, in tx: Transaction) throws -> MerchantStory {
        let merchant = try MerchantView.find(id, scope, in: tx), own = try ReturnPolicies.all(of: id, in: tx)
        var filter = StockListFilter()
        filter.merchant = id
        return MerchantStory(
            merchant: merchant, rules: try SourcingRules.all(of: id, in: tx),
            policies: try own.isEmpty ? ReturnPolicies.all(of: nil, in: tx) : own, channels: try channels(of: id, in: tx),
            pools: try PoolView.list(.merchant(id), after: nil, limit: 50, in: tx),
            sites: try tx.values(
                """
                SELECT t.id FROM site t WHERE EXISTS (SELECT 1 FROM supply s WHERE s.site = t.id AND s.owner = \(id)) ORDER BY t.name, t.id
                """),
            skus: try StockSummary.window(filter, scope, after: nil, limit: most, in: tx).lines,
            keys: try Keys.list(of: KeyHolder.merchant(id), limit: 50, in: tx), names: try Names(in: tx))
    }

    /// What each channel is not shown of a merchant's goods.
    package static func channels(of merchant: MerchantID, in tx: Transaction) throws -> [Channel] {
        try tx.query(
            """
            SELECT c.channel, k.code, c.safety, c.threshold, c.learned FROM channel_stock c LEFT JOIN sku k ON k.id = c.sku
            WHERE c.merchant = \(merchant) ORDER BY c.channel, c.sku LIMIT 50
            """
        ) { try Channel(channel: $0.next(), sku: $0.next(), safety: $0.next(), threshold: $0.next(), learned: $0.next()) }
    }
}
