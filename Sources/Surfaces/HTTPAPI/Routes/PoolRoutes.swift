import Flows
import Inventory
import Kernel
import Views

/// What of a merchant's goods is set aside for whom.
struct PoolRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.get("/v1/pools", "List pools", for: [.operator, .merchant]).named("listPools")
                .query(PoolQuery.self)
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(PoolID.self))
                    let rows = try await desk.read { try PoolView.list(scope, after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.post("/v1/pools", "Open a pool", for: [.operator, .merchant]).named("openPool")
                .describing("For a channel, a drop or a creator. Orders of its channel take from it, others where they name it.")
                .body(PoolBody.self).idempotent.answering(.created).missing("merchant").refusing(Pools.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let pool = try await desk.perform(body.flow(for: try caller.merchant(named: body.merchant)))
                    return try await desk.read { try PoolView.find(pool, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/pools/{pool}", "Read a pool", for: [.operator, .merchant]).named("readPool")
                .path(PoolID.self).missing("pool")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try PoolView.find(call.path, scope, in: $0) }
                },
            move("quotas", "Set goods aside for a pool", "setAside", isReturn: false),
            move("returns", "Take goods back from a pool", "takeBack", isReturn: true),
            Endpoint.delete("/v1/pools/{pool}", "Close a pool", for: [.operator, .merchant]).named("closePool")
                .describing("What of it is promised to nobody goes back to `main`; the rest follows as it comes free.")
                .path(PoolID.self).missing("pool").refusing([Pools.Refused.closed("")])
                .handle { [desk] call in
                    let caller = try call.caller
                    let scope = caller.scope
                    try await desk.perform(ClosePool(call.path, actor: caller.actor)) {
                        try Ownership.pools([call.path], scope, in: $0)
                    }
                    return Nothing()
                },
        ].tagged("Pools")
    }

    private func move(_ noun: String, _ title: String, _ name: String, isReturn: Bool) -> Endpoint {
        Endpoint.post("/v1/pools/{pool}/\(noun)", title, for: [.operator, .merchant]).named(name)
            .describing("All lines or none; only what is promised to nobody. The goods do not move.")
            .path(PoolID.self).body(QuotaBody.self).idempotent.answering(.created).missing("pool", "SKU")
            .refusing(Pools.Refused.samples)
            .handle { [desk] call, body in
                let caller = try call.caller
                let (scope, pool) = (caller.scope, call.path)
                let flow = SetAside(pool, body.lines.map(\.line), isReturn: isReturn, actor: caller.actor)
                try await desk.perform(flow) { try Ownership.pools([pool], scope, in: $0) }
                return try await desk.read { try PoolView.find(pool, scope, in: $0) }
            }
    }
}

/// Lists all that the caller may see.
struct PoolQuery: Decodable, Sendable, Documented {
    static let fields: FieldNotes = [:]
}

/// Whom goods are to be set aside for.
struct PoolBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var code: String
    var kind: PoolKind
    var channel: String?
    var thenMain: Bool?

    private enum CodingKeys: String, CodingKey { case merchant, code, kind, channel, thenMain = "then_main" }

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "code": FieldNote("The merchant's own name for it; neither `main` nor a condition of goods.", length: 1...64, example: "tiktok"),
        "channel": FieldNote("Whose orders take from it without naming it.", length: 1...100),
        "then_main": "A guarantee and not a limit: with nothing left in it, its orders take from what is in no pool.",
    ]

    func flow(for merchant: MerchantID) -> OpenPool {
        OpenPool(merchant: merchant, code: code, kind: kind, channel: channel, thenMain: thenMain ?? false)
    }
}

/// What is set aside or taken back.
struct QuotaBody: Codable, Sendable, Documented {
    struct Line: Codable, Sendable, Documented {
        var sku: String
        var site: SiteID?
        var quantity: Quantity

        static let fields: FieldNotes = [
            "sku": FieldNote("The merchant's own number of the SKU or kit.", length: 1...64, example: "MUG-1"),
            "site": "Any unless said, goods on hand first.",
            "quantity": FieldNote("Pieces.", range: 1...100_000_000, example: 10),
        ]

        var line: QuotaLine { QuotaLine(sku: sku, site: site, quantity: quantity) }
    }

    var lines: [Line]

    static let fields: FieldNotes = ["lines": FieldNote("What moves.", count: 1...200)]
}
