import Kernel
import Partners
import Store

/// A fulfillment order as the partner sees it to whom it was handed. Nothing personal.
package struct HandoffView: Codable, Sendable {
    package struct Line: Codable, Sendable {
        package let line: FulfillmentLineID
        package let sku: SKUID
        package let skuCode: String
        package let name: String
        package let asked: Quantity
        package let open: Quantity
        package let shipped: Quantity
        package let dropped: Quantity

        private enum CodingKeys: String, CodingKey {
            case line, sku, skuCode = "sku_code", name, asked, open, shipped, dropped
        }
    }

    package struct Parcel: Codable, Sendable {
        package let parcel: UnitID
        package let carrier: String
        package let trackingNumber: String
        package let shippedAt: Instant

        private enum CodingKeys: String, CodingKey {
            case parcel, carrier, trackingNumber = "tracking_number", shippedAt = "shipped_at"
        }
    }

    package let id: FulfillmentID
    package let merchant: MerchantID
    package let site: SiteID
    package let state: HandoffState
    package let orderNumber: String
    package let country: String
    package let sentAt: Instant
    package let acceptBy: Instant
    package let shipBy: Instant
    package let deliverBy: Instant
    package let expectedAt: Instant?
    package let cancelAnswer: CancelReply?
    package var lines: [Line] = []
    package var parcels: [Parcel] = []

    private enum CodingKeys: String, CodingKey {
        case id, merchant, site, state, orderNumber = "order_number", country, sentAt = "sent_at", acceptBy = "accept_by"
        case shipBy = "ship_by", deliverBy = "deliver_by", expectedAt = "expected_at", cancelAnswer = "cancel_answer", lines, parcels
    }
}

extension HandoffView {
    /// - Throws: `NotFound` where it was not handed to the reader.
    package static func find(_ id: FulfillmentID, _ scope: Scope, in tx: Transaction) throws -> HandoffView {
        let mine = scope.owns(site: "h.site")
        guard let one = try list("h.fulfillment_order = \(id) AND \(mine)", limit: 1, in: tx).first else {
            throw NotFound("fulfillment_order", id)
        }
        return one
    }

    /// A page of what was handed to the reader, in the order of ids.
    package static func page(
        _ state: HandoffState?, _ scope: Scope, after id: FulfillmentID?, limit: Int, in tx: Transaction
    ) throws -> [HandoffView] {
        var condition: SQL = "h.fulfillment_order > \(id?.raw ?? -1) AND \(scope.owns(site: "h.site"))"
        if let state { condition = condition + " AND h.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    static func list(_ condition: SQL, limit: Int, in tx: Transaction) throws -> [HandoffView] {
        var found = try tx.query(
            """
            SELECT h.fulfillment_order, h.merchant, h.site, h.state, o.number, o.country, h.sent_at, h.accept_by, h.ship_by, h.deliver_by,
                h.expected_at, h.cancel_answer
            FROM handoff h JOIN orders o ON o.id = h.order_id WHERE \(condition) ORDER BY h.fulfillment_order LIMIT \(limit)
            """
        ) {
            try HandoffView(
                id: $0.next(), merchant: $0.next(), site: $0.next(), state: $0.next(), orderNumber: $0.next(), country: $0.next(),
                sentAt: $0.next(), acceptBy: $0.next(), shipBy: $0.next(), deliverBy: $0.next(), expectedAt: $0.next(),
                cancelAnswer: $0.next())
        }
        let ids = found.map(\.id)
        let lines = Dictionary(grouping: try lines(of: ids, in: tx), by: \.0)
        let parcels = Dictionary(grouping: try parcels(of: ids, in: tx), by: \.0)
        for index in found.indices {
            found[index].lines = (lines[found[index].id] ?? []).map(\.1)
            found[index].parcels = (parcels[found[index].id] ?? []).map(\.1)
        }
        return found
    }

    private static func lines(of ids: [FulfillmentID], in tx: Transaction) throws -> [(FulfillmentID, Line)] {
        try tx.query(
            """
            SELECT l.fulfillment_order, l.id, l.sku, s.code, s.name, l.asked, l.asked - l.shipped - l.dropped, l.shipped, l.dropped
            FROM handoff_line l JOIN sku s ON s.id = l.sku WHERE l.fulfillment_order IN \(list: ids)
            ORDER BY l.fulfillment_order, l.id
            """
        ) {
            let head = try $0.next(FulfillmentID.self)
            return try (
                head,
                Line(
                    line: $0.next(), sku: $0.next(), skuCode: $0.next(), name: $0.next(), asked: $0.next(), open: $0.next(),
                    shipped: $0.next(), dropped: $0.next())
            )
        }
    }

    private static func parcels(of ids: [FulfillmentID], in tx: Transaction) throws -> [(FulfillmentID, Parcel)] {
        try tx.query(
            """
            SELECT fulfillment_order, parcel, carrier, number, shipped_at FROM partner_parcel
            WHERE fulfillment_order IN \(list: ids) ORDER BY fulfillment_order, parcel
            """
        ) {
            let head = try $0.next(FulfillmentID.self)
            return try (head, Parcel(parcel: $0.next(), carrier: $0.next(), trackingNumber: $0.next(), shippedAt: $0.next()))
        }
    }
}

/// What a failure of a partner costs it.
package struct PenaltyView: Codable, Sendable {
    package let id: PenaltyID
    package let agreement: AgreementID
    package let site: SiteID
    package let merchant: MerchantID
    package let fulfillmentOrder: FulfillmentID?
    package let kind: PenaltyKind
    package let units: Quantity
    package let amount: Money
    package let occurredAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, agreement, site, merchant, fulfillmentOrder = "fulfillment_order", kind, units, amount, occurredAt = "occurred_at"
    }

    /// A page, in the order of ids.
    package static func page(_ scope: Scope, after id: PenaltyID?, limit: Int, in tx: Transaction) throws -> [PenaltyView] {
        try tx.query(
            """
            SELECT id, agreement, site, merchant, fulfillment_order, kind, units, amount, currency, occurred_at FROM partner_penalty
            WHERE id > \(id?.raw ?? -1) AND \(scope.owns(site: "site")) ORDER BY id LIMIT \(limit)
            """
        ) {
            try PenaltyView(
                id: $0.next(), agreement: $0.next(), site: $0.next(), merchant: $0.next(), fulfillmentOrder: $0.next(),
                kind: $0.next(), units: $0.next(), amount: $0.nextMoney(), occurredAt: $0.next())
        }
    }
}
