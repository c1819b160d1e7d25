import Kernel
import Orders
import Store

/// How a merchant's latest orders do: so many of them that it is the same work with a million in the store.
package struct MerchantToday: Sendable {
    /// Orders taken in by day, the latest day last.
    package let byDay: [(day: CivilDate, orders: Int64)]
    package let orders: Int64
    package let open: Int64
    /// Not there, and past what was promised.
    package let late: Int64
    package let kept: Int64
    package let broken: Int64
    /// There were more today than were looked at.
    package let isCapped: Bool

    package var keptPercent: Int64? { kept + broken > 0 ? kept * 100 / (kept + broken) : nil }

    private static let sample = 2000, days = 14

    /// - Parameter zone: whose days are meant.
    package static func read(_ merchant: MerchantID, _ zone: TimeZoneRule, in tx: Transaction) throws -> MerchantToday {
        let rows = try tx.query(
            """
            SELECT recorded_at, state, promised_by, delivered_at FROM orders WHERE merchant = \(merchant)
            ORDER BY id DESC LIMIT \(sample)
            """
        ) {
            (
                at: try $0.next(Instant.self), state: try $0.next(OrderState.self), promised: try $0.next(Instant?.self),
                delivered: try $0.next(Instant?.self)
            )
        }
        let today = zone.day(of: tx.now)
        var counts: [CivilDate: Int64] = [:], open: Int64 = 0, late: Int64 = 0, kept: Int64 = 0, broken: Int64 = 0
        for row in rows {
            counts[zone.day(of: row.at), default: 0] += 1
            if row.state == .open { open += 1 }
            guard let promised = row.promised else { continue }
            if let delivered = row.delivered {
                if delivered <= promised { kept += 1 } else { broken += 1 }
            } else if row.state == .open || row.state == .shipped, promised < tx.now {
                late += 1
            }
        }
        let shown = (0..<days).reversed().map { CivilDate(dayNumber: today.dayNumber - $0) }
        let first = rows.count == sample ? rows.last.map { zone.day(of: $0.at) } : nil
        let whole = shown.filter { day in first.map { $0 < day } ?? true }
        return MerchantToday(
            byDay: whole.map { ($0, counts[$0] ?? 0) }, orders: counts[today] ?? 0, open: open, late: late, kept: kept, broken: broken,
            isCapped: first == today)
    }
}
