import Inventory
import Kernel
import Store

/// The story of one unit: a serial of a merchant's SKU, where it is, and every movement in which it was scanned.
package struct SerialStory: Codable, Sendable {
    package struct Step: Codable, Sendable {
        package let at: Instant
        package let reason: String
        package let site: SiteID
        /// `supplier`, `location`, `unit`, `shopper` …
        package let fromKind: String
        package let from: String?
        package let toKind: String
        package let to: String?

        private enum CodingKeys: String, CodingKey {
            case at, reason, site, fromKind = "from_kind", from, toKind = "to_kind", to
        }

        fileprivate init(_ row: inout RowReader) throws {
            (at, reason, site) = try (row.next(), row.next(), row.next())
            (fromKind, from) = try Self.place(&row)
            (toKind, to) = try Self.place(&row)
        }

        private static func place(_ row: inout RowReader) throws -> (String, String?) {
            let kind: String = try row.next(), id: Int64 = try row.next()
            switch kind {
            case "location": return (kind, LocationID(id).description)
            case "unit": return (kind, UnitID(id).description)
            default: return (kind, nil)
            }
        }
    }

    package let serial: String
    package let merchant: MerchantID
    package let sku: SKUID
    package let skuCode: String
    package let state: SerialState
    package let site: SiteID
    package let since: Instant
    /// The one it is in, or was last in, and its order.
    package let parcel: UnitID?
    package let order: OrderID?
    package var steps: [Step] = []

    private enum CodingKeys: String, CodingKey {
        case serial, merchant, sku, skuCode = "sku_code", state, site, since, parcel, order, steps
    }

    /// Every unit that bears the serial: merchants do not ask each other. The first 20.
    /// - Throws: `NotFound` where the reader has none.
    package static func find(_ serial: String, _ scope: Scope, in tx: Transaction) throws -> [SerialStory] {
        let found = try tx.query(
            """
            SELECT s.serial, s.owner, s.sku, k.code, s.state, s.site, s.since, s.parcel, p.order_id
            FROM serial s JOIN sku k ON k.id = s.sku LEFT JOIN parcel p ON p.id = s.parcel
            WHERE s.serial = \(serial) AND \(scope.owns(merchant: "s.owner", site: "s.site")) ORDER BY s.owner, s.sku LIMIT 20
            """
        ) {
            try SerialStory(
                serial: $0.next(), merchant: $0.next(), sku: $0.next(), skuCode: $0.next(), state: $0.next(), site: $0.next(),
                since: $0.next(), parcel: $0.next(), order: $0.next())
        }
        guard !found.isEmpty else { throw NotFound("serial", serial) }
        return try found.map { one in
            var story = one
            story.steps = try tx.query(
                """
                SELECT m.occurred_at, m.reason, m.site, m.from_kind, m.from_place, m.to_kind, m.to_place
                FROM movement_serial x JOIN movement m ON m.id = x.movement
                WHERE x.serial = \(serial) AND m.owner = \(one.merchant) AND m.sku = \(one.sku) ORDER BY m.id
                """
            ) { try Step(&$0) }
            return story
        }
    }
}
