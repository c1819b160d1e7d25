import Kernel
import Store

/// Claims whose orders are due while the goods announced for them have not come, and what lies free meanwhile of the same
/// goods: returns that were put back, what a count found.
package enum EarlyGoods {
    /// Goods on hand, of the pool of a claim and promised to nobody, that suffice for all of it: for those due first, first.
    /// Claims on goods that are here, or on preorders, are passed over. Changes nothing; locks what it names.
    package static func find(
        for claims: [Reservation], in tx: Transaction
    ) throws -> [(claim: Reservation, goods: SupplyID)] {
        guard !claims.isEmpty else { return [] }
        let pairs = try tx.query(
            """
            SELECT c.id, h.id FROM supply c
            JOIN supply h ON h.sku = c.sku AND h.site = c.site AND h.owner = c.owner AND h.pool = c.pool AND h.kind = 'on_hand'
            WHERE c.id IN \(list: Set(claims.map(\.supply)).sorted()) AND c.kind IN ('inbound', 'transfer')
                AND h.sellable > h.held + h.reserved
            ORDER BY c.id, h.id
            """
        ) { try ($0.next(SupplyID.self), $0.next(SupplyID.self)) }
        guard !pairs.isEmpty else { return [] }
        let goods = Dictionary(uniqueKeysWithValues: pairs)
        var free = try available(Set(goods.values).sorted(), in: tx)
        return claims.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.compactMap { claim in
            guard let id = goods[claim.supply], let left = free[id], left >= claim.quantity else { return nil }
            free[id] = left - claim.quantity
            return (claim, id)
        }
    }

    private static func available(_ ids: [SupplyID], in tx: Transaction) throws -> [SupplyID: Quantity] {
        let all = try tx.query(
            "SELECT \(Supply.columns) FROM supply WHERE id IN \(list: ids) ORDER BY id \(.forUpdate)", Supply.decode)
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.available) })
    }

    /// Moves claims to the goods that `find` named for them. What was announced for them is anybody's.
    package static func take(_ moves: [(claim: Reservation, goods: SupplyID)], in tx: Transaction) throws {
        guard !moves.isEmpty else { return }
        let left = moves.map { Claim(supply: $0.claim.supply, quantity: $0.claim.quantity) }
        try SupplyBook.release(left, in: tx)
        try SupplyBook.reserve(moves.map { Claim(supply: $0.goods, quantity: $0.claim.quantity) }, in: tx)
        var rows = Rows(["id": .int, "goods": .int])
        for move in moves.sorted(by: { $0.claim.id < $1.claim.id }) { rows.add(move.claim.id, move.goods) }
        try tx.run(
            """
            UPDATE reservation SET supply = v.goods FROM (\(rows: rows)) AS v
            WHERE reservation.id = v.id AND reservation.state = 'active'
            """, expecting: moves.count)
        try SupplyBook.tellFreed(left, in: tx)
    }
}
