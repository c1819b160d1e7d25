import Kernel
import Store

/// Why an order waits for goods.
package enum ShortageKind: String, SQLValue {
    /// Placed knowing that goods come later.
    case backorder
    /// A channel had sold what was not there.
    case oversold
    /// The goods it was promised are gone.
    case broken
}

/// What an order component could not be given.
package struct Shortage: Sendable {
    package let id: ShortageID
    package let owner: MerchantID
    package let sku: SKUID
    package let order: OrderID
    package let component: ComponentID
    /// Whose goods it waits for, before those that are in no pool.
    package let pool: String
    package let quantity: Quantity
    package let kind: ShortageKind
    /// When somebody has to have decided.
    package let deadline: Instant

    package init(
        id: ShortageID, owner: MerchantID, sku: SKUID, order: OrderID, component: ComponentID, pool: String = Pool.main,
        quantity: Quantity, kind: ShortageKind, deadline: Instant
    ) {
        self.id = id
        self.owner = owner
        self.sku = sku
        self.order = order
        self.component = component
        self.pool = pool
        self.quantity = quantity
        self.kind = kind
        self.deadline = deadline
    }
}

package enum Shortages {
    /// A clock on each shortage's id, at its deadline.
    package static let clock = "shortage.deadline"

    package static func open(_ shortages: [Shortage], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "owner": .int, "sku": .int, "ord": .int, "component": .int, "pool": .text, "quantity": .int, "kind": .text,
            "deadline": .int,
        ])
        for one in shortages {
            rows.add(one.id, one.owner, one.sku, one.order, one.component, one.pool, one.quantity, one.kind, one.deadline)
        }
        try tx.run(
            """
            INSERT INTO shortage (id, owner, sku, order_id, component, pool, quantity, kind, opened_at, deadline, owner_role)
            SELECT v.id, v.owner, v.sku, v.ord, v.component, v.pool, v.quantity, v.kind, \(tx.now), v.deadline, 'merchant'
            FROM (\(rows: rows)) AS v
            """)
        try tx.schedule(clock, source: "policy", due: shortages.map { ($0.id.raw, $0.owner, $0.deadline, ["order": .id($0.order)]) })
    }

    /// Open shortages of SKUs, oldest first.
    package static func waiting(for skus: [SKUID], limit: Int = 500, in tx: Transaction) throws -> [Shortage] {
        try load("sku IN \(list: skus)", limit: limit, in: tx)
    }

    package static func waiting(of order: OrderID, in tx: Transaction) throws -> [Shortage] {
        try load("order_id = \(order)", limit: 1000, in: tx)
    }

    package static func waiting(of orders: [OrderID], in tx: Transaction) throws -> [Shortage] {
        try load("order_id IN \(list: orders)", limit: 10_000, in: tx)
    }

    /// Nil where it is closed or unknown.
    package static func open(_ id: ShortageID, in tx: Transaction) throws -> Shortage? {
        try load("id = \(id)", limit: 1, in: tx).first
    }

    private static func load(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [Shortage] {
        try tx.query(
            """
            SELECT id, owner, sku, order_id, component, pool, quantity, kind, deadline FROM shortage
            WHERE closed_at IS NULL AND \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) {
            try Shortage(
                id: $0.next(), owner: $0.next(), sku: $0.next(), order: $0.next(), component: $0.next(), pool: $0.next(),
                quantity: $0.next(), kind: $0.next(), deadline: $0.next())
        }
    }

    /// How many are open.
    package static func count(in tx: Transaction) throws -> Int {
        try tx.value("SELECT COUNT(*) FROM shortage WHERE closed_at IS NULL") ?? 0
    }

    /// Orders with a shortage whose deadline passed before `moment`.
    package static func overdue(by moment: Instant, in tx: Transaction) throws -> [OrderID] {
        try tx.values(
            "SELECT DISTINCT order_id FROM shortage WHERE closed_at IS NULL AND deadline < \(moment) ORDER BY order_id")
    }

    /// What waits is of another order, and waits on in its place; a part of a shortage as one of its own, after the others.
    package static func move(
        _ shortage: Shortage, _ quantity: Quantity, to order: OrderID, _ component: ComponentID, in tx: Transaction
    ) throws {
        guard quantity == shortage.quantity else {
            try settle(shortage, quantity, as: "moved", in: tx)
            return try open(
                [
                    Shortage(
                        id: tx.id(), owner: shortage.owner, sku: shortage.sku, order: order, component: component,
                        pool: shortage.pool, quantity: quantity, kind: shortage.kind, deadline: shortage.deadline)
                ], in: tx)
        }
        try tx.run(
            "UPDATE shortage SET order_id = \(order), component = \(component) WHERE id = \(shortage.id)", expecting: 1)
        guard try tx.isScheduled(clock, of: shortage.id.raw) else { return }
        try tx.closeClocks([clock], of: [shortage.id.raw], outcome: "moved")
        try tx.schedule(
            clock, source: "policy", due: [(shortage.id.raw, shortage.owner, shortage.deadline, ["order": .id(order)])])
    }

    /// Takes `quantity` off a shortage; with nothing left it is closed.
    package static func settle(
        _ shortage: Shortage, _ quantity: Quantity, as outcome: String, in tx: Transaction
    ) throws {
        if quantity < shortage.quantity {
            try tx.run("UPDATE shortage SET quantity = quantity - \(quantity) WHERE id = \(shortage.id)", expecting: 1)
        } else {
            try tx.run(
                "UPDATE shortage SET outcome = \(outcome), closed_at = \(tx.now) WHERE id = \(shortage.id)", expecting: 1)
            try tx.closeClocks([clock], of: [shortage.id.raw], outcome: outcome)
        }
    }
}
