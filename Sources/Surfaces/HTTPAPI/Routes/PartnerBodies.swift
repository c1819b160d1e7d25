import Flows
import Identity
import Inventory
import Kernel
import Partners
import Views

struct HandoffQuery: Decodable, Sendable {
    var state: HandoffState?
}

/// What was handed to a partner, with whom it goes to.
struct HandoffReply: Codable, Sendable, Documented {
    var order: HandoffView
    var recipient: RecipientBody?

    static let fields: FieldNotes = ["recipient": "Left out once nothing is left to send."]

    init(_ order: HandoffView, _ person: Person?) {
        self.order = order
        recipient = person.map(RecipientBody.init)
    }
}

struct AcceptanceBody: Codable, Sendable, Documented {
    var expectedAt: Instant?

    private enum CodingKeys: String, CodingKey { case expectedAt = "expected_at" }

    static let fields: FieldNotes = ["expected_at": "When the partner means to ship."]
}

/// Units of one line.
struct HandoffPartBody: Codable, Sendable, Documented {
    var line: FulfillmentLineID
    var quantity: Quantity

    var part: HandoffPart { HandoffPart(line: line, quantity: quantity) }

    static let fields: FieldNotes = [
        "line": "Of the fulfillment order.", "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1),
    ]
}

struct RejectionBody: Codable, Sendable, Documented {
    var reason: RejectReason
    var lines: [HandoffPartBody]?

    static let fields: FieldNotes = ["lines": FieldNote("What is rejected; all of it unless said.", count: 1...200)]
}

struct ShortagesBody: Codable, Sendable, Documented {
    var lines: [HandoffPartBody]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case lines, occurredAt = "occurred_at" }

    static let fields: FieldNotes = [
        "lines": FieldNote("What cannot be found.", count: 1...200), "occurred_at": "When it was looked for; now unless said.",
    ]
}

struct CancelReplyBody: Codable, Sendable {
    var answer: CancelReply
}

/// Parcels as a partner sends them.
struct ShipmentsBody: Codable, Sendable, Documented {
    struct Item: Codable, Sendable {
        var line: FulfillmentLineID
        var quantity: Quantity
        var lot: String?
        var expires: CivilDate?
        var serials: [String]?
    }

    struct Sent: Codable, Sendable {
        var carrier: String
        var trackingNumber: String
        var weightG: Grams?
        var size: Dimensions?
        var lines: [Item]

        private enum CodingKeys: String, CodingKey {
            case carrier, trackingNumber = "tracking_number", weightG = "weight_g", size = "size_mm", lines
        }

        var parcel: PartnerParcel {
            PartnerParcel(
                carrier: carrier, number: trackingNumber, weight: weightG, size: size,
                items: lines.map {
                    .init(
                        HandoffPart(line: $0.line, quantity: $0.quantity), lotCode: $0.lot, expires: $0.expires,
                        serials: $0.serials ?? [])
                })
        }
    }

    var parcels: [Sent]
    var shippedAt: Instant?

    private enum CodingKeys: String, CodingKey { case parcels, shippedAt = "shipped_at" }

    static let fields: FieldNotes = [
        "parcels": FieldNote("All are taken, or none.", count: 1...50), "shipped_at": "When they left; now unless said.",
    ]
}

extension ShipmentsBody.Item: Documented {
    static let fields: FieldNotes = [
        "line": "Of the fulfillment order.", "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1),
        "lot": FieldNote("For goods that are kept by lots.", length: 1...50), "expires": "Of the lot.",
        "serials": FieldNote("One for each piece.", count: 0...1000),
    ]
}

extension ShipmentsBody.Sent: Documented {
    static let fields: FieldNotes = [
        "carrier": FieldNote("The name of the partner's carrier.", length: 1...60, example: "Yellow Post"),
        "tracking_number": FieldNote("Not used before.", length: 1...64, example: "YP0001"),
        "weight_g": FieldNote("Grams; as heavy as its goods unless said.", range: 1...10_000_000),
        "lines": FieldNote("What is in it.", count: 1...200),
    ]
}

/// All that a partner has of a merchant's goods.
struct StockReportBody: Codable, Sendable, Documented {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Quantity
        var condition: Condition?

        var line: TakeStockReport.Line {
            TakeStockReport.Line(sku: sku, condition: condition ?? .new, quantity: quantity)
        }
    }

    var site: SiteID?
    var merchant: MerchantID
    var asOf: Instant
    var lines: [Line]

    private enum CodingKeys: String, CodingKey { case site, merchant, asOf = "as_of", lines }

    static let fields: FieldNotes = [
        "site": "Named by operators; a site's key implies it.", "merchant": "Whose goods; an agreement covers them.",
        "as_of": "When they were counted.", "lines": FieldNote("Every SKU that is there.", count: 0...5000),
    ]

    /// The site a report is about: a site's own, or the one the operator names.
    func site(of caller: Caller) throws -> SiteID {
        if let own = caller.site {
            guard site == nil || site == own else { throw NotFound("site", site ?? own) }
            return own
        }
        guard let site else {
            throw InvalidRequest([Violation(pointer: "/site", detail: "An operator's key names the site.")])
        }
        return site
    }
}

extension StockReportBody.Line: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number of the SKU.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("On hand, with what is promised and not yet sent.", range: 0...100_000_000, example: 12),
        "condition": "`new` unless said; only that is sold.",
    ]
}

struct StockReportReply: Codable, Sendable {
    var id: StockReportID
}
