import Kernel
import Store

/// Supplies of goods that a partner holds: no physical book of ours has them, only the partner's reports.
package enum PartnerSupply {
    /// Brings supplies in line with a report: what is there now, less what has left since.
    ///
    /// A fact: where it falls below what is promised, claims break as after any other count (see `Shortfall`).
    package static func report(_ stands: [(key: SellableChange.Key, sellable: Quantity)], in tx: Transaction) throws {
        let sorted = stands.sorted { $0.key < $1.key }
        guard let site = sorted.first?.key.site else { return }
        let known = Dictionary(
            uniqueKeysWithValues: try load(sorted.map(\.key.sku), at: site, in: tx).map { ($0.sku, $0) })
        var rows = Rows(["id": .int, "owner": .int, "sku": .int, "q": .int])
        for one in sorted where one.sellable >= known[one.key.sku]?.sellable ?? 0 {
            rows.add(tx.id(SupplyID.self), one.key.owner, one.key.sku, one.sellable)
            let grown = one.sellable - (known[one.key.sku].map { $0.isStale ? $0.held + $0.reserved : $0.sellable } ?? 0)
            if grown > 0 { tx.emit(.supplyGrew(one.key, kind: .partner, by: grown, at: tx.now)) }
        }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            SELECT v.id, v.owner, v.sku, \(site), 'main', 'partner', 0, 0, v.q FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = excluded.sellable, stale = 0,
                short = CASE WHEN supply.held + supply.reserved - excluded.sellable > 0
                    THEN supply.held + supply.reserved - excluded.sellable ELSE 0 END
            """)
        let shrunk = sorted.compactMap { one in known[one.key.sku].map { (one, $0) } }.filter { $0.0.sellable < $0.1.sellable }
        try tx.run("UPDATE supply SET stale = 0 WHERE id IN \(list: shrunk.map(\.1.id))")
        for (one, supply) in shrunk {
            try Shortfall.shrink(supply, by: (supply.sellable - one.sellable).rawValue, one.key, in: tx)
        }
    }

    /// Claims whose goods a partner has sent are fulfilled.
    /// - Parameter taken: those whose goods the newest report still counts; of the others it knew already.
    package static func ship(_ claims: [(claim: Claim, taken: Bool)], in tx: Transaction) throws {
        var sums: [SupplyID: (claimed: Int64, taken: Int64)] = [:]
        for (claim, taken) in claims {
            sums[claim.supply, default: (0, 0)].claimed += claim.quantity.rawValue
            sums[claim.supply, default: (0, 0)].taken += taken ? claim.quantity.rawValue : 0
        }
        var rows = Rows(["id": .int, "q": .int, "taken": .int])
        for (id, sum) in sums.sorted(by: { $0.key < $1.key }) { rows.add(id, sum.claimed, sum.taken) }
        let left: SQL = "CASE WHEN sellable > v.taken THEN sellable - v.taken ELSE 0 END"
        try tx.run(
            """
            UPDATE supply SET reserved = reserved - v.q, sellable = \(left),
                short = CASE WHEN held + reserved - v.q > \(left) THEN held + reserved - v.q - (\(left)) ELSE 0 END
            FROM (\(rows: rows)) AS v WHERE supply.id = v.id AND reserved >= v.q
            """, expecting: rows.count)
    }

    /// Goods that a partner cannot find are no longer there; the claims on them have been marked as breaking.
    package static func writeOff(_ claims: [Claim], in tx: Transaction) throws {
        var sums: [SupplyID: Int64] = [:]
        for claim in claims { sums[claim.supply, default: 0] += claim.quantity.rawValue }
        let supplies = try tx.query(
            "SELECT \(Supply.columns) FROM supply WHERE id IN \(list: sums.keys.sorted()) ORDER BY id \(.forUpdate)", Supply.decode)
        for supply in supplies {
            let amount = min(sums[supply.id] ?? 0, supply.sellable.rawValue)
            let key = SellableChange.Key(sku: supply.sku, site: supply.site, owner: supply.owner)
            if amount > 0 { try Shortfall.shrink(supply, by: amount, key, in: tx) }
        }
    }

    /// Nothing more of a merchant's goods at a site is promised until the next report; what is promised stays so.
    package static func goStale(of owner: MerchantID, at site: SiteID, in tx: Transaction) throws {
        try tx.run("UPDATE supply SET stale = 1 WHERE site = \(site) AND owner = \(owner) AND kind = 'partner'")
    }

    /// What a partner's site may be promised of these SKUs, locked.
    package static func load(_ skus: [SKUID], at site: SiteID, in tx: Transaction) throws -> [Supply] {
        try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku IN \(list: Set(skus).sorted()) AND site = \(site) AND kind = 'partner'
            ORDER BY id \(.forUpdate)
            """, Supply.decode)
    }

    /// All that a partner's site has of anybody's.
    package static func all(at site: SiteID, in tx: Transaction) throws -> [Supply] {
        try tx.query("SELECT \(Supply.columns) FROM supply WHERE site = \(site) AND kind = 'partner' ORDER BY id", Supply.decode)
    }
}
