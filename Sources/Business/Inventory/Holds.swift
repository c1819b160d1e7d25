import Kernel
import Store

/// A quantity kept for somebody for a short time: a checkout, a live drop.
package struct NewHold: Sendable {
    package let supply: SupplyID
    package let owner: MerchantID
    package let quantity: Quantity
    /// `checkout`, `drop`.
    package let purpose: String
    package let reference: String
    package let expires: Instant

    package init(
        supply: SupplyID, owner: MerchantID, quantity: Quantity, purpose: String, reference: String, expires: Instant
    ) {
        self.supply = supply
        self.owner = owner
        self.quantity = quantity
        self.purpose = purpose
        self.reference = reference
        self.expires = expires
    }
}

package enum Holds {
    package static let clock = "hold.expiry"

    package enum Refused: Refusal, Equatable {
        case short(available: Quantity, wanted: Quantity)

        package var code: String { "inventory.stock_short" }
        package var message: String {
            switch self {
            case .short(let available, let wanted): "\(wanted) wanted, \(available) available to promise."
            }
        }
        package var kind: RefusalKind { .conflict }
        package var field: String? { "/quantity" }
    }

    /// Places a hold with its expiry as a clock. Refuses where less is available.
    package static func place(_ hold: NewHold, in tx: Transaction) throws -> HoldID {
        let claimed = try tx.run(
            """
            UPDATE supply SET held = held + \(hold.quantity)
            WHERE id = \(hold.supply) AND held + reserved + \(hold.quantity) <= sellable
            """)
        guard claimed == 1 else {
            let left = try tx.first("SELECT \(Supply.columns) FROM supply WHERE id = \(hold.supply)", Supply.decode)
            throw Refused.short(available: left?.available ?? 0, wanted: hold.quantity)
        }
        let id = tx.id(HoldID.self)
        try tx.run(
            """
            INSERT INTO hold (id, supply, owner, quantity, purpose, reference, expires_at, created_at, state)
            VALUES (\(id), \(hold.supply), \(hold.owner), \(hold.quantity), \(hold.purpose), \(hold.reference),
                \(hold.expires), \(tx.now), 'active')
            """)
        try tx.schedule(clock, source: hold.purpose, due: [(id.raw, hold.owner, hold.expires, [:])])
        return id
    }

    /// Ends active holds; answers those that were active.
    @discardableResult
    package static func end(_ ids: [HoldID], as state: String, in tx: Transaction) throws -> [HoldID] {
        let active = try tx.query(
            "SELECT id, supply, quantity FROM hold WHERE id IN \(list: ids) AND state = 'active' ORDER BY id \(.forUpdate)"
        ) { try ($0.next(HoldID.self), $0.next(SupplyID.self), $0.next(Int64.self)) }
        var freed: [SupplyID: Int64] = [:]
        for (_, supply, quantity) in active { freed[supply, default: 0] += quantity }
        var rows = Rows(["id": .int, "q": .int])
        for (supply, quantity) in freed.sorted(by: { $0.key < $1.key }) { rows.add(supply, quantity) }
        try tx.run(
            """
            UPDATE supply SET held = held - v.q,
                short = CASE WHEN held - v.q + reserved - sellable > 0 THEN held - v.q + reserved - sellable ELSE 0 END
            FROM (\(rows: rows)) AS v WHERE supply.id = v.id AND held >= v.q
            """, expecting: rows.count)
        try tx.run("UPDATE hold SET state = \(state) WHERE id IN \(list: active.map(\.0))")
        try tx.closeClocks([clock], of: active.map(\.0.raw), outcome: state)
        return active.map(\.0)
    }

    /// Lets the youngest holds of a supply go until `wanted` is free; answers how much that freed.
    static func yield(_ wanted: Quantity, of supply: SupplyID, in tx: Transaction) throws -> Quantity {
        let holds = try tx.query(
            "SELECT id, quantity FROM hold WHERE supply = \(supply) AND state = 'active' ORDER BY id DESC"
        ) { try ($0.next(HoldID.self), $0.next(Quantity.self)) }
        var freed = Quantity(0), ended: [HoldID] = []
        for (id, quantity) in holds where freed < wanted {
            freed += quantity
            ended.append(id)
        }
        try end(ended, as: "released", in: tx)
        return min(freed, wanted)
    }
}
