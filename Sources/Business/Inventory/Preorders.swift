import Kernel
import Store

/// What a merchant sells before anything of it is announced: so many, from a date on. Its claims go over to goods as they are
/// announced or come, and the cap shrinks with them: it counts all that is sold so, not what is open.
package enum Preorders {
    package struct BelowPromised: Refusal, Equatable {
        package let cap: Quantity
        package let promised: Quantity

        package init(cap: Quantity, promised: Quantity) {
            self.cap = cap
            self.promised = promised
        }

        package var code: String { "preorder.below_promised" }
        package var message: String { "\(promised) are promised already; the cap cannot be \(cap)." }
        package var kind: RefusalKind { .conflict }
        package var field: String? { "/cap" }
    }

    /// Says how many and from when. Answers the delay of each fulfillment line that waits for it.
    package static func set(
        _ key: SellableChange.Key, cap: Quantity, from moment: Instant, in tx: Transaction
    ) throws -> [FulfillmentLineID: Duration] {
        let known = try tx.first(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku = \(key.sku) AND site = \(key.site) AND owner = \(key.owner)
                AND kind = 'preorder' ORDER BY id \(.forUpdate)
            """, Supply.decode)
        let promised = (known?.held ?? 0) + (known?.reserved ?? 0)
        guard cap >= promised else { throw BelowPromised(cap: cap, promised: promised) }
        try tx.run(
            """
            INSERT INTO supply (id, owner, sku, site, pool, kind, source, available_from, sellable)
            VALUES (\(tx.id(SupplyID.self)), \(key.owner), \(key.sku), \(key.site), 'main', 'preorder', 0, \(moment), \(cap))
            ON CONFLICT (sku, site, owner, pool, kind, source) DO UPDATE SET sellable = excluded.sellable
            """)
        let more = cap - (known?.sellable ?? 0)
        if more > 0 { tx.emit(.supplyGrew(key, kind: .preorder, by: more, at: tx.now)) }
        guard let known else { return [:] }
        if moment > known.availableFrom {
            return try Inbound.delay(known.id, from: known.availableFrom, to: moment, in: tx)
        }
        try tx.run("UPDATE supply SET available_from = \(moment) WHERE id = \(known.id)", expecting: 1)
        return [:]
    }

    /// Claims on caps go over to what has been announced or has come, earliest due first. Answers the delay of each
    /// fulfillment line whose goods come later than the cap had said.
    package static func cover(_ skus: [SKUID], in tx: Transaction) throws -> [FulfillmentLineID: Duration] {
        let all = try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku IN \(list: Set(skus).sorted()) AND kind = 'preorder' AND reserved > 0
            ORDER BY id \(.forUpdate)
            """, Supply.decode)
        var delays: [FulfillmentLineID: Duration] = [:]
        for cap in all {
            var open = cap.reserved
            for goods in try announced(cap.key, in: tx) where open > 0 {
                let (moved, late) = try move(cap, to: goods, upTo: min(open, goods.available), in: tx)
                open -= moved
                delays.merge(late) { max($0, $1) }
            }
        }
        return delays
    }

    private static func announced(_ key: SellableChange.Key, in tx: Transaction) throws -> [Supply] {
        try tx.query(
            """
            SELECT \(Supply.columns) FROM supply WHERE sku = \(key.sku) AND site = \(key.site) AND owner = \(key.owner)
                AND pool = 'main' AND kind IN ('on_hand', 'inbound', 'transfer') ORDER BY available_from, id \(.forUpdate)
            """, Supply.decode
        ).filter { $0.available > 0 }
    }

    private static func move(
        _ cap: Supply, to goods: Supply, upTo limit: Quantity, in tx: Transaction
    ) throws -> (moved: Quantity, late: [FulfillmentLineID: Duration]) {
        let claims = try Inbound.claims(on: cap.id, upTo: limit, in: tx)
        let sum = claims.reduce(Quantity(0)) { $0 + $1.quantity }
        guard sum > 0 else { return (0, [:]) }
        try tx.run(
            """
            UPDATE supply SET sellable = sellable - \(sum), reserved = reserved - \(sum)
            WHERE id = \(cap.id) AND reserved >= \(sum)
            """, expecting: 1)
        try SupplyBook.reserve([Claim(supply: goods.id, quantity: sum)], in: tx)
        let ids = claims.map(\.id), delay = goods.availableFrom - cap.availableFrom
        let later = max(0, delay.micros)
        try tx.run(
            "UPDATE reservation SET supply = \(goods.id), due = due + \(later) WHERE id IN \(list: ids)", expecting: ids.count)
        guard later > 0 else { return (sum, [:]) }
        let lines: [FulfillmentLineID] = try tx.values(
            "SELECT fulfillment_line FROM reservation WHERE id IN \(list: ids) ORDER BY id")
        return (sum, Dictionary(lines.map { ($0, delay) }, uniquingKeysWith: { max($0, $1) }))
    }
}
