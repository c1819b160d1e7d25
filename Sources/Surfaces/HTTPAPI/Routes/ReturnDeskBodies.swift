import Flows
import Kernel
import Orders
import Returns
import Views

/// What somebody at the desk has in the hand.
struct ReturnReceiptBody: Codable, Sendable, Documented {
    struct Item: Codable, Sendable, Documented {
        var sku: SKUID
        var quantity: Quantity
        var isCounterfeit: Bool?
        var serials: [String]?

        private enum CodingKeys: String, CodingKey { case sku, quantity, isCounterfeit = "is_counterfeit", serials }

        static let fields: FieldNotes = [
            "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1), "is_counterfeit": "It only looks like that SKU.",
            "serials": FieldNote("One for each piece; one that was never sold by us is a counterfeit.", count: 0...1000),
        ]
    }

    var site: SiteID
    var code: String?
    var merchant: MerchantID?
    var channel: String?
    var orderNumber: String?
    var items: [Item]
    var location: LocationID?
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case site, code, merchant, channel, orderNumber = "order_number", items, location, occurredAt = "occurred_at"
    }

    static let fields: FieldNotes = [
        "code": FieldNote(
            "What was scanned: the code of a return or a parcel, a tracking number, the id of a return or an order.",
            length: 1...100),
        "merchant": "Whose order number it is.", "channel": FieldNote("`api` unless said.", length: 1...100),
        "order_number": FieldNote("As on the slip inside.", length: 1...100),
        "items": FieldNote("What was found; nothing for an empty box.", count: 0...200),
        "location": "Of the kind hold; the first of the site unless said.",
    ]

    var receipt: ReturnReceipt {
        let key = orderNumber.flatMap { number in
            merchant.map { OrderKey(merchant: $0, channel: channel ?? "api", number: number) }
        }
        return ReturnReceipt(
            site: site, code: code, order: key,
            found: items.map {
                .init(sku: $0.sku, quantity: $0.quantity, isCounterfeit: $0.isCounterfeit ?? false, serials: $0.serials ?? [])
            },
            location: location)
    }
}

/// How a receipt was understood.
struct ReturnReceiptReply: Codable, Sendable, Documented {
    var kind: ReceiptKind
    var rma: RMAID?
    var missing: Quantity
    var goods: [GoodsView]

    private enum CodingKeys: String, CodingKey { case kind, rma = "return", missing, goods }

    static let fields: FieldNotes = ["missing": "Announced units that were not in it."]

    init(_ received: ReceivedReturn, _ goods: [GoodsView]) {
        (kind, rma, missing) = (received.kind, received.rma, received.missing)
        self.goods = goods
    }
}

/// What a person at the desk decides.
struct InspectionsBody: Codable, Sendable, Documented {
    struct Result: Codable, Sendable, Documented {
        var goods: GoodsID
        var quantity: Quantity?
        var grade: Grade
        var disposition: Disposition?
        var proof: String?

        static let fields: FieldNotes = [
            "quantity": FieldNote("All of them unless said.", range: 1...1_000_000),
            "grade": "A: like new, sealed. B: opened, works, complete. C: damaged. D: of no use.",
            "disposition": "As the return's terms have it for the grade unless said. Only grade A is restocked.",
            "proof": FieldNote("Wanted for `dispose`: the number of a certificate, a photo's reference.", length: 1...200),
        ]

        var inspection: Inspection {
            Inspection(goods, quantity: quantity, grade: grade, disposition: disposition, proof: proof)
        }
    }

    var results: [Result]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case results, occurredAt = "occurred_at" }

    static let fields: FieldNotes = ["results": FieldNote("Goods by goods.", count: 1...200)]
}

struct GoodsReply: Codable, Sendable {
    var items: [GoodsView]
}

/// Which goods a list is asked for.
struct GoodsQuery: Decodable, Sendable {
    var site: SiteID?
    var state: GoodsState?
    var disposition: Disposition?
}

struct DepartureBody: Codable, Sendable, Documented {
    var goods: [GoodsID]
    var reference: String
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case goods, reference, occurredAt = "occurred_at" }

    static let fields: FieldNotes = [
        "goods": FieldNote("All leave, or none.", count: 1...200),
        "reference": FieldNote("Of the removal, the sale or the consignment note.", length: 1...100),
    ]
}
