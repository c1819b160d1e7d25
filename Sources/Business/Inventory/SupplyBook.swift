import Kernel
import Store

/// A claim on a supply, to be added, consumed or given up.
package struct Claim: Sendable {
    package let supply: SupplyID
    package let quantity: Quantity

    package init(supply: SupplyID, quantity: Quantity) {
        self.supply = supply
        self.quantity = quantity
    }
}

/// How much more or less of a SKU is sellable at a site.
package struct SellableChange: Sendable {
    package struct Key: Hashable, Comparable, Sendable {
        package let sku: SKUID
        package let site: SiteID
        package let owner: MerchantID

        package init(sku: SKUID, site: SiteID, owner: MerchantID) {
            self.sku = sku
            self.site = site
            self.owner = owner
        }

        package static func < (a: Key, b: Key) -> Bool { (a.sku, a.site, a.owner) < (b.sku, b.site, b.owner) }
    }

    package let key: Key
    package let amount: Int64

    package init(key: Key, amount: Int64) {
        self.key = key
        self.amount = amount
    }
}

/// The commitment book's counters. Every promise is a guarded write; facts are not.
package enum SupplyBook {
    /// Adds claims. The guard is in the write itself: `held + reserved + q <= sellable`.
    package static func reserve(_ claims: [Claim], in tx: Transaction) throws {
        let rows = summed(claims)
        try tx.run(
            """
            UPDATE supply SET reserved = reserved + v.q FROM (\(rows: rows)) AS v
            WHERE supply.id = v.id AND held + reserved + v.q <= sellable
            """, expecting: rows.count)
    }

    /// Keeps quantities for holds, by the same guard.
    static func hold(_ claims: [Claim], in tx: Transaction) throws {
        let rows = summed(claims)
        try tx.run(
            """
            UPDATE supply SET held = held + v.q FROM (\(rows: rows)) AS v
            WHERE supply.id = v.id AND held + reserved + v.q <= sellable
            """, expecting: rows.count)
    }

    /// Frees what holds kept.
    static func unhold(_ claims: [Claim], in tx: Transaction) throws {
        let rows = summed(claims)
        try tx.run(
            """
            UPDATE supply SET held = held - v.q,
                short = CASE WHEN held - v.q + reserved - sellable > 0 THEN held - v.q + reserved - sellable ELSE 0 END
            FROM (\(rows: rows)) AS v WHERE supply.id = v.id AND held >= v.q
            """, expecting: rows.count)
    }

    /// Leaves an event for each supply of which something is free again, so that those who wait are served.
    static func tellFreed(_ claims: [Claim], in tx: Transaction) throws {
        var sums: [SupplyID: Int64] = [:]
        for claim in claims { sums[claim.supply, default: 0] += claim.quantity.rawValue }
        let supplies = try tx.query(
            "SELECT \(Supply.columns) FROM supply WHERE id IN \(list: sums.keys.sorted()) ORDER BY id", Supply.decode)
        for supply in supplies where supply.available > 0 {
            let freed = min(supply.available, Quantity(sums[supply.id] ?? 0))
            tx.emit(.supplyGrew(supply.key, kind: supply.kind, by: freed, pool: supply.pool, at: tx.now))
        }
    }

    /// Gives claims up; what was short shrinks with them.
    package static func release(_ claims: [Claim], in tx: Transaction) throws {
        let rows = summed(claims)
        try tx.run(
            """
            UPDATE supply SET reserved = reserved - v.q,
                short = CASE WHEN held + reserved - v.q - sellable > 0 THEN held + reserved - v.q - sellable ELSE 0 END
            FROM (\(rows: rows)) AS v WHERE supply.id = v.id AND reserved >= v.q
            """, expecting: rows.count)
        try PoolMoves.returnFreed(claims.map(\.supply), in: tx)
    }

    /// Brings goods on hand in line with what movements changed, and takes out the claims they fulfilled.
    ///
    /// What remains below what is promised stands as short, and claims are chosen to break (see `Shortfall`).
    static func settle(_ changes: [SellableChange], consuming: [Claim], in tx: Transaction) throws {
        try consume(consuming, in: tx)
        let consumed = try keys(of: consuming, in: tx)
        var rest: [SellableChange.Key: Int64] = consumed
        for change in changes { rest[change.key, default: 0] += change.amount }
        let grown = rest.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let shrunk = rest.filter { $0.value < 0 }.sorted { $0.key < $1.key }
        try grow(grown.map { SellableChange(key: $0.key, amount: $0.value) }, in: tx)
        for (key, amount) in shrunk { try Shortfall.shrink(key, by: -amount, in: tx) }
    }

    private static func consume(_ claims: [Claim], in tx: Transaction) throws {
        let rows = summed(claims)
        try tx.run(
            """
            UPDATE supply SET reserved = reserved - v.q, sellable = sellable - v.q FROM (\(rows: rows)) AS v
            WHERE supply.id = v.id AND reserved >= v.q AND sellable >= v.q
            """, expecting: rows.count)
    }

    /// The quantities of claims by the goods they were on. Goods that are not for sale change nothing that may be sold.
    private static func keys(of claims: [Claim], in tx: Transaction) throws -> [SellableChange.Key: Int64] {
        guard !claims.isEmpty else { return [:] }
        let rows = try tx.query(
            "SELECT id, sku, site, owner, kind FROM supply WHERE id IN \(list: Set(claims.map(\.supply)).sorted()) ORDER BY id"
        ) {
            let (id, key) = try ($0.next(SupplyID.self), SellableChange.Key(sku: $0.next(), site: $0.next(), owner: $0.next()))
            return (id, try $0.next(SupplyKind.self) == .unsellable ? nil : key)
        }
        let byID: [SupplyID: SellableChange.Key?] = Dictionary(uniqueKeysWithValues: rows)
        var sums: [SellableChange.Key: Int64] = [:]
        for claim in claims {
            guard let key = byID[claim.supply] else { throw StoreError.unexpected("supply \(claim.supply) is gone") }
            if let key { sums[key, default: 0] += claim.quantity.rawValue }
        }
        return sums
    }

    /// More to promise, in the main pool; followers offer it to those who wait.
    private static func grow(_ changes: [SellableChange], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "owner": .int, "sku": .int, "site": .int, "q": .int])
        for change in changes {
            rows.add(tx.id(SupplyID.self), change.key.owner, change.key.sku, change.key.site, change.amount)
            tx.emit(.supplyGrew(change.key, kind: .onHand, by: Quantity(change.amount), at: tx.now))
        }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            SELECT v.id, v.owner, v.sku, v.site, 'main', 'on_hand', 0, 0, v.q FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = supply.sellable + excluded.sellable,
                short = CASE WHEN supply.held + supply.reserved - supply.sellable - excluded.sellable > 0
                    THEN supply.held + supply.reserved - supply.sellable - excluded.sellable ELSE 0 END
            """)
    }

    private static func summed(_ claims: [Claim]) -> Rows {
        var sums: [SupplyID: Int64] = [:]
        for claim in claims { sums[claim.supply, default: 0] += claim.quantity.rawValue }
        var rows = Rows(["id": .int, "q": .int])
        for (id, quantity) in sums.sorted(by: { $0.key < $1.key }) { rows.add(id, quantity) }
        return rows
    }
}
