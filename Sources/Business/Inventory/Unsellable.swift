import Kernel
import Store

/// Goods on hand that are not for sale, because of their condition or of the place they are kept in, and the claims of
/// removals and disposals on them. Each condition is a pool of its own.
package enum Unsellable {
    /// Brings what may be claimed in line with what is there, and answers it.
    ///
    /// Locks the goods: what is claimed next in this transaction is there.
    package static func offer(
        _ skus: [SKUID], of owner: MerchantID, in condition: Condition, at site: SiteID, in tx: Transaction
    ) throws -> [SKUID: [Supply]] {
        let cells = try tx.query(
            """
            SELECT sku, on_hand FROM stock WHERE sku IN \(list: Set(skus).sorted()) AND site = \(site) AND owner = \(owner)
                AND \(cell(condition)) ORDER BY id \(.forUpdate)
            """
        ) { try ($0.next(SKUID.self), $0.next(Int64.self)) }
        var onHand: [SKUID: Int64] = [:]
        for (sku, quantity) in cells { onHand[sku, default: 0] += quantity }
        try write(onHand, of: owner, in: condition, at: site, in: tx)
        let supplies = try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku IN \(list: Set(skus).sorted()) AND site = \(site)
                AND owner = \(owner) AND kind = 'unsellable' AND pool = \(condition) ORDER BY id \(.forUpdate)
            """, Supply.decode)
        return Dictionary(grouping: supplies, by: \.sku)
    }

    private static func write(
        _ onHand: [SKUID: Int64], of owner: MerchantID, in condition: Condition, at site: SiteID, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "sku": .int, "q": .int])
        for (sku, quantity) in onHand.sorted(by: { $0.key < $1.key }) { rows.add(tx.id(SupplyID.self), sku, quantity) }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            SELECT v.id, \(owner), v.sku, \(site), \(condition), 'unsellable', 0, 0, v.q FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = excluded.sellable,
                short = CASE WHEN supply.held + supply.reserved > excluded.sellable
                    THEN supply.held + supply.reserved - excluded.sellable ELSE 0 END
            """)
    }

    /// Cells of the stock that hold such goods.
    static func cell(_ condition: Condition) -> SQL {
        "place_kind = 'location' AND sellable = 0 AND customs = 'free' AND condition = \(condition)"
    }

    /// The reservations that are on goods not for sale, with the condition they are on.
    package static func conditions(
        of reservations: [Reservation], in tx: Transaction
    ) throws -> [ReservationID: Condition] {
        let supplies = Set(reservations.map(\.supply)).sorted()
        let rows = try tx.query(
            "SELECT id, pool FROM supply WHERE id IN \(list: supplies) AND kind = 'unsellable' ORDER BY id"
        ) { try ($0.next(SupplyID.self), $0.next(Condition.self)) }
        let pools = Dictionary(uniqueKeysWithValues: rows)
        guard !pools.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: reservations.compactMap { one in pools[one.supply].map { (one.id, $0) } })
    }
}
