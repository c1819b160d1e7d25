import Identity
import Kernel
import Orders

/// An order as a merchant, a channel or an import asks for it. Money is minor units of `currency`.
package struct OrderRequest: Sendable {
    package struct Line: Sendable {
        /// The merchant's own number of the SKU or kit.
        package var sku: String
        package var quantity: Quantity
        package var unitPrice: Int64
        package var discount: Int64
        /// Its share of what the shopper pays for shipping.
        package var shipping: Int64
        package var tax: Int64
        /// The channel's id of the unit or line.
        package var channelUnit: String?

        package init(
            sku: String, quantity: Quantity, unitPrice: Int64, discount: Int64 = 0, shipping: Int64 = 0, tax: Int64 = 0,
            channelUnit: String? = nil
        ) {
            self.sku = sku
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.discount = discount
            self.shipping = shipping
            self.tax = tax
            self.channelUnit = channelUnit
        }
    }

    package var merchant: MerchantID
    package var channel: String
    package var number: String
    package var way: OrderWay
    package var payment: PaymentState
    package var currency: Currency
    /// Who it goes to; nil where the channel keeps that to itself.
    package var person: Person?
    package var destination: Destination
    package var lines: [Line]
    package var placedAt: Instant
    /// By when it must arrive, where the channel has promised that already.
    package var deliverBy: Instant?
    /// Whether units without goods may wait for the next supply; a recorded order's always may.
    package var backorder: Bool
    package var importID: ImportID?
    package var labelIssuer: LabelIssuer
    /// That its channel or merchant issued already: of the first parcel. See `PlaceLabelledOrder`.
    package var label: SuppliedLabel?
    /// Whose goods it takes; nil: its channel's pool where there is one, else what is in no pool.
    package var pool: String?
    /// Holds that it takes over.
    package var holds: [HoldID]

    package init(
        merchant: MerchantID, channel: String = "api", number: String, way: OrderWay = .place, payment: PaymentState = .paid,
        currency: Currency, person: Person?, destination: Destination, lines: [Line], placedAt: Instant,
        deliverBy: Instant? = nil, backorder: Bool = false, importID: ImportID? = nil,
        labelIssuer: LabelIssuer = .carrier, label: SuppliedLabel? = nil, pool: String? = nil, holds: [HoldID] = []
    ) {
        self.merchant = merchant
        self.channel = channel
        self.number = number
        self.way = way
        self.payment = payment
        self.currency = currency
        self.person = person
        self.destination = destination
        self.lines = lines
        self.placedAt = placedAt
        self.deliverBy = deliverBy
        self.backorder = backorder
        self.importID = importID
        self.labelIssuer = labelIssuer
        self.label = label
        self.pool = pool
        self.holds = holds
    }

    var key: OrderKey { OrderKey(merchant: merchant, channel: channel, number: number) }
    var mayWait: Bool { backorder || way == .record }
    /// Placed knowing that goods come later; what is sold already is not asked.
    var isBackorder: Bool { backorder && way == .place }
}

/// What became of a placed or recorded order.
package struct PlacedOrder: Sendable, Equatable {
    package let order: OrderID
    package let number: String
    /// True where the same request had been answered before; nothing was done this time.
    package let isRepeat: Bool
    package let shipBy: Instant?
    package let promisedBy: Instant?
    /// Units that have goods.
    package let reserved: Quantity
    /// Units that wait for goods.
    package let waiting: Quantity
    package let sites: [SiteID]
}
