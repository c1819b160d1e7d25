import Flows
import Kernel
import Orders
import Returns
import Views

extension ReturnTerms: Documented {
    package static var fields: FieldNotes {
        let days: ClosedRange<Int64> = 1...365, hours: ClosedRange<Int64> = 1...8760
        let money: ClosedRange<Int64> = 0...1_000_000_000_000
        return [
            "window_days": FieldNote("Days from delivery; 30 unless said.", range: 0...3650, example: 30),
            "shopper_pays": FieldNote("The reasons for which the shopper pays the label.", count: 0...9),
            "label_fee_minor": FieldNote("What a label costs the shopper who pays it.", range: 0...1_000_000_000),
            "refund_on": "`receipt` unless said.",
            "restocking_ppm": FieldNote("Of the price, kept where the merchant is not at fault.", range: 0...1_000_000),
            "keep_under_minor": FieldNote("A refund below this is paid without the goods coming back.", range: money),
            "review_over_minor": FieldNote("A refund above this waits for a decision; none does unless said.", range: money),
            "review_hours": FieldNote("For that decision, after which it is granted; 72 unless said.", range: hours),
            "currency": "Of the amounts, which hold for orders in it only.",
            "site": "Where goods go back to; the nearest fulfillment center unless said.",
            "expiry_days": FieldNote("Days for handing the goods in; 21 unless said.", range: days),
            "transit_days": FieldNote("Days from the first scan to the desk; 21 unless said.", range: days),
            "grade_hours": FieldNote("From receipt to the grade; 48 unless said.", range: hours),
            "refund_hours": FieldNote("For sending a refund; 72 unless said.", range: hours),
            "grade_b": "What becomes of opened goods; `refurbish` unless said.",
            "grade_c": "Of damaged goods; `liquidate` unless said.",
            "grade_d": "Of useless goods; `return_to_merchant` unless said.",
            "refund_b_ppm": FieldNote("Of the price, for opened goods, with `refund_on` `grade`; all unless said.", range: 0...1_000_000),
            "refund_c_ppm": FieldNote("Of the price, for damaged goods.", range: 0...1_000_000),
            "refund_d_ppm": FieldNote("Of the price, for useless goods.", range: 0...1_000_000),
            "excluded": FieldNote("SKUs that are not taken back.", count: 0...1000),
        ]
    }
}

/// What is promised about returns, and when.
struct ReturnPolicyBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var from: CivilDate?
    var until: CivilDate?
    var terms: ReturnTerms

    static let fields: FieldNotes = [
        "merchant": "A merchant's key implies it; left out by an operator it is the policy of all without their own.",
        "from": "The first day; always unless said. A policy with the same first day is replaced.",
        "until": "The day after the last; without end unless said.",
    ]

    init(_ policy: ReturnPolicy) {
        (merchant, from, until, terms) = (policy.merchant, policy.validity.from, policy.validity.until, policy.terms)
    }

    func policy(of merchant: MerchantID?) -> ReturnPolicy {
        ReturnPolicy(merchant: merchant, validity: Validity(from: from, until: until), terms: terms)
    }
}

struct ReturnPoliciesReply: Codable, Sendable {
    var items: [ReturnPolicyBody]
}

struct ReturnPolicyQuery: Decodable, Sendable, Documented {
    var merchant: MerchantID?
    static let fields: FieldNotes = ["merchant": "Whose; an operator that names none reads the policy of all."]
}

/// What a shopper wants to send back.
struct ReturnBody: Codable, Sendable, Documented {
    struct Item: Codable, Sendable, Documented {
        var line: LineID?
        var component: ComponentID?
        var quantity: Quantity
        var reason: ReturnReason
        var wanted: SKUID?

        static let fields: FieldNotes = [
            "line": "A whole line with all its parts; either this or a component.", "component": "One part of a kit, or of a line.",
            "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1),
            "wanted": "The SKU wanted instead; for an exchange.",
        ]
    }

    var order: OrderID?
    var merchant: MerchantID?
    var channel: String?
    var orderNumber: String?
    var number: String
    var items: [Item]
    var resolution: Resolution?
    var method: Method?

    /// How the shopper hands the goods in.
    enum Method: String, Codable, CaseIterable, Sendable {
        case label
        case dropOff = "drop_off"
    }

    private enum CodingKeys: String, CodingKey {
        case order, merchant, channel, orderNumber = "order_number", number, items, resolution, method
    }

    static let fields: FieldNotes = [
        "order": "By its id, or else by `order_number`.",
        "merchant": "Whose order number it is; a merchant's key implies it.",
        "channel": FieldNote("Where the order was placed; `api` unless said.", length: 1...100),
        "order_number": FieldNote("The channel's number of the order.", length: 1...100, example: "A-1001"),
        "number": FieldNote("The caller's own: the same number is the same return.", length: 1...100, example: "R-1001"),
        "items": FieldNote("What comes back.", count: 1...200),
        "resolution": "`refund` unless said.", "method": "`drop_off` unless said.",
    ]

    /// - Throws: `InvalidRequest` where it names no order, or an item names not just one thing.
    func request(by caller: Caller) throws -> ReturnRequest {
        let items = try items.enumerated().map { index, item -> ReturnRequest.Item in
            let what: ReturnRequest.Item.What
            switch (item.line, item.component) {
            case (let line?, nil): what = .line(line)
            case (nil, let component?): what = .component(component)
            default: throw InvalidRequest([Violation(pointer: "/items/\(index)", detail: "Name a line or a component.")])
            }
            return ReturnRequest.Item(what, quantity: item.quantity, reason: item.reason, wanted: item.wanted)
        }
        return ReturnRequest(
            order: try reference(by: caller), merchant: caller.merchant, number: number, items: items,
            resolution: resolution ?? .refund, method: method == .label ? .label : .dropOff)
    }

    private func reference(by caller: Caller) throws -> ReturnRequest.Reference {
        if let order { return .id(order) }
        guard let orderNumber else {
            throw InvalidRequest([Violation(pointer: "/order", detail: "Name an order or an order_number.")])
        }
        return .key(OrderKey(merchant: try caller.merchant(named: merchant), channel: channel ?? "api", number: orderNumber))
    }
}

/// Which returns a list is asked for.
struct ReturnQuery: Decodable, Sendable {
    var order: OrderID?
    var merchant: MerchantID?
    var site: SiteID?
    var state: RMAState?

    var filter: ReturnFilter { ReturnFilter(order: order, merchant: merchant, site: site, state: state) }
}

struct ReturnDecisionBody: Codable, Sendable, Documented {
    enum Decision: String, Codable, CaseIterable, Sendable {
        case approve
        case deny

        var state: RMAState { self == .approve ? .authorised : .denied }
    }

    var decision: Decision
    var reason: String
    static let fields: FieldNotes = ["reason": FieldNote("For people; nothing personal.", length: 1...200)]
}

struct DropOffBody: Codable, Sendable, Documented {
    var site: SiteID
    var codes: [String]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case site, codes, occurredAt = "occurred_at" }

    static let fields: FieldNotes = ["codes": FieldNote("As scanned. All are taken in, or none.", count: 1...200)]
}

struct DropOffReply: Codable, Sendable {
    var returns: [RMAID]
}

struct SendingBody: Codable, Sendable, Documented {
    var reference: String
    static let fields: FieldNotes = ["reference": FieldNote("The payment side's.", length: 1...100, example: "PSP-77120")]
}

struct RefundQuery: Decodable, Sendable {
    var state: RefundState?
}

struct DebtQuery: Decodable, Sendable {
    var state: DebtState?
}

struct DebtOutcomeBody: Codable, Sendable, Documented {
    enum Outcome: String, Codable, CaseIterable, Sendable {
        case recovered
        case writtenOff = "written_off"

        var state: DebtState { self == .recovered ? .recovered : .writtenOff }
    }

    var outcome: Outcome
    var note: String
    static let fields: FieldNotes = ["note": FieldNote("For people; nothing personal.", length: 1...200)]
}
