import Kernel
import Store

package enum Holds {
    package static let clock = "hold.expiry"

    /// Places holds with their expiry as clocks. The caller has seen in locked supplies that there is enough; the guard of
    /// each supply stands in the write all the same.
    package static func place(_ holds: [NewHold], in tx: Transaction) throws -> [HoldID] {
        try SupplyBook.hold(holds.flatMap { $0.claims.map { Claim(supply: $0.supply, quantity: $0.quantity) } }, in: tx)
        var rows = Rows(["id": .int, "owner": .int, "pool": .text, "purpose": .text, "reference": .text, "expires": .int])
        var claims = Rows(["hold": .int, "supply": .int, "sku": .int, "q": .int])
        let ids = holds.map { _ in tx.id(HoldID.self) }
        for (id, hold) in zip(ids, holds) {
            rows.add(id, hold.owner, hold.pool, hold.purpose, hold.reference, hold.expires)
            for claim in hold.claims { claims.add(id, claim.supply, claim.sku, claim.quantity) }
            tx.emit(.holdPlaced(id, hold, at: tx.now))
        }
        try tx.run(
            """
            INSERT INTO hold (id, owner, pool, purpose, reference, expires_at, created_at, state)
            SELECT v.id, v.owner, v.pool, v.purpose, v.reference, v.expires, \(tx.now), 'active' FROM (\(rows: rows)) AS v
            """)
        try tx.run(
            """
            INSERT INTO hold_claim (hold, supply, sku, quantity)
            SELECT v.hold, v.supply, v.sku, v.q FROM (\(rows: claims)) AS v
            """)
        try tx.schedule(clock, source: "hold", due: zip(ids, holds).map { ($0.raw, $1.owner, $1.expires, [:]) })
        return ids
    }

    /// Holds as they stand, locked: what is decided next rests on them.
    package static func load(_ ids: [HoldID], in tx: Transaction) throws -> [HoldID: Hold] {
        guard !ids.isEmpty else { return [:] }
        let heads = try tx.query(
            """
            SELECT id, owner, pool, purpose, expires_at, state, order_id FROM hold WHERE id IN \(list: Set(ids).sorted())
            ORDER BY id \(.forUpdate)
            """
        ) {
            try Hold(
                id: $0.next(), owner: $0.next(), pool: $0.next(), purpose: $0.next(), expires: $0.next(), state: $0.next(),
                order: $0.next(), claims: [])
        }
        let rows = try tx.query(
            "SELECT hold, supply, sku, quantity FROM hold_claim WHERE hold IN \(list: heads.map(\.id)) ORDER BY hold, supply"
        ) { try ($0.next(HoldID.self), HoldClaim(supply: $0.next(), sku: $0.next(), quantity: $0.next())) }
        let claims = Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
        return Dictionary(
            uniqueKeysWithValues: heads.map {
                let hold = Hold(
                    id: $0.id, owner: $0.owner, pool: $0.pool, purpose: $0.purpose, expires: $0.expires, state: $0.state,
                    order: $0.order, claims: claims[$0.id] ?? [])
                return ($0.id, hold)
            })
    }

    /// Ends active holds and frees what they kept; answers those that were active. One that had ended is left as it is, so
    /// that a repeated or late request frees nothing twice.
    @discardableResult
    package static func end(_ ids: [HoldID], as state: HoldState, in tx: Transaction) throws -> [Hold] {
        let active = try load(ids, in: tx).values.filter { HoldState.transitions[$0.state]?.contains(state) == true }
            .sorted { $0.id < $1.id }
        try end(active.map { ($0, nil) }, as: state, in: tx)
        try tellFreed(active.flatMap(\.claims), in: tx)
        return active
    }

    /// Orders have taken these active holds: what they kept is freed for their reservations, written after this in the same
    /// transaction.
    package static func confirm(_ holds: [(hold: Hold, order: OrderID)], in tx: Transaction) throws {
        try end(holds.map { ($0.hold, Optional($0.order)) }, as: .confirmed, in: tx)
    }

    /// What orders have not taken of the holds they confirmed is free again.
    /// - Parameter taken: what their reservations, written by now, take, by supply.
    package static func free(_ holds: [Hold], but taken: [SupplyID: Int64], in tx: Transaction) throws {
        var taken = taken
        let left = holds.flatMap(\.claims).compactMap { claim -> HoldClaim? in
            let part = min(taken[claim.supply] ?? 0, claim.quantity.rawValue)
            taken[claim.supply, default: 0] -= part
            let rest = claim.quantity - Quantity(part)
            return rest > 0 ? HoldClaim(supply: claim.supply, sku: claim.sku, quantity: rest) : nil
        }
        try tellFreed(left, in: tx)
    }

    private static func end(_ holds: [(hold: Hold, order: OrderID?)], as state: HoldState, in tx: Transaction) throws {
        guard !holds.isEmpty else { return }
        try SupplyBook.unhold(
            holds.flatMap { $0.hold.claims.map { Claim(supply: $0.supply, quantity: $0.quantity) } }, in: tx)
        let ids = holds.map(\.hold.id)
        var rows = Rows(["id": .int, "ord": .int])
        for (hold, order) in holds { rows.add(hold.id, order?.raw) }
        try tx.run(
            """
            UPDATE hold SET state = \(state), order_id = v.ord, ended_at = \(tx.now) FROM (\(rows: rows)) AS v
            WHERE hold.id = v.id AND state = 'active'
            """, expecting: rows.count)
        try tx.run("UPDATE hold_claim SET active = 0 WHERE hold IN \(list: ids)")
        try tx.closeClocks([clock], of: ids.map(\.raw), outcome: state.rawValue)
        for (hold, order) in holds { tx.emit(.holdEnded(hold, state, order: order, at: tx.now)) }
    }

    private static func tellFreed(_ claims: [HoldClaim], in tx: Transaction) throws {
        guard !claims.isEmpty else { return }
        try SupplyBook.tellFreed(claims.map { Claim(supply: $0.supply, quantity: $0.quantity) }, in: tx)
        try PoolMoves.returnFreed(claims.map(\.supply), in: tx)
    }

    /// Lets the youngest holds of a supply go until `wanted` is free; answers how much that freed of it.
    static func yield(_ wanted: Quantity, of supply: SupplyID, in tx: Transaction) throws -> Quantity {
        let claims = try tx.query(
            "SELECT hold, quantity FROM hold_claim WHERE supply = \(supply) AND active = 1 ORDER BY hold DESC"
        ) { try ($0.next(HoldID.self), $0.next(Quantity.self)) }
        var freed = Quantity(0), ended: [HoldID] = []
        for (id, quantity) in claims where freed < wanted {
            freed += quantity
            ended.append(id)
        }
        try end(ended, as: .voided, in: tx)
        return min(freed, wanted)
    }

    /// Whether a pool has active holds of a merchant, and until when the last of them lasts.
    package static func lastExpiry(of owner: MerchantID, pool: String, in tx: Transaction) throws -> Instant? {
        try tx.value(
            """
            SELECT MAX(h.expires_at) FROM supply s JOIN hold_claim c ON c.supply = s.id AND c.active = 1 JOIN hold h ON h.id = c.hold
            WHERE s.owner = \(owner) AND s.pool = \(pool)
            """, as: Instant?.self) ?? nil
    }
}
