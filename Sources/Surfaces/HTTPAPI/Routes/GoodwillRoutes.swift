import Flows
import Kernel
import Returns
import Views

/// Money for shoppers although nothing comes back, and how much of it others than the merchant may give.
struct GoodwillRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (giving + limits).tagged("Returns") }

    private var giving: [Endpoint] {
        [
            Endpoint.post("/v1/orders/{order}/goodwill", "Give a shopper money although nothing comes back", for: [.operator, .merchant])
                .named("giveGoodwill")
                .describing(
                    """
                    It is a refund that is due, sent as any other. A merchant gives up to what was paid; an operator within the \
                    merchant's limit. The same number with the same content answers the first one.
                    """)
                .path(OrderID.self).body(GoodwillBody.self).answering(.created).missing("order")
                .refusing([GiveGoodwill.Refused.samples[0]]).refusing(MoneyBackRefused.samples)
                .refusing(Array(GiveGoodwill.Refused.samples.dropFirst()))
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = GiveGoodwill(
                        call.path, merchant: caller.merchant, by: caller.merchant == nil ? .operator : .merchant,
                        number: body.number, body.amount, reason: body.reason, note: body.note, actor: caller.actor)
                    let refund = try await desk.perform(flow)
                    return try await desk.read { try RefundView.find(refund, scope, in: $0) }
                },
            Endpoint.get("/v1/orders/{order}/goodwill", "List what was given for an order", for: [.operator, .merchant])
                .named("listGoodwill").path(OrderID.self).missing("order")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { tx in
                        try Ownership.orders([call.path], scope, in: tx)
                        return GoodwillReply(items: try GoodwillView.of(call.path, scope, in: tx))
                    }
                },
        ]
    }

    private var limits: [Endpoint] {
        [
            Endpoint.put("/v1/goodwill-limits", "Say what others may give of a merchant's money", for: [.operator, .merchant])
                .named("setGoodwillLimit").describing("For one order, all in all; it holds until the next one begins.")
                .body(GoodwillLimitBody.self).missing("merchant").refusing([InvalidInput(field: "", "")])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    try await desk.perform(
                        SetGoodwillLimit(
                            try caller.merchant(named: body.merchant), body.giver, mostMinor: body.mostMinor, currency: body.currency,
                            sharePPM: body.sharePPM, from: body.from, actor: caller.actor))
                    return Nothing()
                },
            Endpoint.get("/v1/goodwill-limits", "List the limits of a merchant", for: [.operator, .merchant])
                .named("listGoodwillLimits").query(GoodwillLimitQuery.self).missing("merchant")
                .handle { [desk] call in
                    let merchant = try call.caller.merchant(named: call.query.merchant)
                    return GoodwillLimitsReply(items: try await desk.read { try GoodwillLimits.all(of: merchant, in: $0) })
                },
        ]
    }
}

/// What a shopper is given, and why.
struct GoodwillBody: Codable, Sendable, Documented {
    var number: String
    var amount: Money
    var reason: GoodwillReason
    var note: String

    static let fields: FieldNotes = [
        "number": FieldNote("The caller's own; unique with the order.", length: 1...100, example: "CASE-7"),
        "amount": "In the order's currency.",
        "reason": "What went wrong.",
        "note": FieldNote("For the merchant and for later; nothing personal.", length: 1...500, example: "Came two days late."),
    ]
}

struct GoodwillReply: Codable, Sendable {
    var items: [GoodwillView]
}

/// How much others than the merchant may give.
struct GoodwillLimitBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var giver: GoodwillGiver
    var mostMinor: Int64
    var currency: Currency?
    var sharePPM: Int64
    var from: Instant?

    private enum CodingKeys: String, CodingKey {
        case merchant, giver, mostMinor = "most_minor", currency, sharePPM = "share_ppm", from
    }

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "giver": "`support` or `operator`.",
        "most_minor": FieldNote("For one order, all in all; 0: nothing.", range: 0...1_000_000_000_000, example: 1500),
        "currency": "The merchant's unless said. Orders in another one allow nothing.",
        "share_ppm": FieldNote("Of the order's total, all in all; the smaller of the two holds.", range: 0...1_000_000, example: 200_000),
        "from": "Now unless said; not before.",
    ]
}

struct GoodwillLimitQuery: Decodable, Sendable {
    var merchant: MerchantID?
}

struct GoodwillLimitsReply: Codable, Sendable {
    var items: [GoodwillLimit]
}
