import Kernel
import Store

/// Derived from where the units of the order's components are, in the order of the cases: see `OrderProgress`.
package enum OrderState: String, SQLValue, CaseIterable, Codable {
    /// Some units still have to leave.
    case open
    /// Every unit that will leave has left; some are under way.
    case shipped
    /// Every unit that left has arrived or come back, and one at least has arrived.
    case delivered
    /// All that left came back.
    case returned
    /// All that left is lost, or partly came back and the rest is lost.
    case lost
    /// All that was not cancelled is destroyed, with a proof.
    case disposed
    /// Nothing will leave.
    case cancelled
}

/// Kept apart from where the goods are.
package enum PaymentState: String, SQLValue, CaseIterable, Codable {
    case pending
    case authorized
    case paid
    case onDelivery = "on_delivery"
    case partlyRefunded = "partly_refunded"
    case refunded

    /// Goods may leave.
    package var allowsRelease: Bool { self != .pending && self != .refunded }

    /// What may be told next: an authorisation lapses, a payment is charged back, money that went back does not return.
    package static let transitions: [PaymentState: Set<PaymentState>] = [
        .pending: [.authorized, .paid, .onDelivery],
        .authorized: [.pending, .paid, .partlyRefunded, .refunded],
        .onDelivery: [.pending, .paid, .partlyRefunded, .refunded],
        .paid: [.pending, .partlyRefunded, .refunded],
        .partlyRefunded: [.refunded],
    ]
}

/// `place`: we decide and may refuse. `record`: a channel has sold it already.
package enum OrderWay: String, SQLValue, CaseIterable, Codable {
    case place
    case record
}

/// Who issues the labels of an order's parcels.
package enum LabelIssuer: String, SQLValue, CaseIterable, Codable {
    /// We buy them from the carrier.
    case carrier
    case channel
    case merchant
}

package enum DestinationKind: String, SQLValue, CaseIterable, Codable {
    case address
    case pickupPoint = "pickup_point"
    case locker
    /// A site of the network; `code` is the site's.
    case site
    /// It goes nowhere.
    case none

    /// What a shopper's order may go to.
    package var isForShoppers: Bool { self != .site && self != .none }
}

/// Where an order goes, as far as it is not personal: the street and the name stand with the recipient.
package struct Destination: Hashable, Sendable {
    package let kind: DestinationKind
    /// The operator's code of the pickup point or locker.
    package let code: String?
    package let country: String
    /// First level below the country: state, province.
    package let region: String
    /// Second level: county, district; empty where the country has none.
    package let district: String
    package let city: String
    /// The part of the postal code that names an area, not a street.
    package let postalArea: String
    /// Of the area, in micro-degrees; nil where unknown.
    package let latitude: Int64?
    package let longitude: Int64?

    package init(
        kind: DestinationKind = .address, code: String? = nil, country: String, region: String, district: String = "",
        city: String, postalArea: String, latitude: Int64?, longitude: Int64?
    ) {
        self.kind = kind
        self.code = code
        self.country = country
        self.region = region
        self.district = district
        self.city = city
        self.postalArea = postalArea
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// One of a line's SKUs: one for a plain SKU, several for a kit, each with its share of price and tax.
package struct NewComponent: Sendable {
    package let id: ComponentID
    package let sku: SKUID
    package let perLine: Quantity
    package let ordered: Quantity
    package let price: Int64
    package let tax: Int64
    /// Units that found no supply and wait; the rest is reserved.
    package var waiting: Quantity = 0

    package init(id: ComponentID, sku: SKUID, perLine: Quantity, ordered: Quantity, price: Int64, tax: Int64) {
        self.id = id
        self.sku = sku
        self.perLine = perLine
        self.ordered = ordered
        self.price = price
        self.tax = tax
    }
}

/// A line with its money in minor units of the order's currency.
package struct NewLine: Sendable {
    package let id: LineID
    package let sku: SKUID
    package let quantity: Quantity
    package let unitPrice: Int64
    package let discount: Int64
    package let shipping: Int64
    package let tax: Int64
    package let channelUnit: String?
    package var components: [NewComponent]

    package init(
        id: LineID, sku: SKUID, quantity: Quantity, unitPrice: Int64, discount: Int64, shipping: Int64, tax: Int64,
        channelUnit: String? = nil, components: [NewComponent]
    ) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.shipping = shipping
        self.tax = tax
        self.channelUnit = channelUnit
        self.components = components
    }

    package var items: Int64 { unitPrice * quantity.rawValue }
    package var total: Int64 { items - discount + shipping + tax }
}

/// An order ready to be written.
package struct NewOrder: Sendable {
    package let id: OrderID
    package let merchant: MerchantID
    package let channel: String
    package let number: String
    package let contentHash: String
    package let way: OrderWay
    package let payment: PaymentState
    package let currency: Currency
    package var recipient: RecipientID?
    package let destination: Destination
    package var lines: [NewLine]
    package let placedAt: Instant
    package var shipBy: Instant?
    /// First shown to the shopper; never changes. Nil until it is paid, unless the channel has named one.
    package var promisedBy: Instant?
    /// When it would come as things stand.
    package var estimatedBy: Instant?
    package var sourcing: JSONMembers
    package let importID: ImportID?
    package let purpose: FulfillmentPurpose
    package let labelIssuer: LabelIssuer

    package init(
        id: OrderID, merchant: MerchantID, channel: String, number: String, contentHash: String, way: OrderWay,
        payment: PaymentState, currency: Currency, recipient: RecipientID?, destination: Destination, lines: [NewLine],
        placedAt: Instant, shipBy: Instant?, promisedBy: Instant?, estimatedBy: Instant? = nil, sourcing: JSONMembers,
        importID: ImportID? = nil, purpose: FulfillmentPurpose = .sale, labelIssuer: LabelIssuer = .carrier
    ) {
        self.id = id
        self.merchant = merchant
        self.channel = channel
        self.number = number
        self.contentHash = contentHash
        self.way = way
        self.payment = payment
        self.currency = currency
        self.recipient = recipient
        self.destination = destination
        self.lines = lines
        self.placedAt = placedAt
        self.shipBy = shipBy
        self.promisedBy = promisedBy
        self.estimatedBy = estimatedBy ?? promisedBy
        self.sourcing = sourcing
        self.importID = importID
        self.purpose = purpose
        self.labelIssuer = labelIssuer
    }
}
