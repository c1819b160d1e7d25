import Flows
import Inventory
import Kernel
import Views

/// Stock in both books, and holds on it.
struct StockRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (books + holds).tagged("Stock") }

    private var books: [Endpoint] {
        [
            Endpoint.get("/v1/stock", "Read stock by SKU and site", for: [.operator, .merchant, .site]).named("listStock")
                .describing("Both books: what is there, and who was promised it.").query(StockQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(StockCursor.self))
                    let rows = try await desk.read {
                        try StockLevel.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.cursor) { $0 }
                },
            Endpoint.post("/v1/stock/openings", "Take in stock that lies in bins already", for: [.operator, .site])
                .named("openStock").body(OpeningsBody.self).idempotent.missing("location")
                .refusing([OpenBins.Refused.unknownSKU(line: 0, SKUID(0)), OpenBins.Refused.lotMissing(line: 0, sku: "")])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let (scope, bins) = (caller.scope, body.lines.map(\.location))
                    let flow = OpenBins(
                        body.lines.map(\.line), occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.locations(bins, scope, in: $0) }
                    return Nothing()
                },
            Endpoint.post("/v1/stock/counts", "Say what was counted in a bin", for: [.operator, .site]).named("countStock")
                .describing("A count is a fact: where it takes goods below what is promised, claims are sourced elsewhere.")
                .body(CountBody.self).idempotent.missing("location", "sku")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = CountSKU(
                        location: body.location, sku: body.sku, counted: body.counted,
                        occurred: try desk.moment(body.occurredAt), actor: caller.actor)
                    return CountReply(try await desk.perform(flow) { try Ownership.locations([body.location], scope, in: $0) })
                },
        ]
    }

    private var holds: [Endpoint] {
        [
            Endpoint.post("/v1/holds", "Hold goods for a checkout", for: [.operator, .merchant]).named("holdStock")
                .body(HoldBody.self).idempotent.answering(.created).missing("merchant")
                .refusing([
                    HoldStock.Refused.unknownSKU(""), HoldStock.Refused.badExpiry(.distantPast),
                    Holds.Refused.short(available: 0, wanted: 0),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = body.flow(for: try caller.merchant(named: body.merchant))
                    let hold = try await desk.perform(flow)
                    return try await desk.read { try HoldView.find(hold, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/holds/{hold}", "Read a hold", for: [.operator, .merchant]).named("readHold")
                .path(HoldID.self).missing("hold")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try HoldView.find(call.path, scope, in: $0) }
                },
            Endpoint.delete("/v1/holds/{hold}", "Let held goods go", for: [.operator, .merchant]).named("releaseHold")
                .path(HoldID.self).missing("hold")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    try await desk.perform(ReleaseHold(call.path)) { try Ownership.holds([call.path], scope, in: $0) }
                    return Nothing()
                },
        ]
    }
}

/// Which levels are asked for.
struct StockQuery: Decodable, Sendable, Documented {
    var merchant: MerchantID?
    var sku: SKUID?
    var code: String?
    var site: SiteID?

    static let fields: FieldNotes = ["code": FieldNote("The merchant's own number of the SKU.", length: 1...64)]

    var filter: StockFilter { StockFilter(merchant: merchant, sku: sku, code: code, site: site) }
}

/// What lies in bins.
struct OpeningsBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: SKUID
        var location: LocationID
        var quantity: Quantity
        var lot: String?
        var expiresOn: CivilDate?

        private enum CodingKeys: String, CodingKey { case sku, location, quantity, lot, expiresOn = "expires_on" }

        var line: OpenBins.Line {
            OpenBins.Line(sku: sku, location: location, quantity: quantity, lotCode: lot, expires: expiresOn)
        }
    }

    var lines: [Line]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case lines, occurredAt = "occurred_at" }
}

extension OpeningsBody: Documented {
    static let fields: FieldNotes = ["lines": FieldNote("What lies where.", count: 1...1000)]
}

extension OpeningsBody.Line: Documented {
    static let fields: FieldNotes = [
        "quantity": FieldNote("Pieces.", range: 1...100_000_000, example: 10),
        "lot": FieldNote("As printed on the goods.", length: 1...64),
    ]
}

/// A count of one SKU in one bin.
struct CountBody: Codable, Sendable {
    var location: LocationID
    var sku: SKUID
    var counted: Quantity
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case location, sku, counted, occurredAt = "occurred_at" }
}

extension CountBody: Documented {
    static let fields: FieldNotes = ["counted": FieldNote("Pieces.", range: 0...100_000_000, example: 10)]
}

struct CountReply: Codable, Sendable {
    var before: Quantity
    var after: Quantity

    init(_ counted: CountBin.Counted) {
        before = counted.before
        after = counted.after
    }
}

/// A quantity to be kept for a while.
struct HoldBody: Codable, Sendable {
    var merchant: MerchantID?
    var sku: String
    var site: SiteID?
    var quantity: Quantity
    var purpose: String?
    var reference: String?
    var expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case merchant, sku, site, quantity, purpose, reference, expiresAt = "expires_at"
    }

    func flow(for merchant: MerchantID) -> HoldStock {
        HoldStock(
            merchant: merchant, sku: sku, site: site, quantity: quantity, purpose: purpose ?? "checkout",
            reference: reference ?? "", expires: expiresAt)
    }
}

extension HoldBody: Documented {
    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "sku": FieldNote("The merchant's own number.", length: 1...64, example: "MUG-1"),
        "site": "The one with the most to promise unless said.",
        "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1),
        "purpose": FieldNote("`checkout` unless said.", length: 1...50, example: "checkout"),
        "reference": FieldNote("The caller's own; nothing personal.", length: 0...100),
        "expires_at": "Within the next 30 days.",
    ]
}
