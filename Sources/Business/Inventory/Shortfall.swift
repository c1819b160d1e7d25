import Kernel
import Store

/// What happens when a fact (a count, damage, loss, recall) takes goods on hand below what is promised.
///
/// The fact stands. In the same transaction the shortfall is recorded as `short`, checkout holds give way first, and
/// then the reservations that hurt least are marked `breaking`: not yet allocated before allocated, latest due first.
/// A follower re-sources those.
enum Shortfall {
    static func shrink(_ key: SellableChange.Key, by amount: Int64, in tx: Transaction) throws {
        let supplies = try tx.query(
            """
            SELECT \(Supply.columns) FROM supply
            WHERE sku = \(key.sku) AND site = \(key.site) AND owner = \(key.owner) AND kind = 'on_hand'
            ORDER BY CASE WHEN pool = 'main' THEN 0 ELSE 1 END, pool, id \(.forUpdate)
            """, Supply.decode)
        let losses = losses(of: amount, from: supplies)
        let left = amount - losses.reduce(0, +)
        for (supply, loss) in zip(supplies, losses) where loss > 0 {
            try shrink(supply, by: loss, key, in: tx)
            try lend(Quantity(loss), of: supply, .shortfall, in: tx)
        }
        guard left == 0 else {
            throw StoreError.unexpected("\(left) of \(key.sku) left \(key.site) that no supply knew of")
        }
    }

    /// How a loss spreads: what is promised to nobody goes first, in every supply; then what hurts.
    static func losses(of amount: Int64, from supplies: [Supply]) -> [Int64] {
        var left = amount
        var losses = supplies.map { supply in
            let part = min(left, max(0, supply.sellable.rawValue - supply.held.rawValue - supply.reserved.rawValue))
            left -= part
            return part
        }
        for index in supplies.indices {
            let more = min(left, supplies[index].sellable.rawValue - losses[index])
            losses[index] += more
            left -= more
        }
        return losses
    }

    /// Units that a fact takes off a pool's counters go back to `main` in the book of moves, which loses them.
    static func lend(
        _ quantity: Quantity, of supply: Supply, _ reason: PoolMoveReason, in tx: Transaction
    ) throws {
        guard supply.pool != Pool.main, quantity > 0 else { return }
        try PoolMoves.record([PoolMove(quantity, of: supply, to: Pool.main, reason)], actor: "system", in: tx)
    }

    static func shrink(_ supply: Supply, by amount: Int64, _ key: SellableChange.Key, in tx: Transaction) throws {
        let promised = supply.held.rawValue + supply.reserved.rawValue
        let short = max(0, promised - (supply.sellable.rawValue - amount))
        try tx.run(
            "UPDATE supply SET sellable = sellable - \(amount), short = \(short) WHERE id = \(supply.id)", expecting: 1)
        guard short > 0 else { return }
        let freed = try Holds.yield(Quantity(short), of: supply.id, in: tx)
        let breaking: Int64 = try tx.value(
            "SELECT COALESCE(SUM(quantity), 0) FROM reservation WHERE \(Reservations.isOn(supply.id)) AND state = 'breaking'") ?? 0
        let needed = short - freed.rawValue - breaking
        if needed > 0 { try breakClaims(on: supply.id, Quantity(needed), key, in: tx) }
    }

    /// Marks claims of a supply for re-sourcing, those that hurt least first, until they come to `needed`.
    static func breakClaims(
        on supply: SupplyID, _ needed: Quantity, _ key: SellableChange.Key, in tx: Transaction
    ) throws {
        let claims = try tx.query(
            """
            SELECT id, quantity, state FROM reservation WHERE \(Reservations.isOn(supply)) AND state IN ('active', 'allocated')
            ORDER BY CASE WHEN state = 'active' THEN 0 ELSE 1 END, due DESC, id DESC \(.forUpdate)
            """
        ) { try ($0.next(ReservationID.self), $0.next(Quantity.self), $0.next(ReservationState.self)) }
        var left = needed, sum = Quantity(0), broken: [ReservationID] = []
        for (id, quantity, state) in claims where left > 0 {
            // An allocated claim breaks whole: its bin and its pick task are for all of it.
            let part = state == .allocated ? quantity : min(left, quantity)
            left -= part
            sum += part
            broken.append(part < quantity ? try Reservations.split(id, off: part, in: tx) : id)
        }
        try tx.run("UPDATE reservation SET state = 'breaking' WHERE id IN \(list: broken)", expecting: broken.count)
        tx.emit(.claimsBroken(key, reservations: broken, quantity: sum, at: tx.now))
    }
}
