import Kernel
import Orders
import Store

/// How fast SKUs of a merchant sell, by its latest orders: so many of them that it is the same work with a million in the store.
struct SalesPace: Sendable {
    private let units: [SKUID: Int64]
    private let days: Double

    private static let sample = 2000

    /// Units in a day.
    func perDay(_ sku: SKUID) -> Double { Double(units[sku] ?? 0) / days }

    static func read(of merchant: MerchantID, _ skus: [SKUID], in tx: Transaction) throws -> SalesPace {
        let edge = try end(of: merchant, "id DESC", offset: sample - 1, in: tx)
        guard let first = try edge ?? end(of: merchant, "id", offset: 0, in: tx) else { return SalesPace(units: [:], days: 1) }
        let units = try tx.query(
            """
            SELECT c.sku, SUM(c.ordered) FROM orders o JOIN order_component c ON c.order_id = o.id
            WHERE o.merchant = \(merchant) AND o.id >= \(first.id) AND o.purpose = 'sale' AND c.sku IN \(list: skus)
            GROUP BY c.sku ORDER BY c.sku
            """
        ) { (try $0.next(SKUID.self), try $0.next(Int64.self)) }
        // Who sells that much in an hour goes on like this; the few orders of a beginner's first hour tell nothing of a day.
        let least = edge == nil ? 1 : 1.0 / 24
        return SalesPace(
            units: Dictionary(units, uniquingKeysWith: { first, _ in first }),
            days: max(least, Double((tx.now - first.at).micros) / 86_400_000_000))
    }

    private static func end(
        of merchant: MerchantID, _ order: SQL, offset: Int, in tx: Transaction
    ) throws -> (id: OrderID, at: Instant)? {
        try tx.first(
            "SELECT id, recorded_at FROM orders WHERE merchant = \(merchant) ORDER BY \(order) LIMIT 1 OFFSET \(offset)"
        ) { (id: try $0.next(OrderID.self), at: try $0.next(Instant.self)) }
    }
}
