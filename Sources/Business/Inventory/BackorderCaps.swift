import Kernel
import Store

/// How many pieces of a SKU may wait as backorders, and how many do.
package struct BackorderCap: Sendable {
    package let sku: SKUID
    package let cap: Quantity
    package var waiting: Quantity
}

/// A merchant's limits on what it sells before it has it. A SKU without one has no limit.
package enum BackorderCaps {
    /// - Parameter cap: nil takes the limit away.
    package static func set(_ sku: SKUID, of owner: MerchantID, _ cap: Quantity?, in tx: Transaction) throws {
        guard let cap else {
            try tx.run("DELETE FROM backorder_cap WHERE sku = \(sku)")
            return
        }
        try tx.run(
            """
            INSERT INTO backorder_cap (sku, owner, cap) VALUES (\(sku), \(owner), \(cap))
            ON CONFLICT (sku) DO UPDATE SET cap = excluded.cap
            """)
    }

    /// Those of these SKUs that have one, locked: who takes the last piece is decided once.
    package static func load(_ skus: some Sequence<SKUID>, in tx: Transaction) throws -> [SKUID: BackorderCap] {
        let caps = try tx.query(
            "SELECT sku, cap FROM backorder_cap WHERE sku IN \(list: Set(skus).sorted()) ORDER BY sku \(.forUpdate)"
        ) { try ($0.next(SKUID.self), $0.next(Quantity.self)) }
        guard !caps.isEmpty else { return [:] }
        // Read after the lock: what another node has just sold counts.
        let sums = try tx.query(
            """
            SELECT sku, SUM(quantity) FROM shortage
            WHERE closed_at IS NULL AND kind = 'backorder' AND sku IN \(list: caps.map(\.0)) GROUP BY sku ORDER BY sku
            """
        ) { try ($0.next(SKUID.self), $0.next(Quantity.self)) }
        let waiting = Dictionary(uniqueKeysWithValues: sums)
        return Dictionary(
            uniqueKeysWithValues: caps.map { ($0.0, BackorderCap(sku: $0.0, cap: $0.1, waiting: waiting[$0.0] ?? 0)) })
    }
}

enum BackorderSchema {
    static let migrations = [
        Migration(223, "backorder caps", [
            """
            CREATE TABLE backorder_cap (
                sku BIGINT PRIMARY KEY, owner BIGINT NOT NULL, cap BIGINT NOT NULL CHECK (cap >= 0))
            """,
        ])
    ]
}
