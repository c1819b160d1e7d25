import Inventory
import Kernel
import Store

/// One shipment: line by line what was announced and what came, each receipt, and what happened.
package struct InboundStory: Sendable {
    package struct Line: Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let name: String
        package let expected: Quantity
        package let received: Quantity
        /// Of what was received: in another condition than new.
        package let unfit: Quantity
    }

    /// Goods that were taken in at once.
    package struct Receipt: Sendable {
        package let at: Instant
        package let sku: SKUID
        package let skuCode: String
        package let quantity: Quantity
        package let condition: Condition
        package let lot: String?
        package let location: LocationID
        package let locationCode: String
        package let actor: String
    }

    package struct Step: Sendable {
        /// `asn.announced`, `asn.changed`, `asn.received`, `asn.closed`.
        package let type: String
        package let at: Instant
        package let quantity: Quantity
        package let actor: String
    }

    package let asn: ASNView
    package let lines: [Line]
    /// The newest first; at most `most`.
    package let receipts: [Receipt]
    package let steps: [Step]
    package let names: Names

    package static let most = 200

    /// - Throws: `NotFound` where there is no such shipment for the reader.
    package static func read(_ id: ASNID, _ scope: Scope, in tx: Transaction) throws -> InboundStory {
        let asn = try ASNView.find(id, scope, in: tx)
        let unfit = Dictionary(
            uniqueKeysWithValues: try tx.query(
                """
                SELECT sku, SUM(quantity) FROM movement
                WHERE reference = \(id) AND reason = 'receive' AND to_condition <> 'new' GROUP BY sku ORDER BY sku
                """
            ) { (try $0.next(SKUID.self), try $0.next(Quantity.self)) })
        let lines = try tx.query(
            """
            SELECT l.sku, s.code, s.name, l.expected, l.received FROM asn_line l JOIN sku s ON s.id = l.sku
            WHERE l.asn = \(id) ORDER BY s.code, l.id
            """
        ) { row in
            let sku = try row.next(SKUID.self)
            return try Line(
                sku: sku, skuCode: row.next(), name: row.next(), expected: row.next(), received: row.next(), unfit: unfit[sku] ?? 0)
        }
        let receipts = try receipts(of: id, in: tx)
        let steps = try EventLog.history(of: id.description, in: tx).map {
            Step(type: $0.type, at: $0.occurred, quantity: Quantity($0.quantity ?? 0), actor: $0.actor)
        }
        let actors = scope == .network ? receipts.map(\.actor) + steps.map(\.actor) : []
        return InboundStory(
            asn: asn, lines: lines, receipts: receipts, steps: steps, names: try Names(merchants: [asn.merchant], actors: actors, in: tx))
    }

    private static func receipts(of asn: ASNID, in tx: Transaction) throws -> [Receipt] {
        try tx.query(
            """
            SELECT m.occurred_at, m.sku, s.code, m.quantity, m.to_condition, t.code, m.to_place, COALESCE(l.code, ''), m.actor
            FROM movement m JOIN sku s ON s.id = m.sku LEFT JOIN lot t ON t.id = m.lot LEFT JOIN location l ON l.id = m.to_place
            WHERE m.reference = \(asn) AND m.reason = 'receive' ORDER BY m.id DESC LIMIT \(most)
            """
        ) {
            try Receipt(
                at: $0.next(), sku: $0.next(), skuCode: $0.next(), quantity: $0.next(), condition: $0.next(), lot: $0.next(),
                location: $0.next(), locationCode: $0.next(), actor: $0.next())
        }
    }
}
