import Kernel
import Orders
import Store

/// What one site does for an order.
package struct FulfillmentSummary: Codable, Sendable {
    package struct Line: Codable, Sendable {
        package let sku: SKUID
        package let skuCode: String
        package let quantity: Quantity
        package let picked: Quantity
        package let packed: Quantity

        private enum CodingKeys: String, CodingKey { case sku, skuCode = "sku_code", quantity, picked, packed }
    }

    package let id: FulfillmentID
    package let merchant: MerchantID
    package let order: OrderID
    package let site: SiteID
    package let siteCode: String
    package let purpose: FulfillmentPurpose
    /// Nil where nobody carries it away.
    package let service: ServiceID?
    package let state: FulfillmentState
    package let availableFrom: Instant?
    package let releaseBy: Instant
    package let shipBy: Instant
    package let deliverBy: Instant
    package var lines: [Line] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, order, site, siteCode = "site_code", purpose, service, state, availableFrom = "available_from"
        case releaseBy = "release_by", shipBy = "ship_by", deliverBy = "deliver_by", lines
    }
}

extension FulfillmentSummary {
    /// A page of a site's, in the order of ids.
    /// - Parameter handedOnly: without what a partner's site has not been handed yet.
    package static func page(
        at site: SiteID, state: FulfillmentState?, handedOnly: Bool = false, after id: FulfillmentID?, limit: Int,
        in tx: Transaction
    ) throws -> [FulfillmentSummary] {
        var condition: SQL = "f.site = \(site) AND f.id > \(id?.raw ?? -1)"
        if let state { condition = condition + " AND f.state = \(state)" }
        if handedOnly {
            condition = condition + " AND (s.mode = 'own' OR f.id IN (SELECT h.fulfillment_order FROM handoff h))"
        }
        return try list(condition, limit: limit, in: tx)
    }

    /// Those of these ids, in the order of ids.
    package static func all(_ ids: [FulfillmentID], in tx: Transaction) throws -> [FulfillmentSummary] {
        try list("f.id IN \(list: ids)", limit: 10_000, in: tx)
    }

    /// - Parameter condition: on `f`, the fulfillment order.
    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [FulfillmentSummary] {
        var found = try tx.query(
            """
            SELECT f.id, f.merchant, f.order_id, f.site, s.code, f.purpose, NULLIF(f.service, 0), f.state, f.available_from,
                f.release_by, f.ship_by, f.deliver_by
            FROM fulfillment_order f JOIN site s ON s.id = f.site WHERE \(condition) ORDER BY f.id LIMIT \(limit)
            """
        ) {
            try FulfillmentSummary(
                id: $0.next(), merchant: $0.next(), order: $0.next(), site: $0.next(), siteCode: $0.next(),
                purpose: $0.next(), service: $0.next(), state: $0.next(), availableFrom: $0.nextMoment(),
                releaseBy: $0.next(), shipBy: $0.next(), deliverBy: $0.next())
        }
        let lines = try tx.query(
            """
            SELECT l.fulfillment_order, l.sku, s.code, l.quantity, l.picked, l.packed
            FROM fulfillment_line l JOIN sku s ON s.id = l.sku
            WHERE l.fulfillment_order IN \(list: found.map(\.id)) ORDER BY l.fulfillment_order, l.id
            """
        ) {
            let head = try $0.next(FulfillmentID.self)
            return try (
                head,
                Line(sku: $0.next(), skuCode: $0.next(), quantity: $0.next(), picked: $0.next(), packed: $0.next())
            )
        }
        let byHead = Dictionary(grouping: lines, by: \.0)
        for index in found.indices { found[index].lines = (byHead[found[index].id] ?? []).map(\.1) }
        return found
    }
}

extension RowReader {
    /// A moment where 0 stands for "always".
    mutating func nextMoment() throws -> Instant? {
        let moment = try next(Instant.self)
        return moment == .distantPast ? nil : moment
    }
}
