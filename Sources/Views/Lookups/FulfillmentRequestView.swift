import Kernel
import Store
import Transport

/// Where a request of another order system stands, in units.
package enum FulfillmentRequestState: String, Codable, Sendable, CaseIterable {
    /// We do it, or what we did not reject.
    case accepted
    case shipping
    /// All that will come has left.
    case shipped
    /// All that left has ended.
    case closed
    case rejected
    case cancelled
}

/// A request of another order system, as it stands.
package struct FulfillmentRequestView: Codable, Sendable {
    package struct Line: Codable, Sendable {
        package let skuCode: String
        package let asked: Quantity
        /// For which there were no goods when it was asked.
        package let rejected: Quantity
        /// Whose goods are gone since: others are looked for.
        package let short: Quantity
        package let open: Quantity
        package let shipped: Quantity
        package let ended: Quantity
        package let cancelled: Quantity

        private enum CodingKeys: String, CodingKey {
            case skuCode = "sku_code", asked, rejected, short, open, shipped, ended, cancelled
        }
    }

    package struct Parcel: Codable, Sendable {
        package let parcel: UnitID
        package let state: ParcelState
        package let trackingNumber: String?

        private enum CodingKeys: String, CodingKey { case parcel, state, trackingNumber = "tracking_number" }
    }

    package let id: OrderID
    package let number: String
    package let promisedBy: Instant?
    package var lines: [Line]
    package var parcels: [Parcel]
    package let state: FulfillmentRequestState

    private enum CodingKeys: String, CodingKey { case id, number, promisedBy = "promised_by", lines, parcels, state }
}

extension FulfillmentRequestView {
    /// - Throws: `NotFound` where there is no such request for the reader.
    package static func find(_ id: OrderID, channel: String, _ scope: Scope, in tx: Transaction) throws -> FulfillmentRequestView {
        let head = try tx.first(
            """
            SELECT number, promised_by FROM orders WHERE id = \(id) AND channel = \(channel)
                AND \(scope.owns(merchant: "merchant"))
            """
        ) { try ($0.next(String.self), $0.next(Instant?.self)) }
        guard let head else { throw NotFound("fulfillment_request", id) }
        let lines = try lines(of: id, in: tx)
        return FulfillmentRequestView(
            id: id, number: head.0, promisedBy: head.1, lines: lines, parcels: try parcels(of: id, in: tx), state: state(lines))
    }

    private static func state(_ lines: [Line]) -> FulfillmentRequestState {
        func sum(_ units: (Line) -> Quantity) -> Quantity { lines.reduce(0) { $0 + units($1) } }
        let gone = sum { $0.shipped + $0.ended }
        if sum({ $0.open + $0.short }) > 0 { return gone > 0 ? .shipping : .accepted }
        if gone > 0 { return sum(\.shipped) > 0 ? .shipped : .closed }
        return sum(\.rejected) == sum(\.asked) ? .rejected : .cancelled
    }

    private static func lines(of order: OrderID, in tx: Transaction) throws -> [Line] {
        try tx.query(
            """
            SELECT s.code, c.ordered, c.rejected, c.waiting, c.reserved + c.picked + c.packed, c.shipped,
                c.delivered + c.returned + c.lost, c.cancelled - c.rejected
            FROM (SELECT k.*, COALESCE((SELECT SUM(h.quantity) FROM shortage h WHERE h.order_id = k.order_id
                    AND h.component = k.id AND h.outcome = 'rejected'), 0) AS rejected
                FROM order_component k WHERE k.order_id = \(order)) AS c
            JOIN sku s ON s.id = c.sku ORDER BY c.id
            """
        ) {
            try Line(
                skuCode: $0.next(), asked: $0.next(), rejected: $0.next(), short: $0.next(), open: $0.next(), shipped: $0.next(),
                ended: $0.next(), cancelled: $0.next())
        }
    }

    private static func parcels(of order: OrderID, in tx: Transaction) throws -> [Parcel] {
        try tx.query(
            """
            SELECT p.id, p.state, l.number FROM parcel p
            LEFT JOIN label l ON l.parcel = p.id AND l.state = 'current' AND l.leg = 'last_mile'
            WHERE p.order_id = \(order) AND p.state <> 'voided' ORDER BY p.id
            """
        ) { try Parcel(parcel: $0.next(), state: $0.next(), trackingNumber: $0.next()) }
    }
}
