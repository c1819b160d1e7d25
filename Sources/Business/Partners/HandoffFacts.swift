import Kernel
import Store

/// What became of units that a partner was asked for.
package enum HandoffFactKind: String, SQLValue, CaseIterable {
    case shipped
    case rejected
    case short
    /// A stock report says that the goods are not there: they are looked for elsewhere.
    case withdrawn
    case cancelled
}

/// Units of one line, and what became of them; written once.
package struct HandoffFact: Sendable {
    package let line: HandoffLine
    package let kind: HandoffFactKind
    package let quantity: Quantity
    /// A code of a closed list.
    package let reason: String
    /// The goods are no longer there, which the newest report could not know.
    package let takesStock: Bool
    package let parcel: UnitID?
    package let occurred: Instant

    package init(
        _ line: HandoffLine, _ kind: HandoffFactKind, _ quantity: Quantity, reason: String = "", takesStock: Bool = false,
        parcel: UnitID? = nil, occurred: Instant
    ) {
        self.line = line
        self.kind = kind
        self.quantity = quantity
        self.reason = reason
        self.takesStock = takesStock
        self.parcel = parcel
        self.occurred = occurred
    }
}

package enum HandoffFacts {
    /// Of these parcels, those that partners sent.
    package static func sent(_ parcels: [UnitID], in tx: Transaction) throws -> Set<UnitID> {
        Set(try tx.values("SELECT parcel FROM partner_parcel WHERE parcel IN \(list: parcels) ORDER BY parcel"))
    }

    /// What a partner sent, and with whom.
    package static func addParcels(
        _ parcels: [(id: UnitID, carrier: String, number: String)], of head: FulfillmentID, shipped: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "carrier": .text, "number": .text])
        for one in parcels { rows.add(one.id, one.carrier, one.number) }
        try tx.run(
            """
            INSERT INTO partner_parcel (parcel, fulfillment_order, carrier, number, shipped_at)
            SELECT v.id, \(head), v.carrier, v.number, \(shipped) FROM (\(rows: rows)) AS v
            """)
    }

    /// Books what became of units; never more than are open.
    package static func add(_ facts: [HandoffFact], to one: Handoff, in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "line": .int, "sku": .int, "kind": .text, "quantity": .int, "reason": .text, "takes": .int, "parcel": .int,
            "occurred": .int,
        ])
        var sums: [FulfillmentLineID: (shipped: Int64, dropped: Int64)] = [:]
        for fact in facts {
            rows.add(
                tx.id(HandoffFactID.self), fact.line.id, fact.line.sku, fact.kind, fact.quantity, fact.reason, fact.takesStock,
                fact.parcel?.raw ?? 0, fact.occurred)
            if fact.kind == .shipped {
                sums[fact.line.id, default: (0, 0)].shipped += fact.quantity.rawValue
            } else {
                sums[fact.line.id, default: (0, 0)].dropped += fact.quantity.rawValue
            }
        }
        try tx.run(
            """
            INSERT INTO handoff_fact (id, fulfillment_order, line, site, merchant, order_id, sku, kind, quantity, reason,
                takes_stock, parcel, occurred_at, recorded_at)
            SELECT v.id, \(one.id), v.line, \(one.site), \(one.merchant), \(one.order), v.sku, v.kind, v.quantity, v.reason,
                v.takes, v.parcel, v.occurred, \(tx.now) FROM (\(rows: rows)) AS v
            """)
        var changes = Rows(["id": .int, "shipped": .int, "dropped": .int])
        for (line, sum) in sums.sorted(by: { $0.key < $1.key }) { changes.add(line, sum.shipped, sum.dropped) }
        try tx.run(
            """
            UPDATE handoff_line SET shipped = handoff_line.shipped + v.shipped, dropped = handoff_line.dropped + v.dropped
            FROM (\(rows: changes)) AS v WHERE handoff_line.id = v.id
            """, expecting: changes.count)
    }

    /// How much of each SKU has left a site, or turned out not to be there, after a moment.
    package static func gone(
        _ skus: [SKUID], at site: SiteID, after moment: Instant, in tx: Transaction
    ) throws -> [SKUID: Quantity] {
        let rows = try tx.query(
            """
            SELECT sku, SUM(quantity) FROM handoff_fact
            WHERE sku IN \(list: skus) AND site = \(site) AND takes_stock = 1 AND occurred_at > \(moment)
            GROUP BY sku ORDER BY sku
            """
        ) { try ($0.next(SKUID.self), $0.next(Quantity.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Sites that did not keep what they were asked for since a moment: they are not asked again for that order and SKU.
    package static func failed(
        _ orders: [OrderID], since moment: Instant, in tx: Transaction
    ) throws -> [(order: OrderID, sku: SKUID, site: SiteID)] {
        try tx.query(
            """
            SELECT DISTINCT order_id, sku, site FROM handoff_fact WHERE order_id IN \(list: orders)
                AND kind IN ('rejected', 'short', 'withdrawn') AND recorded_at > \(moment) ORDER BY order_id, sku, site
            """
        ) { try (order: $0.next(), sku: $0.next(), site: $0.next()) }
    }
}
