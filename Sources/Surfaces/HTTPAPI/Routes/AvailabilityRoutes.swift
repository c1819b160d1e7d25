import Flows
import Inventory
import Kernel
import Views

/// How many can be promised, and what channels are not shown.
struct AvailabilityRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.get("/v1/skus/{sku}/availability", "Ask how many can be promised, and when more", for: [.operator, .merchant])
                .named("readAvailability")
                .describing("Of a SKU or kit, now and from each date on which more is announced; nothing is kept.")
                .path(SKUID.self).query(AvailabilityQuery.self).missing("sku", "pool")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    let question = call.query.question(of: call.path)
                    return try await desk.read { try Availability.find(question, scope, in: $0) }
                },
            Endpoint.put("/v1/channel-stock", "Say what a channel is not shown", for: [.operator, .merchant])
                .named("setChannelStock")
                .describing("A safety stock and a threshold, for all SKUs or one. Recorded orders pass both, and raise the first.")
                .body(ChannelStockBody.self).missing("merchant", "sku")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    try await desk.perform(body.flow(for: try caller.merchant(named: body.merchant)), by: caller)
                    return Nothing()
                },
            Endpoint.put("/v1/skus/{sku}/backorder-cap", "Limit what is sold before it is there", for: [.operator, .merchant])
                .named("setBackorderCap").describing("Recorded orders are not asked: they are sold already.")
                .path(SKUID.self).body(BackorderCapBody.self).missing("sku")
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(SetBackorderCap(call.path, body.cap), by: caller) {
                        try Ownership.skus([call.path], scope, in: $0)
                    }
                    return Nothing()
                },
            Endpoint.put("/v1/skus/{sku}/preorder", "Sell before anything is announced", for: [.operator, .merchant])
                .named("setPreorder").describing("So many, from a date on; claims go over to goods as they are announced or come.")
                .path(SKUID.self).body(PreorderBody.self).missing("sku", "site")
                .refusing([Preorders.BelowPromised(cap: 0, promised: 0)])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = try body.flow(for: call.path, desk)
                    try await desk.perform(flow, by: caller) { try Ownership.skus([call.path], scope, in: $0) }
                    return Nothing()
                },
        ].tagged("Availability")
    }
}

/// Where, and for whom.
struct AvailabilityQuery: Decodable, Sendable, Documented {
    var site: SiteID?
    var channel: String?
    var pool: String?

    static let fields: FieldNotes = [
        "site": "All unless said.",
        "channel": FieldNote("Less its safety stock, and of its pool where it has one.", length: 1...100),
        "pool": FieldNote("The channel's, else `main`, unless said.", length: 1...64),
    ]

    func question(of sku: SKUID) -> AvailabilityQuestion {
        AvailabilityQuestion(sku, site: site, pool: pool, channel: channel)
    }
}

/// What a channel is not shown.
struct ChannelStockBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var channel: String
    var sku: String?
    var safety: Quantity
    var threshold: Quantity?

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "channel": FieldNote("As its orders name it.", length: 1...100, example: "tiktok"),
        "sku": FieldNote("All for which nothing else is said, unless said.", length: 1...64),
        "safety": FieldNote("Pieces on hand that it is never promised.", range: 0...1_000_000_000, example: 2),
        "threshold": FieldNote("With less left for it, it is shown nothing.", range: 0...1_000_000_000),
    ]

    func flow(for merchant: MerchantID) -> SetChannelStock {
        SetChannelStock(merchant: merchant, channel: channel, sku: sku, safety: safety, threshold: threshold ?? 0)
    }
}

/// How many may wait.
struct BackorderCapBody: Codable, Sendable, Documented {
    var cap: Quantity?

    static let fields: FieldNotes = [
        "cap": FieldNote("Pieces that may wait for goods at one time; left out there is no limit.", range: 0...1_000_000_000)
    ]
}

/// How many may be sold before any are announced, and from when they will be there.
struct PreorderBody: Codable, Sendable, Documented {
    var site: SiteID
    var cap: Quantity
    var availableFrom: Instant

    private enum CodingKeys: String, CodingKey { case site, cap, availableFrom = "available_from" }

    static let fields: FieldNotes = [
        "site": "Where they will come to.",
        "cap": FieldNote("Pieces; no fewer than are promised of it.", range: 0...1_000_000_000, example: 100),
        "available_from": "From when they can be sent; may be moved.",
    ]

    /// - Throws: `InvalidRequest` where it is expected in another age.
    func flow(for sku: SKUID, _ desk: APIDesk) throws -> SetPreorder {
        guard abs((availableFrom - desk.store.clock()).micros) < Duration.days(3660).micros else {
            throw InvalidRequest([Violation(pointer: "/available_from", detail: "\(availableFrom) is more than ten years away.")])
        }
        return SetPreorder(sku, at: site, cap: cap, from: availableFrom)
    }
}
