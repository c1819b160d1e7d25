import Kernel
import Store

/// Supplies that are on their way, and the claims on them.
package enum Inbound {
    /// Announces what an ASN or transfer will bring; may be promised from `available` on. More of the same source adds to
    /// what was announced, and the later date counts.
    package static func announce(
        _ lines: [(key: SellableChange.Key, quantity: Quantity)], kind: SupplyKind, source: Int64, available: Instant,
        in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "owner": .int, "sku": .int, "site": .int, "q": .int])
        for line in lines.sorted(by: { $0.key < $1.key }) {
            rows.add(tx.id(SupplyID.self), line.key.owner, line.key.sku, line.key.site, line.quantity)
            tx.emit(.supplyGrew(line.key, kind: kind, by: line.quantity, at: tx.now))
        }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            SELECT v.id, v.owner, v.sku, v.site, 'main', \(kind), \(source), \(available), v.q FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = supply.sellable + excluded.sellable,
                available_from = CASE WHEN excluded.available_from > supply.available_from THEN excluded.available_from
                    ELSE supply.available_from END
            """)
    }

    /// Goods of an announced supply have come: its sellable shrinks by them, and claims on it move to the goods on hand,
    /// earliest due first. Called after the goods stand in the physical book.
    ///
    /// Claims that the goods on hand cannot take, because those came damaged or are short themselves, break.
    /// - Parameter sellable: how much of `quantity` can be sold.
    package static func arrived(
        _ key: SellableChange.Key, _ quantity: Quantity, sellable: Quantity, source: Int64, in tx: Transaction
    ) throws {
        var left = quantity, good = sellable
        // A pool is a promise that was kept aside: it is served before what is in none.
        for inbound in try supplies(key, source: source, in: tx) where left > 0 && inbound.sellable > 0 {
            let shrink = min(left, inbound.sellable)
            let moved = try arrive(inbound, shrink, sellable: good, key, in: tx)
            left -= shrink
            good -= min(good, moved)
        }
    }

    /// Answers how much of the goods this pool took.
    private static func arrive(
        _ inbound: Supply, _ shrink: Quantity, sellable: Quantity, _ key: SellableChange.Key, in tx: Transaction
    ) throws -> Quantity {
        try Shortfall.lend(shrink, of: inbound, .arrived, in: tx)
        if inbound.pool != Pool.main, let main = try supplies(key, source: 0, in: tx).first(where: { $0.pool == Pool.main }) {
            let quota = min(shrink, min(sellable, main.available))
            try PoolMoves.run(quota > 0 ? [PoolMove(quota, of: main, to: inbound.pool, .arrived)] : [], actor: "system", in: tx)
        }
        let onHand = try supplies(key, source: 0, in: tx).first { $0.pool == inbound.pool }
        let free = min(shrink, min(sellable, onHand?.available ?? 0))
        let moved = try claims(on: inbound.id, upTo: free, in: tx)
        let sum = moved.reduce(Quantity(0)) { $0 + $1.quantity }
        let short = max(0, inbound.held + inbound.reserved - sum - (inbound.sellable - shrink))
        try tx.run(
            """
            UPDATE supply SET sellable = sellable - \(shrink), reserved = reserved - \(sum), short = \(short)
            WHERE id = \(inbound.id)
            """, expecting: 1)
        if short > inbound.short { try Shortfall.breakClaims(on: inbound.id, short - inbound.short, key, in: tx) }
        guard let onHand else { return free }
        try SupplyBook.reserve([Claim(supply: onHand.id, quantity: sum)], in: tx)
        try tx.run(
            "UPDATE reservation SET supply = \(onHand.id) WHERE id IN \(list: moved.map(\.id))", expecting: moved.count)
        try PoolMoves.returnFreed([onHand.id], in: tx)
        return free
    }

    /// Nothing more will come of a source: claims that still stand on it are broken, to be sourced elsewhere.
    package static func close(_ key: SellableChange.Key, source: Int64, in tx: Transaction) throws {
        for inbound in try supplies(key, source: source, in: tx) where inbound.sellable > 0 || inbound.reserved > 0 {
            let open = try claims(on: inbound.id, upTo: inbound.reserved, in: tx)
            try Shortfall.lend(inbound.sellable, of: inbound, .shortfall, in: tx)
            try tx.run("UPDATE supply SET sellable = 0, short = held + reserved WHERE id = \(inbound.id)", expecting: 1)
            guard !open.isEmpty else { continue }
            try Reservations.mark(open.map(\.id), .breaking, in: tx)
            tx.emit(.claimsBroken(key, reservations: open.map(\.id), quantity: inbound.reserved, at: tx.now))
        }
    }

    /// The goods of a source come no sooner than `moment`; claims on them fall due later by as much. Answers the delay of
    /// each fulfillment line that waits for them.
    package static func slip(
        _ skus: [SKUID], at site: SiteID, source: Int64, to moment: Instant, in tx: Transaction
    ) throws -> [FulfillmentLineID: Duration] {
        let late = try tx.query(
            """
            SELECT id, available_from FROM supply WHERE sku IN \(list: skus) AND site = \(site) AND source = \(source)
                AND available_from < \(moment) ORDER BY id \(.forUpdate)
            """
        ) { try ($0.next(SupplyID.self), $0.next(Instant.self)) }
        var delays: [FulfillmentLineID: Duration] = [:]
        for (id, before) in late {
            delays.merge(try delay(id, from: before, to: moment, in: tx)) { max($0, $1) }
        }
        return delays
    }

    /// One supply comes later, and its claims fall due later by as much.
    static func delay(
        _ supply: SupplyID, from before: Instant, to moment: Instant, in tx: Transaction
    ) throws -> [FulfillmentLineID: Duration] {
        let delay = moment - before
        try tx.run("UPDATE supply SET available_from = \(moment) WHERE id = \(supply)", expecting: 1)
        try tx.run(
            "UPDATE reservation SET due = due + \(delay.micros) WHERE \(Reservations.isOn(supply)) AND state = 'active'")
        let lines: [FulfillmentLineID] = try tx.values(
            "SELECT fulfillment_line FROM reservation WHERE \(Reservations.isOn(supply)) AND state = 'active' ORDER BY id")
        return Dictionary(lines.map { ($0, delay) }, uniquingKeysWith: { max($0, $1) })
    }

    /// As `slip`, and goods that come sooner may be promised sooner; what waits for them keeps its dates.
    package static func move(
        _ skus: [SKUID], at site: SiteID, source: Int64, to moment: Instant, in tx: Transaction
    ) throws -> [FulfillmentLineID: Duration] {
        try tx.run(
            """
            UPDATE supply SET available_from = \(moment)
            WHERE sku IN \(list: skus) AND site = \(site) AND source = \(source) AND available_from > \(moment)
            """)
        return try slip(skus, at: site, source: source, to: moment, in: tx)
    }

    /// Less of a source will come: what is promised to nobody goes first, in every pool, `main` before others; then the claims
    /// break that hurt least.
    package static func shrink(
        _ key: SellableChange.Key, by amount: Quantity, source: Int64, in tx: Transaction
    ) throws {
        let supplies = Array(try supplies(key, source: source, in: tx).reversed())
        for (supply, loss) in zip(supplies, Shortfall.losses(of: amount.rawValue, from: supplies)) where loss > 0 {
            try Shortfall.shrink(supply, by: loss, key, in: tx)
            try Shortfall.lend(Quantity(loss), of: supply, .shortfall, in: tx)
        }
    }

    /// What a source (0: the goods on hand) has in each pool, `main` last, locked.
    private static func supplies(_ key: SellableChange.Key, source: Int64, in tx: Transaction) throws -> [Supply] {
        try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku = \(key.sku) AND site = \(key.site) AND owner = \(key.owner)
                AND source = \(source) AND kind <> 'unsellable' AND (source <> 0 OR kind = 'on_hand')
            ORDER BY CASE WHEN pool = 'main' THEN 1 ELSE 0 END, pool, id \(.forUpdate)
            """, Supply.decode)
    }

    /// Active claims on a supply, earliest due first, up to a quantity; the last is split where it does not fit whole.
    static func claims(
        on supply: SupplyID, upTo limit: Quantity, in tx: Transaction
    ) throws -> [(id: ReservationID, quantity: Quantity)] {
        let all = try tx.query(
            """
            SELECT id, quantity FROM reservation WHERE \(Reservations.isOn(supply)) AND state = 'active'
            ORDER BY due, id \(.forUpdate)
            """
        ) { try ($0.next(ReservationID.self), $0.next(Quantity.self)) }
        var left = limit, taken: [(id: ReservationID, quantity: Quantity)] = []
        for (id, quantity) in all where left > 0 {
            if quantity > left { _ = try Reservations.split(id, off: quantity - left, in: tx) }
            taken.append((id, min(quantity, left)))
            left -= min(quantity, left)
        }
        return taken
    }
}
