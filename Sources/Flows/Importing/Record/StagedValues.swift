import Identity
import Kernel
import Merchants
import Orders

/// A merchant as the files state it.
struct StagedMerchant: Codable, Sendable {
    let code: String
    let name: String
    let currency: Currency
}

/// Goods in a bin as the files state them.
struct StagedStock: Codable, Sendable {
    let merchant: String
    let sku: String
    let site: String
    let location: String
    let quantity: Int64
    let lot: String?
    let expires: CivilDate?
}

/// One line of an order; money in minor units of the order's currency.
struct StagedLine: Codable, Sendable {
    let sku: String
    var quantity: Int64
    let unitPrice: Int64
    var discount: Int64 = 0
    var shipping: Int64 = 0
    var tax: Int64 = 0
    var channelUnit: String?

    /// What the shopper pays for it. Its parts were checked to stay far below the range.
    var total: Int64 { unitPrice * quantity - discount + shipping + tax }
}

/// An order with its lines.
struct StagedOrder: Codable, Sendable {
    let merchant: String
    let number: String
    let channel: String
    let placedAt: Instant
    let currency: Currency
    let payment: PaymentState
    let deliverBy: Instant?
    let destination: StagedDestination
    /// Whether it is cancelled as soon as it is recorded.
    var cancelled = false
    /// Sealed (`ImportSecret`); nil where the files name nobody.
    var person: String?
    var lines: [StagedLine] = []
}

struct StagedDestination: Codable, Sendable {
    var kind = DestinationKind.address
    var code: String?
    let country: Country
    let region: String
    var district = ""
    let city: String
    let postalArea: String
    let place: Coordinates?

    var destination: Destination {
        Destination(
            kind: kind, code: code, country: country.code, region: region, district: district, city: city,
            postalArea: postalArea, latitude: place?.latitude, longitude: place?.longitude)
    }
}

/// Who an order goes to. Staged sealed only.
struct StagedPerson: Codable, Sendable {
    let name: String
    let company: String
    let phone: String
    let email: String
    let street: [String]
    let district: String
    let city: String
    let region: String
    let postalCode: String
    let country: Country
    let note: String

    var person: Person {
        Person(
            name: name, company: company, phone: phone, email: email, street: street, district: district, city: city,
            region: region, postalCode: postalCode, country: country, note: note)
    }
}
