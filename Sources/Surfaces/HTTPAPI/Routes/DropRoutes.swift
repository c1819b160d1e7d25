import Flows
import Identity
import Inventory
import Kernel
import Views

/// Timed live sales, and the lines people stand in.
struct DropRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (drops + lines).tagged("Drops") }

    private var drops: [Endpoint] {
        [
            Endpoint.get("/v1/drops", "List drops", for: [.operator, .merchant]).named("listDrops").query(DropQuery.self)
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(DropID.self))
                    let rows = try await desk.read { try DropView.list(scope, after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.post("/v1/drops", "Open a drop", for: [.operator, .merchant]).named("openDrop")
                .describing("A timed live sale: its goods are set aside at once, and taken by those in its line only.")
                .body(DropBody.self).idempotent.answering(.created).missing("merchant", "SKU")
                .refusing(OpenDrop.Refused.samples).refusing(Pools.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = body.flow(for: try caller.merchant(named: body.merchant), actor: caller.actor)
                    let drop = try await desk.perform(flow)
                    return try await desk.read { try DropView.find(drop, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/drops/{drop}", "Read a drop", for: [.operator, .merchant]).named("readDrop")
                .path(DropID.self).missing("drop")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try DropView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var lines: [Endpoint] {
        [
            Endpoint.post("/v1/drops/{drop}/tickets", "Take a place in a drop's line", for: [.operator, .merchant])
                .named("takeTicket").describing("The same shopper gets the first ticket again.")
                .path(DropID.self).body(TicketBody.self).answering(.created).missing("drop")
                .refusing(StandInLine.Refused.samples)
                .handle { [desk] call, body in
                    let (scope, drop) = (try call.caller.scope, call.path)
                    let flow = StandInLine(.drop(drop), sku: body.sku, shopper: body.shopper, quantity: body.quantity)
                    let ticket = try await desk.perform(flow) { try Ownership.drops([drop], scope, in: $0) }
                    return try await desk.read { try TicketView.find(ticket, scope, in: $0) }
                },
            Endpoint.post("/v1/waitlist", "Wait for goods", for: [.operator, .merchant]).named("waitForGoods")
                .describing("In the order of coming; whose turn it is has them kept for 30 minutes.")
                .body(WaitBody.self).answering(.created).missing("merchant").refusing(StandInLine.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let line = StandInLine.Line.pool(
                        merchant: try caller.merchant(named: body.merchant), code: body.pool ?? Pool.main)
                    let flow = StandInLine(line, sku: body.sku, shopper: body.shopper, quantity: body.quantity)
                    let ticket = try await desk.perform(flow)
                    return try await desk.read { try TicketView.find(ticket, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/tickets/{ticket}", "Read a place in a line", for: [.operator, .merchant]).named("readTicket")
                .path(TicketID.self).missing("ticket")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try TicketView.find(call.path, scope, in: $0) }
                },
            Endpoint.delete("/v1/tickets/{ticket}", "Leave a line", for: [.operator, .merchant]).named("leaveLine")
                .describing("What was kept for it goes to who is next. One that has ended stays as it is.")
                .path(TicketID.self).missing("ticket")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    try await desk.perform(LeaveLine(call.path)) { try Ownership.tickets([call.path], scope, in: $0) }
                    return Nothing()
                },
        ]
    }
}

/// Lists all that the caller may see.
struct DropQuery: Decodable, Sendable, Documented {
    static let fields: FieldNotes = [:]
}

/// A timed live sale.
struct DropBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var name: String
    var pool: String
    var lines: [QuotaBody.Line]
    var startsAt: Instant
    var endsAt: Instant
    var windowMs: Int64?
    var holdSeconds: Int64?
    var shopperLimit: Quantity?

    private enum CodingKeys: String, CodingKey {
        case merchant, name, pool, lines, startsAt = "starts_at", endsAt = "ends_at", windowMs = "window_ms"
        case holdSeconds = "hold_seconds", shopperLimit = "shopper_limit"
    }

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "name": FieldNote("What people call it.", length: 1...100, example: "Friday live"),
        "pool": FieldNote("The code of the pool that is opened for it.", length: 1...64, example: "friday-live"),
        "lines": FieldNote("What is sold in it.", count: 1...200),
        "ends_at": "At most 30 days after its start.",
        "window_ms": FieldNote("Who comes within one window is drawn; 2,000 unless said.", range: 100...60_000),
        "hold_seconds": FieldNote("How long what a turn brings is kept; 600 unless said.", range: 30...86_400),
        "shopper_limit": FieldNote("Pieces of each SKU for one shopper; 1 unless said.", range: 1...1_000),
    ]

    func flow(for merchant: MerchantID, actor: String) -> OpenDrop {
        OpenDrop(
            merchant: merchant, name: name, code: pool, lines: lines.map(\.line), startsAt: startsAt, endsAt: endsAt,
            window: .milliseconds(windowMs ?? 2000), hold: .seconds(holdSeconds ?? 600), limit: shopperLimit ?? 1,
            seed: APIToken.make(Vault.systemRandom).text, actor: actor)
    }
}

/// Who wants what of a drop.
struct TicketBody: Codable, Sendable, Documented {
    var shopper: String
    var sku: String
    var quantity: Quantity

    static let fields: FieldNotes = [
        "shopper": FieldNote("The caller's own token for the shopper; only its hash is kept.", length: 1...200, example: "s-81f3"),
        "sku": FieldNote("The merchant's own number.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("Pieces.", range: 1...1_000, example: 1),
    ]
}

/// Who waits for what.
struct WaitBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var pool: String?
    var shopper: String
    var sku: String
    var quantity: Quantity

    static let fields: FieldNotes = TicketBody.fields.merging([
        "merchant": "Named by operators; a merchant's key implies it.", "pool": FieldNote("`main` unless said.", length: 1...64),
    ]) { own, _ in own }
}
