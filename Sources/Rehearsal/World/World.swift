import Kernel
import Merchants

/// Real or made-up demand to rehearse: who sells what, and who bought it when.
package struct World: Sendable {
    package struct Merchant: Sendable {
        package let code: String
        package let name: String
    }

    package struct Item: Sendable {
        /// Index into `merchants`.
        package let merchant: Int
        package let code: String
        package let name: String
        /// Nil where the source does not say: measured at the first receipt.
        package let size: Dimensions?
        package let weight: Grams?
        package let flags: HandlingFlags
        /// Tracked one by one.
        package var isSerial = false
    }

    package struct Line: Sendable {
        /// Index into `items`.
        package let item: Int
        package let quantity: Int64
        package let unitPrice: Int64
        package let shipping: Int64
    }

    package struct Order: Sendable {
        package let number: String
        package let merchant: Int
        package let lines: [Line]
        package let placed: Instant
        /// Nil: paid when placed.
        package let paid: Instant?
        /// Nil: nobody cancels it.
        package let cancelled: Instant?
        /// What the channel told the shopper; nil where it told nothing.
        package let channelDate: Instant?
        package let city: String
        package let region: String
        package let postalArea: String
        package let place: Coordinates?
    }

    package let name: String
    package let currency: Currency
    package let country: Country
    package let zone: TimeZoneRule
    package let merchants: [Merchant]
    package let items: [Item]
    /// By the moment they were placed.
    package let orders: [Order]
    /// What in the source is not as it should be, counted by kind.
    package let corners: [String: Int]
}
