import Flows
import Inventory
import Kernel
import Views

/// Stock in both books.
struct StockRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { books.tagged("Stock") }

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
