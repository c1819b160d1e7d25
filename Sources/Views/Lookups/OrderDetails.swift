import Inventory
import Kernel
import Orders
import Store

/// One order with all that may be shown of it; who it goes to stands elsewhere.
package struct OrderDetails: Codable, Sendable {
    package struct Destination: Codable, Sendable {
        package let kind: DestinationKind
        package let code: String?
        package let country: String
        package let region: String
        package let district: String
        package let city: String
        package let postalArea: String

        private enum CodingKeys: String, CodingKey {
            case kind, code, country, region, district, city, postalArea = "postal_area"
        }
    }

    /// In minor units of the order's currency.
    package struct Total: Codable, Sendable {
        package let items: Money
        package let discount: Money
        package let shipping: Money
        package let tax: Money
        package let total: Money
        /// Still to be paid for what was edited, or to be given back where it is negative.
        package let due: Money
    }

    package struct Hold: Codable, Sendable {
        package let kind: String
        package let reason: String
        package let placedAt: Instant
        /// It ends then by itself; nil: when somebody lets the order go.
        package let until: Instant?

        private enum CodingKeys: String, CodingKey { case kind, reason, placedAt = "placed_at", until }
    }

    package struct Shortage: Codable, Sendable {
        package let id: ShortageID
        package let sku: SKUID
        package let quantity: Quantity
        /// `backorder`, `oversold` or `broken`.
        package let kind: String
        package let openedAt: Instant
        package let deadline: Instant
        /// `filled` or `cancelled`; nil while it is open.
        package let outcome: String?

        private enum CodingKeys: String, CodingKey {
            case id, sku, quantity, kind, openedAt = "opened_at", deadline, outcome
        }
    }

    package struct Edit: Codable, Sendable {
        package let kind: OrderEditKind
        package let version: Int64
        /// Of a split or merge: the order that units went to or came from.
        package let other: OrderID?
        package let before: Money
        package let after: Money
        package let editedAt: Instant

        private enum CodingKeys: String, CodingKey {
            case kind, version, other, before = "total_before", after = "total_after", editedAt = "edited_at"
        }
    }

    package struct Cancellation: Codable, Sendable {
        package let id: CancelID
        package let requestedAt: Instant
        package let reason: String
        package let answer: CancelAnswer?
        package let why: String?
        package let units: Quantity

        private enum CodingKeys: String, CodingKey { case id, requestedAt = "requested_at", reason, answer, why, units }
    }

    package let id: OrderID
    package let merchant: MerchantID
    package let channel: String
    package let number: String
    /// Of its content: 1 as it was placed, one more with each edit.
    package let version: Int64
    /// What its channel numbers its content; nil where it does not.
    package let channelVersion: Int64?
    package let purpose: FulfillmentPurpose
    package let way: OrderWay
    package let state: OrderState
    package let payment: PaymentState
    package let destination: Destination
    package let money: Total
    package let placedAt: Instant
    package let shipBy: Instant?
    /// The date first shown to the shopper; it never changes.
    package let promisedBy: Instant?
    /// What is expected now.
    package let estimatedAt: Instant?
    package let deliveredAt: Instant?
    /// Why sourcing chose as it did.
    package let sourcing: Payload
    package var lines: [OrderLineDetails] = []
    package var fulfillmentOrders: [FulfillmentSummary] = []
    package var parcels: [ParcelSummary] = []
    /// Those that are on.
    package var holds: [Hold] = []
    package var shortages: [Shortage] = []
    package var cancellations: [Cancellation] = []
    /// In their order.
    package var edits: [Edit] = []
    package var liveSession: LiveSessionID?
    package var returns: [ReturnView] = []
    /// The return that this order stands in for.
    package var replaces: RMAID?
    /// The shopper's page; filled in for those who may hand it on.
    package var trackingPath: String?

    private enum CodingKeys: String, CodingKey {
        case id, merchant, channel, number, version, channelVersion = "channel_version", purpose, way, state, payment, destination
        case money, placedAt = "placed_at"
        case shipBy = "ship_by", promisedBy = "promised_by", estimatedAt = "estimated_at", deliveredAt = "delivered_at"
        case sourcing, lines, fulfillmentOrders = "fulfillment_orders", parcels, holds, shortages, cancellations
        case edits, liveSession = "live_session"
        case returns, replaces, trackingPath = "tracking_path"
    }
}

extension OrderDetails {
    /// - Throws: `NotFound` where there is no such order for the reader.
    package static func find(_ id: OrderID, _ scope: Scope, in tx: Transaction) throws -> OrderDetails {
        guard var order = try head(id, scope, in: tx) else { throw NotFound("order", id) }
        order.lines = try OrderLineDetails.of(id, currency: order.money.total.currency, in: tx)
        order.fulfillmentOrders = try FulfillmentSummary.list("f.order_id = \(id)", limit: 1000, in: tx)
        order.parcels = try ParcelSummary.list("p.order_id = \(id)", limit: 1000, in: tx)
        order.holds = try holds(id, in: tx)
        order.shortages = try shortages(id, in: tx)
        order.cancellations = try cancellations(id, in: tx)
        order.liveSession = try LiveSessions.of([id], in: tx)[id]
        order.edits = try edits(id, order.money.total.currency, in: tx)
        order.returns = try ReturnView.list("r.order_id = \(id)", newestFirst: false, limit: 1000, in: tx)
        order.replaces = try tx.value("SELECT id FROM rma WHERE replacement = \(id)")
        return order
    }

    private static func head(_ id: OrderID, _ scope: Scope, in tx: Transaction) throws -> OrderDetails? {
        try tx.first(
            """
            SELECT id, merchant, channel, number, version, channel_version, purpose, way, state, payment, destination_kind,
                destination_code, country, region, district, city, postal_area, currency, items_minor, discount_minor,
                shipping_minor, tax_minor, total_minor, due_minor, placed_at, ship_by, promised_by, estimated_at, delivered_at, sourcing
            FROM orders WHERE id = \(id) AND \(scope.owns(merchant: "merchant"))
            """
        ) {
            try OrderDetails(
                id: $0.next(), merchant: $0.next(), channel: $0.next(), number: $0.next(), version: $0.next(),
                channelVersion: $0.next(), purpose: $0.next(), way: $0.next(), state: $0.next(), payment: $0.next(),
                destination: Destination(
                    kind: $0.next(), code: $0.next(), country: $0.next(), region: $0.next(), district: $0.next(),
                    city: $0.next(), postalArea: $0.next()),
                money: total(&$0), placedAt: $0.next(), shipBy: $0.next(), promisedBy: $0.next(), estimatedAt: $0.next(),
                deliveredAt: $0.next(), sourcing: Payload($0.next()))
        }
    }

    private static func total(_ row: inout RowReader) throws -> Total {
        let currency = try row.next(Currency.self)
        func next(_ row: inout RowReader) throws -> Money { Money(try row.next(), currency) }
        return try Total(
            items: next(&row), discount: next(&row), shipping: next(&row), tax: next(&row), total: next(&row),
            due: next(&row))
    }

    private static func holds(_ id: OrderID, in tx: Transaction) throws -> [Hold] {
        try tx.query(
            """
            SELECT kind, reason, placed_at, until_at FROM order_hold WHERE order_id = \(id) AND released_at IS NULL ORDER BY id
            """
        ) { try Hold(kind: $0.next(), reason: $0.next(), placedAt: $0.next(), until: $0.next()) }
    }

    private static func shortages(_ id: OrderID, in tx: Transaction) throws -> [Shortage] {
        try tx.query(
            "SELECT id, sku, quantity, kind, opened_at, deadline, outcome FROM shortage WHERE order_id = \(id) ORDER BY id"
        ) {
            try Shortage(
                id: $0.next(), sku: $0.next(), quantity: $0.next(), kind: $0.next(), openedAt: $0.next(), deadline: $0.next(),
                outcome: $0.next())
        }
    }

    private static func edits(_ id: OrderID, _ currency: Currency, in tx: Transaction) throws -> [Edit] {
        try tx.query(
            "SELECT kind, version, other, total_before, total_after, edited_at FROM order_edit WHERE order_id = \(id) ORDER BY version"
        ) {
            try Edit(
                kind: $0.next(), version: $0.next(), other: $0.next(), before: Money($0.next(), currency),
                after: Money($0.next(), currency), editedAt: $0.next())
        }
    }

    private static func cancellations(_ id: OrderID, in tx: Transaction) throws -> [Cancellation] {
        try tx.query(
            "SELECT id, requested_at, reason, answer, why, units FROM cancel_request WHERE order_id = \(id) ORDER BY id"
        ) {
            try Cancellation(
                id: $0.next(), requestedAt: $0.next(), reason: $0.next(), answer: $0.next(), why: $0.next(), units: $0.next())
        }
    }
}
