import Kernel
import Store

/// In whose name goodwill is given. It is the merchant's money: the merchant gives as they like, others within what the merchant
/// allows them.
package enum GoodwillGiver: String, SQLValue, CaseIterable, Codable {
    case merchant
    case `operator`
    case support

    /// Those who need a limit to give at all.
    package static let limited: [GoodwillGiver] = [.support, .operator]
}

/// What others may give away of a merchant's money for one order, all in all: the smaller of an amount and a share of what was paid.
package struct GoodwillLimit: Hashable, Sendable, Codable {
    package let merchant: MerchantID
    package let giver: GoodwillGiver
    /// It holds from then on, until the next one begins.
    package let from: Instant
    package let most: Money
    /// Millionths of the order's total.
    package let sharePPM: Int64

    package init(merchant: MerchantID, giver: GoodwillGiver, from: Instant, most: Money, sharePPM: Int64) {
        (self.merchant, self.giver, self.from, self.most, self.sharePPM) = (merchant, giver, from, most, sharePPM)
    }

    private enum CodingKeys: String, CodingKey { case merchant, giver, from, most, sharePPM = "share_ppm" }

    /// What may be given for an order of this total, in minor units; nothing where it is in another currency.
    package func allows(of total: Money) -> Int64 {
        guard total.currency == most.currency else { return 0 }
        let product = max(0, total.minor).multipliedFullWidth(by: sharePPM)
        return min(most.minor, Int64(1_000_000).dividingFullWidth(product).quotient)
    }
}

package enum GoodwillLimits {
    private static let columns: SQL = "merchant, giver, from_at, most_minor, currency, share_ppm"

    /// States a limit; one that begins at the same moment is replaced.
    package static func save(_ one: GoodwillLimit, actor: String, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO goodwill_limit (merchant, giver, from_at, most_minor, currency, share_ppm, actor)
            VALUES (\(one.merchant), \(one.giver), \(one.from), \(one.most.minor), \(one.most.currency), \(one.sharePPM), \(actor))
            ON CONFLICT (merchant, giver, from_at) DO UPDATE SET most_minor = excluded.most_minor, currency = excluded.currency,
                share_ppm = excluded.share_ppm, actor = excluded.actor
            """, expecting: 1)
        tx.emit(.goodwillLimit(one, actor: actor, at: tx.now))
    }

    /// The one that holds at a moment; nil where nothing may be given.
    package static func holding(
        _ merchant: MerchantID, _ giver: GoodwillGiver, at moment: Instant, in tx: Transaction
    ) throws -> GoodwillLimit? {
        try tx.first(
            """
            SELECT \(columns) FROM goodwill_limit WHERE merchant = \(merchant) AND giver = \(giver) AND from_at <= \(moment)
            ORDER BY from_at DESC LIMIT 1
            """, decode)
    }

    /// All of a merchant, by giver, the newest first.
    package static func all(of merchant: MerchantID, in tx: Transaction) throws -> [GoodwillLimit] {
        try tx.query(
            "SELECT \(columns) FROM goodwill_limit WHERE merchant = \(merchant) ORDER BY giver, from_at DESC LIMIT 200", decode)
    }

    private static func decode(_ row: inout RowReader) throws -> GoodwillLimit {
        try GoodwillLimit(
            merchant: row.next(), giver: row.next(), from: row.next(), most: Money(row.next(), row.next()), sharePPM: row.next())
    }
}
