import Flows
import Inventory
import Kernel
import Orders

/// Goods that are to leave a site without being sold.
struct OutboundBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Quantity
    }

    var merchant: MerchantID?
    var purpose: FulfillmentPurpose
    var channel: String?
    var number: String
    var from: SiteID?
    var to: SiteID?
    var lines: [Line]
    var condition: Condition?
    var recipient: RecipientBody?
    var original: OrderID?
    var reason: String?

    func request(for merchant: MerchantID) throws -> OutboundRequest {
        OutboundRequest(
            merchant: merchant, purpose: purpose, channel: channel ?? "outbound", number: number, from: from, to: to,
            lines: lines.map { OutboundRequest.Line(sku: $0.sku, quantity: $0.quantity) }, condition: condition,
            person: recipient?.person, destination: recipient.map { DestinationBody(of: $0).destination }, original: original,
            reason: reason)
    }
}

extension OutboundBody: Documented {
    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "purpose": "`sale` and `wholesale` are orders and are refused here.",
        "channel": FieldNote("`outbound` unless said.", length: 1...100),
        "number": FieldNote("The same number is the same outbound order.", length: 1...100, example: "T-2026-11"),
        "from": "The site the goods leave; a sample or replacement may leave any.",
        "to": "Of a transfer: the site that receives them.",
        "lines": FieldNote("Each SKU once.", count: 1...200),
        "condition": "Of a removal or disposal: goods not for sale in this condition; `new` for those in places not for sale.",
        "recipient": "Of a removal or a sample.",
        "original": "Of a replacement: the order it stands in for, whose shopper gets it.",
        "reason": FieldNote("Why; nothing personal. A disposal and a replacement need one.", length: 1...200),
    ]
}

extension OutboundBody.Line: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number; no kit.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 5),
    ]
}

/// Parcels of a transfer as they were opened.
struct TransferReceiptBody: Codable, Sendable {
    struct Found: Codable, Sendable {
        var sku: SKUID
        var quantity: Quantity
        var condition: Condition?
    }

    struct Opened: Codable, Sendable {
        var parcel: UnitID
        var found: [Found]?

        var opened: OpenedParcel {
            OpenedParcel(
                parcel, found: found?.map { FoundGoods(sku: $0.sku, quantity: $0.quantity, condition: $0.condition ?? .new) })
        }
    }

    var dock: LocationID
    var parcels: [Opened]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case dock, parcels, occurredAt = "occurred_at" }
}

extension TransferReceiptBody: Documented {
    static let fields: FieldNotes = ["parcels": FieldNote("What was opened.", count: 1...100)]
}

extension TransferReceiptBody.Opened: Documented {
    static let fields: FieldNotes = ["found": FieldNote("Left out: all that is listed, undamaged.", count: 0...200)]
}

extension TransferReceiptBody.Found: Documented {
    static let fields: FieldNotes = [
        "quantity": FieldNote("Pieces.", range: 0...1_000_000, example: 5), "condition": "`new` unless said.",
    ]
}

/// When a transfer arrives instead.
struct ArrivalBody: Codable, Sendable {
    var expectedAt: Instant

    private enum CodingKeys: String, CodingKey { case expectedAt = "expected_at" }

    /// - Throws: `InvalidRequest` where that is another age.
    func moment(_ desk: APIDesk) throws -> Instant {
        guard abs((expectedAt - desk.store.clock()).micros) < Duration.days(366).micros else {
            throw InvalidRequest([Violation(pointer: "/expected_at", detail: "\(expectedAt) is more than a year away.")])
        }
        return expectedAt
    }
}

/// How it is shown that goods were disposed of: a reference, and words or the hash of a document.
struct ProofBody: Codable, Sendable {
    var reference: String
    var words: String?
    var documentHash: String?
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case reference, words, documentHash = "document_sha256", occurredAt = "occurred_at"
    }

    var proof: DisposalProof { DisposalProof(reference: reference, words: words ?? "", documentHash: documentHash) }
}

extension ProofBody: Documented {
    static let fields: FieldNotes = [
        "reference": FieldNote("Of the certificate, ticket or video.", length: 1...100, example: "CERT-77"),
        "words": FieldNote("What was done; nothing personal.", length: 1...500),
        "document_sha256": FieldNote("64 hexadecimal digits.", length: 64...64),
    ]
}
