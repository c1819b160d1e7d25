import Kernel
import Store
import Transport

/// A parcel with its label and what lies in it.
package struct ParcelSummary: Codable, Sendable {
    package struct Item: Codable, Sendable {
        package let order: OrderID
        package let sku: SKUID
        package let skuCode: String
        package let quantity: Quantity

        private enum CodingKeys: String, CodingKey { case order, sku, skuCode = "sku_code", quantity }
    }

    package struct Label: Codable, Sendable {
        package let id: LabelID
        package let issuer: String
        package let leg: String
        package let service: ServiceID
        package let state: LabelState
        package let number: String?
        package let price: Money?
        package let validUntil: Instant?
        package let reason: String?
        /// Of a label from outside: who takes it, and where its document is.
        package let carrier: String?
        package let url: String?
        /// Of a shipment of several pieces: the number of the first, which stands for all.
        package let master: String?

        private enum CodingKeys: String, CodingKey {
            case id, issuer, leg, service, state, number, price, validUntil = "valid_until", reason, carrier, url, master
        }
    }

    package let id: UnitID
    /// The serial shipping container code on it.
    package let code: String
    package let merchant: MerchantID
    package let order: OrderID
    package let fulfillmentOrder: FulfillmentID
    package let site: SiteID
    package let service: ServiceID
    package let state: ParcelState
    /// Every scan says *pull*: take it out.
    package let pull: Bool
    package let piece: Int
    package let pieces: Int
    package let size: Dimensions
    package let expectedGrams: Grams
    package let weighedGrams: Grams?
    package let shipBy: Instant
    package let deliverBy: Instant
    package let packedAt: Instant
    package let handedOverAt: Instant?
    package let deliveredAt: Instant?
    package var items: [Item] = []
    package var labels: [Label] = []

    private enum CodingKeys: String, CodingKey {
        case id, code, merchant, order, fulfillmentOrder = "fulfillment_order", site, service, state, pull, piece, pieces
        case size = "size_mm", expectedGrams = "expected_g", weighedGrams = "weighed_g", shipBy = "ship_by"
        case deliverBy = "deliver_by", packedAt = "packed_at", handedOverAt = "handed_over_at", deliveredAt = "delivered_at"
        case items, labels
    }
}

extension ParcelSummary {
    /// - Throws: `NotFound` where there is no such parcel for the reader.
    package static func find(_ id: UnitID, _ scope: Scope, in tx: Transaction) throws -> ParcelSummary {
        let found = try list("p.id = \(id) AND \(scope.ownsParcel("p"))", limit: 1, in: tx)
        guard let parcel = found.first else { throw NotFound("parcel", id) }
        return parcel
    }

    /// A page of those packed at a site, in the order of ids.
    package static func page(
        at site: SiteID, state: ParcelState?, after id: UnitID?, limit: Int, in tx: Transaction
    ) throws -> [ParcelSummary] {
        var condition: SQL = "p.site = \(site) AND p.id > \(id?.raw ?? -1)"
        if let state { condition = condition + " AND p.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// Those of these ids, in the order of ids.
    package static func all(_ ids: [UnitID], in tx: Transaction) throws -> [ParcelSummary] {
        try list("p.id IN \(list: ids)", limit: 10_000, in: tx)
    }

    /// - Parameter condition: on `p`, the parcel.
    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [ParcelSummary] {
        var found = try tx.query(
            """
            SELECT p.id, u.code, p.merchant, p.order_id, p.fulfillment_order, p.site, p.service, p.state, p.pull, p.piece,
                p.pieces, p.length_mm, p.width_mm, p.height_mm, p.expected_g, p.weighed_g, p.ship_by, p.deliver_by,
                p.packed_at, p.handed_over_at, p.delivered_at
            FROM parcel p JOIN handling_unit u ON u.id = p.id WHERE \(condition) ORDER BY p.id LIMIT \(limit)
            """
        ) {
            try ParcelSummary(
                id: $0.next(), code: $0.next(), merchant: $0.next(), order: $0.next(), fulfillmentOrder: $0.next(),
                site: $0.next(), service: $0.next(), state: $0.next(), pull: $0.next(), piece: $0.next(), pieces: $0.next(),
                size: Dimensions(length: $0.next(), width: $0.next(), height: $0.next()), expectedGrams: $0.next(),
                weighedGrams: $0.next(), shipBy: $0.next(), deliverBy: $0.next(), packedAt: $0.next(), handedOverAt: $0.next(),
                deliveredAt: $0.next())
        }
        let ids = found.map(\.id)
        let items = Dictionary(grouping: try items(of: ids, in: tx), by: \.0)
        let labels = Dictionary(grouping: try labels(of: ids, in: tx), by: \.0)
        for index in found.indices {
            found[index].items = (items[found[index].id] ?? []).map(\.1)
            found[index].labels = (labels[found[index].id] ?? []).map(\.1)
        }
        return found
    }

    private static func items(of ids: [UnitID], in tx: Transaction) throws -> [(UnitID, Item)] {
        try tx.query(
            """
            SELECT i.parcel, i.order_id, i.sku, s.code, i.quantity FROM parcel_item i JOIN sku s ON s.id = i.sku
            WHERE i.parcel IN \(list: ids) ORDER BY i.parcel, i.id
            """
        ) {
            let parcel = try $0.next(UnitID.self)
            return try (parcel, Item(order: $0.next(), sku: $0.next(), skuCode: $0.next(), quantity: $0.next()))
        }
    }

    private static func labels(of ids: [UnitID], in tx: Transaction) throws -> [(UnitID, Label)] {
        try tx.query(
            """
            SELECT parcel, id, issuer, leg, service, state, number, price, currency, valid_until, reason, carrier, url,
                master
            FROM label
            WHERE parcel IN \(list: ids) ORDER BY parcel, id
            """
        ) {
            let parcel = try $0.next(UnitID.self)
            return try (
                parcel,
                Label(
                    id: $0.next(), issuer: $0.next(), leg: $0.next(), service: $0.next(), state: $0.next(), number: $0.next(),
                    price: $0.nextMoneyIfAny(), validUntil: $0.next(), reason: $0.next(), carrier: $0.next(),
                    url: $0.next(), master: $0.next())
            )
        }
    }
}

extension RowReader {
    /// The next two columns: minor units, currency; nil where one is null.
    mutating func nextMoneyIfAny() throws -> Money? {
        let (minor, currency) = try (next(Int64?.self), next(Currency?.self))
        guard let minor, let currency else { return nil }
        return Money(minor, currency)
    }
}
