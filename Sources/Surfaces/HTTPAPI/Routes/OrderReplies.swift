import Flows
import Identity
import Kernel
import Orders

/// What became of an order that was asked for.
struct PlacedReply: Codable, Sendable {
    var id: OrderID
    var number: String
    var isRepeat: Bool
    var shipBy: Instant?
    var promisedBy: Instant?
    var reserved: Quantity
    var waiting: Quantity
    var sites: [SiteID]
    var trackingPath: String

    private enum CodingKeys: String, CodingKey {
        case id, number, isRepeat = "is_repeat", shipBy = "ship_by", promisedBy = "promised_by", reserved, waiting, sites
        case trackingPath = "tracking_path"
    }

    init(_ placed: PlacedOrder, _ vault: Vault) {
        id = placed.order
        number = placed.number
        isRepeat = placed.isRepeat
        shipBy = placed.shipBy
        promisedBy = placed.promisedBy
        reserved = placed.reserved
        waiting = placed.waiting
        sites = placed.sites
        trackingPath = ShopperLink(placed.order, vault).path
    }
}

extension PlacedReply: Documented {
    static let fields: FieldNotes = [
        "is_repeat": "True where the same order had been taken before; nothing was done this time.",
        "ship_by": "When the last parcel has to leave.",
        "promised_by": "The date for the shopper; it never changes.",
        "reserved": "Units that have goods.",
        "waiting": "Units that wait for goods.",
        "sites": "The sites that send something.",
        "tracking_path": "The shopper's page, on the host of the console. Whoever has it sees the order: give it to the shopper only.",
    ]
}

/// Many orders at once.
struct BatchBody: Codable, Sendable, Documented {
    var way: OrderWay?
    var orders: [OrderBody]

    static let fields: FieldNotes = [
        "way": "`place` unless said.", "orders": FieldNote("Each is answered by itself.", count: 1...500),
    ]
}

/// What became of one order of a batch: it was taken, or the problem says why not.
struct BatchItem: Codable, Sendable, Documented {
    struct Fault: Codable, Sendable {
        var code: String
        var detail: String
        var pointer: String?
    }

    var number: String
    var order: PlacedReply?
    var problem: Fault?

    static let fields: FieldNotes = ["order": "Where it was taken.", "problem": "Where it was not."]

    init(number: String, _ answer: PlaceOrders.Outcome, _ vault: Vault) {
        self.number = number
        switch answer {
        case .taken(let placed): order = PlacedReply(placed, vault)
        case .refused(let refusal):
            problem = Fault(code: refusal.code, detail: refusal.message, pointer: refusal.field)
        }
    }
}

/// The answers of a batch, in the order of the request.
struct BatchReply: Codable, Sendable {
    var items: [BatchItem]
}

/// The wish to cancel.
struct CancellationBody: Codable, Sendable, Documented {
    var reason: String
    static let fields: FieldNotes = ["reason": FieldNote("For people.", length: 1...200, example: "Changed my mind")]
}

/// What became of the wish to cancel.
struct CancellationReply: Codable, Sendable {
    var id: CancelID
    var answer: CancelAnswer
    var why: String
    var units: Quantity

    init(_ answer: CancelOrder.Answer) {
        id = answer.request
        self.answer = answer.answer
        why = answer.why
        units = answer.units
    }
}

extension CancelAnswer: Documented {
    package static var fields: FieldNotes {
        [
            "accepted": "Nothing of the order will arrive.", "partly": "Some units had left already.",
            "refused": "Nothing was left to cancel.",
            "asked": "A carrier or a partner has some of it and is asked to stop; what they answer settles it.",
        ]
    }
}

/// Keeps an order from being released.
struct OrderHoldBody: Codable, Sendable, Documented {
    var kind: String
    var reason: String
    var until: Instant?
    static let fields: FieldNotes = [
        "until": "It ends then by itself, within a year; left out, when somebody lets the order go.",
        "kind": FieldNote(
            "What sort of hold it is; it is released by this name, and replaced by another of it.", length: 1...50,
            example: "fraud_review"),
        "reason": FieldNote("For people; nothing personal.", length: 1...200),
    ]
}

/// How an order's payment stands.
struct PaymentBody: Codable, Sendable {
    var payment: PaymentState
}
