import Flows
import Inventory
import Kernel
import Merchants
import Views
import Warehouse

/// What comes to the sites.
struct InboundRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (announcing + receiving).tagged("Inbound") }

    private var announcing: [Endpoint] {
        [
            Endpoint.post("/v1/asns", "Announce an inbound shipment", for: [.operator, .merchant]).named("announceASN")
                .describing("Its goods can be promised from the day they are expected.")
                .body(ASNBody.self).idempotent.answering(.created).missing("merchant", "site")
                .refusing([AnnounceBySKUCode.UnknownSKU.sample, ASNs.Refused.numberUsed("")])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = try body.flow(for: try caller.merchant(named: body.merchant), desk, actor: caller.actor)
                    let asn = try await desk.perform(flow)
                    return try await desk.read { try ASNView.find(asn, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/asns", "List inbound shipments, the newest first", for: [.operator, .merchant, .site])
                .named("listASNs").query(ASNQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(ASNID.self))
                    let rows = try await desk.read {
                        try ASNView.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/asns/{asn}", "Read an inbound shipment", for: [.operator, .merchant, .site]).named("readASN")
                .path(ASNID.self).missing("asn")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try ASNView.find(call.path, scope, in: $0) }
                },
            Endpoint.put("/v1/asns/{asn}/arrival", "Say that a shipment comes later, or brings less", for: [.operator, .merchant])
                .named("changeASN").describing("What was promised of it moves along; what will not come is sourced elsewhere.")
                .path(ASNID.self).body(ASNChangeBody.self).missing("asn")
                .refusing([ASNs.Refused.notReceiving(ASNID(0), .closed)]).refusing(ChangeASN.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = try body.flow(for: call.path, desk, actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.asns([call.path], scope, in: $0) }
                    return try await desk.read { try ASNView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var receiving: [Endpoint] {
        [
            Endpoint.post("/v1/asns/{asn}/receipts", "Receive goods of a shipment at a dock", for: [.operator, .site])
                .named("receiveASN").path(ASNID.self).body(ReceiptBody.self).idempotent.answering(.created)
                .missing("asn", "location", "SKU")
                .refusing([
                    ReceiveASN.Refused.unmeasured(line: 0, sku: ""), ReceiveASN.Refused.lotMissing(line: 0, sku: ""),
                    ReceiveASN.Refused.serialsWrong(line: 0, sku: ""),
                    ReceiveASN.Refused.serialInStock(line: 0, sku: "", serial: ""),
                    ASNs.Refused.notReceiving(ASNID(0), .closed),
                    RecordMeasures.Refused.noSuchLevel(field: "", sku: SKUID(0), level: .each),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ReceiveASN(
                        call.path, at: body.dock, body.lines.map(\.line), occurred: try desk.moment(body.occurredAt),
                        actor: caller.actor)
                    return TasksReply(
                        tasks: try await desk.perform(flow) { try Ownership.asns([call.path], scope, in: $0) })
                },
            Endpoint.post("/v1/asns/{asn}/closing", "Say that nothing more will come", for: [.operator, .site])
                .named("closeASN").path(ASNID.self).missing("asn")
                .refusing([ASNs.Refused.notReceiving(ASNID(0), .closed)])
                .handle { [desk] call in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(CloseASN(call.path, actor: caller.actor)) { try Ownership.asns([call.path], scope, in: $0) }
                    return Nothing()
                },
        ]
    }
}

extension AnnounceBySKUCode.UnknownSKU {
    fileprivate static var sample: Self { Self(line: 0, sku: "") }
}

/// Which shipments are asked for.
struct ASNQuery: Decodable, Sendable {
    var merchant: MerchantID?
    var site: SiteID?
    var state: ASNState?

    var filter: ASNFilter { ASNFilter(merchant: merchant, site: site, state: state) }
}

/// When a shipment comes, and how much of what.
struct ASNChangeBody: Codable, Sendable, Documented {
    struct Line: Codable, Sendable, Documented {
        var sku: String
        var expected: Quantity

        static let fields: FieldNotes = [
            "sku": FieldNote("The merchant's own number, of a line that was announced.", length: 1...64, example: "MUG-1"),
            "expected": FieldNote("Pieces in all, with what has come already.", range: 0...100_000_000, example: 10),
        ]
    }

    var expectedAt: Instant
    var lines: [Line]?

    private enum CodingKeys: String, CodingKey { case expectedAt = "expected_at", lines }

    static let fields: FieldNotes = [
        "expected_at": "When it comes, later or sooner.",
        "lines": FieldNote("Lines that bring another quantity; the others stay.", count: 0...1000),
    ]

    /// - Throws: `InvalidRequest` where it is expected in another age.
    func flow(for asn: ASNID, _ desk: APIDesk, actor: String) throws -> ChangeASN {
        guard abs((expectedAt - desk.store.clock()).micros) < Duration.days(3660).micros else {
            throw InvalidRequest([Violation(pointer: "/expected_at", detail: "\(expectedAt) is more than ten years away.")])
        }
        return ChangeASN(
            asn, expectedAt: expectedAt, lines: (lines ?? []).map { ChangeASN.Line(sku: $0.sku, expected: $0.expected) },
            actor: actor)
    }
}

/// What comes, to where and when.
struct ASNBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Quantity
    }

    var merchant: MerchantID?
    var site: SiteID
    var number: String
    var expectedAt: Instant
    var lines: [Line]

    private enum CodingKeys: String, CodingKey { case merchant, site, number, expectedAt = "expected_at", lines }

    /// - Throws: `InvalidRequest` where it is expected in another age.
    func flow(for merchant: MerchantID, _ desk: APIDesk, actor: String) throws -> AnnounceBySKUCode {
        guard abs((expectedAt - desk.store.clock()).micros) < Duration.days(3660).micros else {
            throw InvalidRequest([Violation(pointer: "/expected_at", detail: "\(expectedAt) is more than ten years away.")])
        }
        return AnnounceBySKUCode(
            merchant: merchant, site: site, number: number, expected: expectedAt,
            lines: lines.map { AnnounceBySKUCode.Line(sku: $0.sku, quantity: $0.quantity) }, actor: actor)
    }
}

extension ASNBody: Documented {
    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "number": FieldNote("The merchant's own; unique with it.", length: 1...100, example: "IN-2026-11"),
        "lines": FieldNote("What comes.", count: 1...1000),
    ]
}

extension ASNBody.Line: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("Pieces.", range: 1...100_000_000, example: 100),
    ]
}

/// What stands on the dock.
struct ReceiptBody: Codable, Sendable {
    struct Measure: Codable, Sendable {
        var size: Dimensions
        var grams: Grams

        private enum CodingKeys: String, CodingKey { case size = "size_mm", grams = "weight_g" }
    }

    struct Line: Codable, Sendable {
        var sku: SKUID
        var quantity: Quantity
        var lot: String?
        var expiresOn: CivilDate?
        var measured: Measure?
        var condition: Condition?
        var serials: [String]?

        private enum CodingKeys: String, CodingKey {
            case sku, quantity, lot, expiresOn = "expires_on", measured, condition, serials
        }

        var line: ReceivedLine {
            ReceivedLine(
                sku: sku, quantity: quantity, lotCode: lot, expires: expiresOn, measured: measured.map { ($0.size, $0.grams) },
                condition: condition ?? .new, serials: serials ?? [])
        }
    }

    var dock: LocationID
    var lines: [Line]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case dock, lines, occurredAt = "occurred_at" }
}

extension ReceiptBody: Documented {
    static let fields: FieldNotes = ["lines": FieldNote("What came.", count: 1...200)]
}

extension ReceiptBody.Measure: Documented {
    static let fields: FieldNotes = ["weight_g": FieldNote("Grams.", range: 1...1_000_000, example: 350)]
}

extension ReceiptBody.Line: Documented {
    static let fields: FieldNotes = [
        "quantity": FieldNote("Pieces.", range: 1...100_000_000, example: 10),
        "lot": FieldNote("As printed on the goods.", length: 1...64),
        "measured": "Of one each, taken at the dock; wanted where the SKU was never measured.",
        "condition": "`new` unless said.",
        "serials": FieldNote("One for each piece of goods tracked by serial; else they are scanned when packed.", count: 0...1000),
    ]
}

/// The tasks that were made.
struct TasksReply: Codable, Sendable {
    var tasks: [TaskID]
}
