import Flows
import Identity
import Kernel
import Orders
import Views

/// Who an order goes to. The one place of the API where personal data comes in.
struct RecipientBody: Codable, Sendable {
    var name: String
    var company: String?
    var phone: String?
    var email: String?
    /// Street, house, floor: as printed, top to bottom.
    var street: [String]
    var district: String?
    var city: String
    var region: String?
    var postalCode: String
    var country: Country
    var note: String?

    private enum CodingKeys: String, CodingKey {
        case name, company, phone, email, street, district, city, region, postalCode = "postal_code", country, note
    }

    var person: Person {
        Person(
            name: name, company: company ?? "", phone: phone ?? "", email: email ?? "", street: street,
            district: district ?? "", city: city, region: region ?? "", postalCode: postalCode, country: country,
            note: note ?? "")
    }
}

extension RecipientBody {
    init(_ person: Person) {
        func some(_ text: String) -> String? { text.isEmpty ? nil : text }
        self.init(
            name: person.name, company: some(person.company), phone: some(person.phone), email: some(person.email),
            street: person.street, district: some(person.district), city: person.city, region: some(person.region),
            postalCode: person.postalCode, country: person.country, note: some(person.note))
    }
}

extension RecipientBody: Documented {
    static let fields: FieldNotes = {
        let line = 0...100
        return [
            "name": FieldNote("Name of the person.", length: 1...100, example: "Ada Muster"),
            "company": FieldNote("Name of the company, where there is one.", length: line),
            "phone": FieldNote("For the courier.", length: 0...40),
            "email": FieldNote("For notices.", length: 0...254),
            "street": FieldNote("Street, house, floor: as printed, top to bottom.", count: 0...4),
            "district": FieldNote("Second level below the country.", length: line),
            "city": FieldNote("City or town.", length: 1...100, example: "Berlin"),
            "region": FieldNote("State or province.", length: line),
            "postal_code": FieldNote("Postal code; empty where the country has none.", length: 0...20, example: "10115"),
            "note": FieldNote("What the courier should know.", length: 0...200),
        ]
    }()
}

/// Where an order goes, as far as it is not personal.
struct DestinationBody: Codable, Sendable {
    /// What of `DestinationKind` a shopper's order may go to.
    enum Kind: String, Codable, CaseIterable, Sendable {
        case address
        case pickupPoint = "pickup_point"
        case locker
    }

    var kind: Kind?
    var code: String?
    var country: Country
    var region: String?
    var district: String?
    var city: String
    var postalArea: String?
    var place: Coordinates?

    private enum CodingKeys: String, CodingKey {
        case kind, code, country, region, district, city, postalArea = "postal_area", place
    }

    var destination: Destination {
        Destination(
            kind: kind.flatMap { DestinationKind(rawValue: $0.rawValue) } ?? .address, code: code,
            country: country.code, region: region ?? "", district: district ?? "",
            city: city, postalArea: postalArea ?? "", latitude: place?.latitude, longitude: place?.longitude)
    }
}

extension DestinationBody {
    /// What of an address is not personal: the first three characters of a postal code name an area.
    init(of recipient: RecipientBody) {
        self.init(
            country: recipient.country, region: recipient.region, district: recipient.district, city: recipient.city,
            postalArea: String(recipient.postalCode.prefix(3)))
    }
}

extension DestinationBody: Documented {
    static let fields: FieldNotes = [
        "kind": "An address unless said.",
        "code": FieldNote("Of the pickup point or locker.", length: 1...100),
        "region": FieldNote("State or province.", length: 0...100),
        "district": FieldNote("Second level below the country.", length: 0...100),
        "city": FieldNote("City or town.", length: 1...100, example: "Berlin"),
        "postal_area": FieldNote("The part of the postal code that names an area.", length: 0...20, example: "101"),
        "place": "The middle of the area; without it the farthest zone of each service is promised.",
    ]
}

/// A line of an order. Money is minor units of the order's currency.
struct OrderLineBody: Codable, Sendable {
    var sku: String
    var quantity: Quantity
    var unitPrice: Int64
    var discount: Int64?
    var shipping: Int64?
    var tax: Int64?
    var channelUnit: String?

    private enum CodingKeys: String, CodingKey {
        case sku, quantity, unitPrice = "unit_price_minor", discount = "discount_minor", shipping = "shipping_minor"
        case tax = "tax_minor", channelUnit = "channel_unit"
    }

    var line: OrderRequest.Line {
        OrderRequest.Line(
            sku: sku, quantity: quantity, unitPrice: unitPrice, discount: discount ?? 0, shipping: shipping ?? 0, tax: tax ?? 0,
            channelUnit: channelUnit)
    }
}

extension OrderLineBody: Documented {
    static let fields: FieldNotes = {
        let money: ClosedRange<Int64> = 0...1_000_000_000_000
        return [
            "sku": FieldNote("The merchant's own number of the SKU or kit.", length: 1...64, example: "MUG-1"),
            "quantity": FieldNote("Pieces.", range: 1...10_000, example: 1),
            "unit_price_minor": FieldNote("Price of one, in minor units.", range: money, example: 1290),
            "discount_minor": FieldNote("Off the whole line.", range: money),
            "shipping_minor": FieldNote("Its share of what the shopper pays for shipping.", range: money),
            "tax_minor": FieldNote("Tax on the whole line.", range: money),
            "channel_unit": FieldNote("The channel's id of the unit or line.", length: 1...100),
        ]
    }()
}

/// An order as a merchant or channel asks for it.
struct OrderBody: Codable, Sendable {
    var merchant: MerchantID?
    var channel: String?
    var number: String
    var payment: PaymentState?
    var currency: Currency
    var recipient: RecipientBody?
    var destination: DestinationBody?
    var lines: [OrderLineBody]
    var placedAt: Instant?
    var deliverBy: Instant?
    var backorder: Bool?
    var label: OrderLabelBody?
    var pool: String?
    var holds: [HoldID]?
    var liveSession: LiveSessionID?

    private enum CodingKeys: String, CodingKey {
        case merchant, channel, number, payment, currency, recipient, destination, lines, label, pool, holds, placedAt = "placed_at"
        case deliverBy = "deliver_by", backorder, liveSession = "live_session"
    }
}

extension OrderBody: Documented {
    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "channel": FieldNote("Where it was sold; `api` unless said.", length: 1...100),
        "number": FieldNote(
            "The channel's number of the order: the same number is the same order.", length: 1...100, example: "A-1001"),
        "payment": "`paid` unless said. Goods leave only for what is neither `pending` nor `refunded`.",
        "recipient": "Who it goes to; left out where the channel keeps that to itself.",
        "destination": "Where it goes; left out it is taken from the recipient's address.",
        "lines": FieldNote("What was bought.", count: 1...200),
        "placed_at": "Now unless said.",
        "label": "Who issues the labels of its parcels; we buy them unless said. One that is there already may come with it.",
        "deliver_by": "What the channel has promised already.",
        "backorder": "Whether units without goods may wait for the next supply.",
        "pool": FieldNote("Whose goods it takes: its channel's pool unless said, else what is in no pool.", length: 1...64),
        "live_session": "It waits for the others of this session, as long as that is safe for what it is promised.",
        "holds": FieldNote("Holds that it takes over: their goods become its own.", count: 0...50),
    ]
}

extension OrderBody {
    /// - Throws: `InvalidRequest` where it goes nowhere or dates are out of reach.
    func request(_ way: OrderWay, by caller: Caller, _ desk: APIDesk) throws -> OrderRequest {
        guard let to = destination ?? recipient.map(DestinationBody.init(of:)) else {
            throw InvalidRequest([Violation(pointer: "/destination", detail: "State a destination or a recipient.")])
        }
        if let deliverBy, abs((deliverBy - desk.store.clock()).micros) > Duration.days(366).micros {
            throw InvalidRequest([Violation(pointer: "/deliver_by", detail: "\(deliverBy) is more than a year away.")])
        }
        return OrderRequest(
            merchant: try caller.merchant(named: merchant), channel: channel ?? "api", number: number, way: way,
            payment: payment ?? .paid, currency: currency, person: recipient?.person, destination: to.destination,
            lines: lines.map(\.line), placedAt: try desk.moment(placedAt, "/placed_at"), deliverBy: deliverBy,
            backorder: backorder ?? false, labelIssuer: label?.issuer ?? .carrier, label: try label?.supplied(),
            pool: pool, holds: holds ?? [])
    }
}
