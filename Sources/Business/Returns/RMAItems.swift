import Kernel
import Store

/// Units of one component, out of one parcel, in a return; with what has become of them so far.
package struct RMAItem: Sendable {
    package let id: RMAItemID
    package let rma: RMAID
    package let order: OrderID
    package let component: ComponentID
    /// The parcel in which they went out.
    package let parcel: UnitID
    package let sku: SKUID
    package let lot: LotID?
    package let reason: ReturnReason
    /// For an exchange.
    package let wanted: SKUID?
    package let announced: Quantity
    package var kept: Quantity = 0
    package var received: Quantity = 0
    package var missing: Quantity = 0
    package var withdrawn: Quantity = 0
    /// For which the shopper has been given money or other goods.
    package var granted: Quantity = 0

    package init(
        id: RMAItemID, rma: RMAID, order: OrderID, component: ComponentID, parcel: UnitID, sku: SKUID, lot: LotID?,
        reason: ReturnReason, wanted: SKUID? = nil, announced: Quantity, received: Quantity = 0
    ) {
        self.id = id
        self.rma = rma
        self.order = order
        self.component = component
        self.parcel = parcel
        self.sku = sku
        self.lot = lot
        self.reason = reason
        self.wanted = wanted
        self.announced = announced
        self.received = received
    }

    /// Announced units without an outcome.
    package var open: Quantity { announced - kept - received - missing - withdrawn }
    /// Units that nobody may ask to send back again.
    package var taken: Quantity { announced - missing - withdrawn }
}

package enum RMAItems {
    /// How an announced unit ends.
    package enum Outcome: String, Sendable {
        case kept
        case received
        case missing
        case withdrawn
        /// Not an end: the shopper was given something for it.
        case granted
    }

    package static func of(_ returns: some Sequence<RMAID>, in tx: Transaction) throws -> [RMAItem] {
        try list("rma IN \(list: Set(returns).sorted())", in: tx)
    }

    package static func of(orders: some Sequence<OrderID>, in tx: Transaction) throws -> [RMAItem] {
        try list("order_id IN \(list: Set(orders).sorted())", in: tx)
    }

    private static func list(_ condition: SQL, in tx: Transaction) throws -> [RMAItem] {
        try tx.query(
            """
            SELECT id, rma, order_id, component, parcel, sku, lot, reason, wanted_sku, announced, kept, received, missing,
                withdrawn, granted
            FROM rma_item WHERE \(condition) ORDER BY rma, id
            """
        ) {
            var item = try RMAItem(
                id: $0.next(), rma: $0.next(), order: $0.next(), component: $0.next(), parcel: $0.next(), sku: $0.next(),
                lot: lot($0.next()), reason: $0.next(), wanted: $0.next(), announced: $0.next())
            (item.kept, item.received, item.missing) = try ($0.next(), $0.next(), $0.next())
            (item.withdrawn, item.granted) = try ($0.next(), $0.next())
            return item
        }
    }

    private static func lot(_ raw: Int64) -> LotID? { raw == 0 ? nil : LotID(raw) }

    package static func add(_ items: [RMAItem], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "rma": .int, "ord": .int, "component": .int, "parcel": .int, "sku": .int, "lot": .int,
            "reason": .text, "wanted": .int, "announced": .int, "received": .int,
        ])
        for one in items {
            rows.add(
                one.id, one.rma, one.order, one.component, one.parcel, one.sku, one.lot?.raw ?? 0, one.reason, one.wanted,
                one.announced, one.received)
        }
        try tx.run(
            """
            INSERT INTO rma_item (id, rma, order_id, component, parcel, sku, lot, reason, wanted_sku, announced, received)
            SELECT v.id, v.rma, v.ord, v.component, v.parcel, v.sku, v.lot, v.reason, v.wanted, v.announced, v.received
            FROM (\(rows: rows)) AS v
            """)
    }

    /// Adds to how units ended; guarded by the schema, which knows that they are no more than announced.
    package static func count(
        _ outcome: Outcome, _ units: [(item: RMAItemID, quantity: Quantity)], in tx: Transaction
    ) throws {
        var sums: [RMAItemID: Quantity] = [:], rows = Rows(["id": .int, "q": .int])
        for unit in units { sums[unit.item, default: 0] += unit.quantity }
        for (item, quantity) in sums.sorted(by: { $0.key < $1.key }) where quantity > 0 { rows.add(item, quantity) }
        let column = outcome.rawValue
        try tx.run(
            """
            UPDATE rma_item SET \(verbatim: column) = \(verbatim: column) + v.q FROM (\(rows: rows)) AS v
            WHERE rma_item.id = v.id
            """, expecting: rows.count)
    }
}
