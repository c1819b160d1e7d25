import Inventory
import Kernel
import Store

/// What one channel of a merchant is shown of a SKU or kit, and what keeps the rest from it.
package struct ChannelSale: Sendable {
    /// Why a channel shows nothing.
    package enum Why: Sendable, Equatable {
        /// Nothing is available in the pools it draws from.
        case nothingLeft
        /// What is there is its safety stock, or less than its threshold.
        case keptBack
        /// What is available was set aside for others.
        case others(Quantity)
    }

    package let channel: String
    package let pools: [String]
    /// What it may be promised now.
    package let now: Quantity
    /// Of what is available in its pools, what it is not shown.
    package let keptBack: Quantity
    /// When it is shown more; nil where nothing is announced.
    package let next: Availability.Step?
    /// Nil where it shows some.
    package let why: Why?

    /// How many of the merchant's latest orders tell through which channels it sells.
    private static let sample = 500, most = 12

    /// All channels through which the merchant sells: of its latest orders, its pools and what it said of channels.
    package static func read(_ sku: SKUID, of merchant: MerchantID, in tx: Transaction) throws -> [ChannelSale] {
        let channels: [String] = try tx.values(
            """
            SELECT channel FROM (SELECT channel FROM orders WHERE merchant = \(merchant) ORDER BY id DESC LIMIT \(sample)) AS latest
            UNION SELECT channel FROM channel_stock WHERE merchant = \(merchant)
            UNION SELECT channel FROM pool WHERE merchant = \(merchant) AND state = 'open' AND channel IS NOT NULL
            ORDER BY channel LIMIT \(most)
            """)
        let byPool = try available(of: sku, in: tx)
        return try channels.map { channel in
            let found = try Availability.find(AvailabilityQuestion(sku, channel: channel), .merchant(merchant), in: tx)
            let there = found.sites.reduce(Quantity(0)) { $0 + $1.quantity }
            let others = byPool.reduce(Quantity(0)) { found.pools.contains($1.pool) ? $0 : $0 + $1.available }
            let why: Why? = found.now > 0 ? nil : there > 0 ? .keptBack : others > 0 ? .others(others) : .nothingLeft
            return ChannelSale(
                channel: channel, pools: found.pools, now: found.now, keptBack: max(0, there - found.now), next: found.later.first,
                why: why)
        }
    }

    private static func available(of sku: SKUID, in tx: Transaction) throws -> [(pool: String, available: Quantity)] {
        try tx.query(
            """
            SELECT pool, SUM(CASE WHEN stale = 0 AND sellable > held + reserved THEN sellable - held - reserved ELSE 0 END) FROM supply
            WHERE sku = \(sku) AND kind IN ('on_hand', 'partner') GROUP BY pool ORDER BY pool
            """
        ) { (pool: try $0.next(String.self), available: try $0.next(Quantity.self)) }
    }
}
