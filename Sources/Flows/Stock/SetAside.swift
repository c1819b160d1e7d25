import Inventory
import Kernel
import Merchants
import Store

/// Opens a pool: whom its goods are for. It has none until some are set aside.
package struct OpenPool: Flow {
    let pool: @Sendable (PoolID) -> Pool

    package init(
        merchant: MerchantID, code: String, kind: PoolKind, channel: String?, thenMain: Bool, heldOnly: Bool = false
    ) {
        pool = {
            Pool(id: $0, merchant: merchant, code: code, kind: kind, channel: channel, thenMain: thenMain, heldOnly: heldOnly)
        }
    }

    package func run(in tx: Transaction) throws -> PoolID {
        let pool = pool(tx.id())
        guard try Merchant.find([pool.merchant], in: tx)[pool.merchant] != nil else { throw NotFound("merchant", pool.merchant) }
        try Pools.open(pool, in: tx)
        return pool.id
    }
}

/// Units of one SKU that go into a pool or come back from it.
package struct QuotaLine: Sendable {
    package let sku: String
    /// Nil: any, those with the most first.
    package let site: SiteID?
    package let quantity: Quantity

    package init(sku: String, site: SiteID?, quantity: Quantity) {
        self.sku = sku
        self.site = site
        self.quantity = quantity
    }
}

/// Sets units aside for a pool, or takes back what of it is promised to nobody: all lines or none. Goods on hand first, then
/// what is on its way. Kits are set aside by what they are made of.
package struct SetAside: Flow {
    let pool: PoolID
    let lines: [QuotaLine]
    /// Back into `main`.
    let isReturn: Bool
    let actor: String

    package init(_ pool: PoolID, _ lines: [QuotaLine], isReturn: Bool, actor: String) {
        self.pool = pool
        self.lines = lines
        self.isReturn = isReturn
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let pool = try Pools.find(pool, in: tx) else { throw NotFound("pool", pool) }
        guard pool.state == .open else { throw Pools.Refused.closed(pool.code) }
        let parts = try KitParts.load(lines.map { SKUCode(pool.merchant, $0.sku) }, in: tx)
        let (from, to) = isReturn ? (pool.code, Pool.main) : (Pool.main, pool.code)
        var supplies = try Supply.load(of: parts.values.joined().map(\.sku), locked: true, in: tx).mapValues { all in
            all.filter { $0.pool == from && $0.kind.isDivided && $0.available > 0 }.sorted(by: Self.first)
        }
        var moves: [PoolMove] = []
        for line in lines {
            guard (1...100_000_000).contains(line.quantity.rawValue) else { throw Pools.Refused.badQuantity(line.quantity) }
            guard let own = parts[SKUCode(pool.merchant, line.sku)] else { throw NotFound("SKU", line.sku) }
            for part in own {
                moves += try take(line, line.quantity * part.quantity, &supplies[part.sku, default: []], to: to)
            }
        }
        try PoolMoves.run(moves, actor: actor, in: tx)
    }

    private static func first(_ a: Supply, _ b: Supply) -> Bool {
        (a.kind.isHere ? 0 : 1, a.availableFrom, -a.available.rawValue, a.id)
            < (b.kind.isHere ? 0 : 1, b.availableFrom, -b.available.rawValue, b.id)
    }

    private func take(
        _ line: QuotaLine, _ wanted: Quantity, _ supplies: inout [Supply], to pool: String
    ) throws -> [PoolMove] {
        var left = wanted, moves: [PoolMove] = []
        for index in supplies.indices where left > 0 && (line.site ?? supplies[index].site) == supplies[index].site {
            let part = min(left, supplies[index].available)
            guard part > 0 else { continue }
            moves.append(PoolMove(part, of: supplies[index], to: pool, isReturn ? .returned : .quota))
            supplies[index].sellable -= part
            left -= part
        }
        guard left == 0 else { throw Pools.Refused.short(sku: line.sku, wanted: wanted, available: wanted - left) }
        return moves
    }
}

/// Ends a pool: what of it is promised to nobody goes back to `main`. What is promised stays so; what comes free later
/// follows with it (see `PoolMoves.returnFreed`).
package struct ClosePool: Flow {
    let pool: PoolID
    let actor: String

    package init(_ pool: PoolID, actor: String) {
        self.pool = pool
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard let pool = try Pools.find(pool, in: tx) else { throw NotFound("pool", pool) }
        try Pools.close(pool, in: tx)
        try PoolMoves.empty(pool, actor: actor, in: tx)
    }
}
