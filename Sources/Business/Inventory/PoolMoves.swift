import Kernel
import Store

/// Why units went from one pool to another.
package enum PoolMoveReason: String, SQLValue {
    /// A merchant gave them to a pool.
    case quota
    /// A merchant took them back.
    case returned
    /// The pool has closed.
    case closed
    /// Goods on their way have come: the quota goes over from the announcement to the goods.
    case arrived
    /// A fact took them: what a pool loses falls on `main`, which bears what is missing.
    case shortfall
}

/// Units of a supply that change their pool.
package struct PoolMove: Sendable {
    package let supply: Supply
    package let to: String
    package let quantity: Quantity
    package let reason: PoolMoveReason

    package init(_ quantity: Quantity, of supply: Supply, to pool: String, _ reason: PoolMoveReason) {
        self.supply = supply
        self.to = pool
        self.quantity = quantity
        self.reason = reason
    }
}

/// Movements of the commitment book between pools. Goods do not move with them.
package enum PoolMoves {
    /// Moves units that are promised to nobody. The guard is in the write: `held + reserved <= sellable - q`.
    package static func run(_ moves: [PoolMove], actor: String, in tx: Transaction) throws {
        guard !moves.isEmpty else { return }
        var sums: [SupplyID: Int64] = [:]
        for move in moves { sums[move.supply.id, default: 0] += move.quantity.rawValue }
        var leaving = Rows(["id": .int, "q": .int])
        for (id, quantity) in sums.sorted(by: { $0.key < $1.key }) { leaving.add(id, quantity) }
        try tx.run(
            """
            UPDATE supply SET sellable = sellable - v.q FROM (\(rows: leaving)) AS v
            WHERE supply.id = v.id AND held + reserved + v.q <= sellable
            """, expecting: leaving.count)
        try add(moves, in: tx)
        try record(moves, actor: actor, in: tx)
        for move in moves {
            tx.emit(.supplyGrew(move.supply.key, kind: move.supply.kind, by: move.quantity, pool: move.to, at: tx.now))
        }
    }

    /// Gives back to `main` what of a pool is promised to nobody.
    package static func empty(_ pool: Pool, actor: String, in tx: Transaction) throws {
        let free = try supplies(of: pool.merchant, pool: pool.code, in: tx).compactMap { supply -> PoolMove? in
            let left = supply.sellable - supply.held - supply.reserved
            return left > 0 ? PoolMove(left, of: supply, to: Pool.main, .closed) : nil
        }
        try run(free, actor: actor, in: tx)
    }

    /// What has come free in a pool that is closed goes back to `main`: a hold that lapsed, an order that was cancelled.
    static func returnFreed(_ supplies: some Sequence<SupplyID>, in tx: Transaction) throws {
        for pool in try Pools.closed(of: Set(supplies).sorted(), in: tx) { try empty(pool, actor: "system", in: tx) }
    }

    /// What comes in covers what was short there first.
    private static func add(_ moves: [PoolMove], in tx: Transaction) throws {
        struct Cell: Hashable {
            let key: SellableChange.Key
            let pool: String
            let kind: SupplyKind
            let source: Int64
        }
        var sums: [Cell: (quantity: Int64, from: Instant)] = [:], order: [Cell] = []
        for move in moves {
            let cell = Cell(key: move.supply.key, pool: move.to, kind: move.supply.kind, source: move.supply.source)
            if sums[cell] == nil { order.append(cell) }
            sums[cell, default: (0, move.supply.availableFrom)].quantity += move.quantity.rawValue
        }
        var rows = Rows([
            "id": .int, "owner": .int, "sku": .int, "site": .int, "pool": .text, "kind": .text, "source": .int, "moment": .int,
            "q": .int,
        ])
        for cell in order {
            guard let sum = sums[cell] else { continue }
            rows.add(
                tx.id(SupplyID.self), cell.key.owner, cell.key.sku, cell.key.site, cell.pool, cell.kind, cell.source, sum.from,
                sum.quantity)
        }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            SELECT v.id, v.owner, v.sku, v.site, v.pool, v.kind, v.source, v.moment, v.q FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = supply.sellable + excluded.sellable,
                short = CASE WHEN supply.held + supply.reserved - supply.sellable - excluded.sellable > 0
                    THEN supply.held + supply.reserved - supply.sellable - excluded.sellable ELSE 0 END
            """)
    }

    /// Writes moves whose counters the caller has changed.
    static func record(_ moves: [PoolMove], actor: String, in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "owner": .int, "sku": .int, "site": .int, "kind": .text, "source": .int, "fp": .text, "tp": .text,
            "q": .int, "reason": .text,
        ])
        for move in moves {
            let supply = move.supply
            rows.add(
                tx.id(PoolMoveID.self), supply.owner, supply.sku, supply.site, supply.kind, supply.source, supply.pool, move.to,
                move.quantity, move.reason)
        }
        try tx.run(
            """
            INSERT INTO pool_move (id, owner, sku, site, kind, source, from_pool, to_pool, quantity, reason, actor, moved_at)
            SELECT v.id, v.owner, v.sku, v.site, v.kind, v.source, v.fp, v.tp, v.q, v.reason, \(actor), \(tx.now)
            FROM (\(rows: rows)) AS v
            """)
    }

    /// All that a pool has of its merchant's goods, locked.
    package static func supplies(of merchant: MerchantID, pool: String, in tx: Transaction) throws -> [Supply] {
        try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE owner = \(merchant) AND pool = \(pool) AND kind <> 'unsellable'
            ORDER BY id \(.forUpdate)
            """, Supply.decode)
    }
}
