import Kernel
import Store

/// What a channel is shown of the goods on hand: less a safety stock, and nothing below a threshold.
package struct ChannelStock: Sendable {
    package let merchant: MerchantID
    package let channel: String
    /// Nil: all SKUs for which nothing else is said.
    package let sku: SKUID?
    /// Pieces on hand that the channel is never promised.
    package let safety: Quantity
    /// With less than this left for it, the channel is shown nothing.
    package let threshold: Quantity
    /// What it has sold beyond what was there, halved every week; joins the safety stock.
    package let learned: Quantity

    package init(
        merchant: MerchantID, channel: String, sku: SKUID?, safety: Quantity, threshold: Quantity, learned: Quantity = 0
    ) {
        self.merchant = merchant
        self.channel = channel
        self.sku = sku
        self.safety = safety
        self.threshold = threshold
        self.learned = learned
    }

    /// How much of what is available on hand the channel may be promised.
    package func promise(of available: Quantity) -> Quantity {
        let left = max(0, available - safety - learned)
        return left < threshold ? 0 : left
    }
}

package enum ChannelStocks {
    /// What was learned of overselling counts half as much after a week.
    private static let halfLife = Duration.days(7)

    private static func weeks(_ now: Instant) -> SQL {
        let age: SQL = "(\(now) - channel_stock.learned_at) / \(halfLife.micros)"
        return "CAST(CASE WHEN \(age) > 60 THEN 60 ELSE \(age) END AS INTEGER)"
    }

    /// What is said of these channels for these SKUs. A SKU's own words, and what was learned of it, go before the channel's.
    package static func load(
        of merchants: some Sequence<MerchantID>, channels: some Sequence<String>, skus: some Sequence<SKUID>, in tx: Transaction
    ) throws -> [ChannelStock] {
        let rows = try tx.query(
            """
            SELECT merchant, channel, sku, safety, threshold, learned >> \(weeks(tx.now)) FROM channel_stock
            WHERE merchant IN \(list: Set(merchants).sorted()) AND channel IN \(list: Set(channels).sorted())
                AND sku IN \(list: [0] + Set(skus).map(\.raw).sorted()) ORDER BY merchant, channel, sku
            """
        ) {
            let (merchant, channel, sku): (MerchantID, String, Int64) = try ($0.next(), $0.next(), $0.next())
            let (safety, threshold, learned): (Quantity?, Quantity?, Quantity) = try ($0.next(), $0.next(), $0.next())
            return (merchant, channel, sku == 0 ? nil : SKUID(sku), safety, threshold, learned)
        } as [(MerchantID, String, SKUID?, Quantity?, Quantity?, Quantity)]
        return rows.map { merchant, channel, sku, safety, threshold, learned in
            let all = rows.first { $0.0 == merchant && $0.1 == channel && $0.2 == nil }
            return ChannelStock(
                merchant: merchant, channel: channel, sku: sku, safety: safety ?? all?.3 ?? 0, threshold: threshold ?? all?.4 ?? 0,
                learned: learned)
        }
    }

    /// Says it, instead of what was said before; what was learned stays.
    package static func save(_ one: ChannelStock, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO channel_stock (merchant, channel, sku, safety, threshold, learned, learned_at)
            VALUES (\(one.merchant), \(one.channel), \(one.sku?.raw ?? 0), \(one.safety), \(one.threshold), 0, \(tx.now))
            ON CONFLICT (merchant, channel, sku) DO UPDATE SET safety = excluded.safety, threshold = excluded.threshold
            """)
    }

    /// A channel has sold what was not there: its safety stock grows by as much.
    package static func learn(
        _ oversold: [(merchant: MerchantID, channel: String, sku: SKUID, quantity: Quantity)], in tx: Transaction
    ) throws {
        struct Key: Hashable, Comparable {
            let merchant: MerchantID
            let channel: String
            let sku: SKUID
            static func < (a: Key, b: Key) -> Bool { (a.merchant, a.channel, a.sku) < (b.merchant, b.channel, b.sku) }
        }
        var sums: [Key: Quantity] = [:]
        for one in oversold { sums[Key(merchant: one.merchant, channel: one.channel, sku: one.sku), default: 0] += one.quantity }
        var rows = Rows(["merchant": .int, "channel": .text, "sku": .int, "q": .int])
        for (key, quantity) in sums.sorted(by: { $0.key < $1.key }) { rows.add(key.merchant, key.channel, key.sku, quantity) }
        try tx.run(
            """
            INSERT INTO channel_stock (merchant, channel, sku, safety, threshold, learned, learned_at)
            SELECT v.merchant, v.channel, v.sku, NULL, NULL, v.q, \(tx.now) FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (merchant, channel, sku) DO UPDATE SET
                learned = (channel_stock.learned >> \(weeks(tx.now))) + excluded.learned, learned_at = excluded.learned_at
            """)
    }
}

enum ChannelStockSchema {
    static let migrations = [
        Migration(222, "channel stock", [
            // SKU 0: all for which nothing else is said. Without a number of its own a row only remembers what was learned.
            """
            CREATE TABLE channel_stock (
                merchant BIGINT NOT NULL, channel TEXT NOT NULL, sku BIGINT NOT NULL,
                safety BIGINT CHECK (safety >= 0), threshold BIGINT CHECK (threshold >= 0),
                learned BIGINT NOT NULL CHECK (learned >= 0), learned_at BIGINT NOT NULL,
                PRIMARY KEY (merchant, channel, sku))
            """,
        ])
    ]
}
