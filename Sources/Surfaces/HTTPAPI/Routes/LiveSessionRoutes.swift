import Flows
import Kernel
import Orders
import Views

/// Live sessions, whose orders wait for each other.
struct LiveSessionRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (reading + changing).tagged("Orders") }

    private var reading: [Endpoint] {
        [
            Endpoint.get("/v1/live-sessions", "List live sessions, the newest first", for: [.operator, .merchant])
                .named("listLiveSessions")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(LiveSessionID.self))
                    let rows = try await desk.read { try LiveSessionView.list(scope, after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/live-sessions/{session}", "Read a live session", for: [.operator, .merchant])
                .named("readLiveSession").path(LiveSessionID.self).missing("live_session")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try LiveSessionView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var changing: [Endpoint] {
        [
            Endpoint.post("/v1/live-sessions", "Open a live session", for: [.operator, .merchant]).named("openLiveSession")
                .describing("Orders that join it wait until it closes, or as long as is safe for what they were promised.")
                .body(LiveSessionBody.self).idempotent.answering(.created).missing("merchant")
                .refusing([LiveSessionRefused.badEnd(.distantPast)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = OpenLiveSession(
                        merchant: try caller.merchant(named: body.merchant), channel: body.channel ?? "api", name: body.name,
                        endsAt: body.endsAt, actor: caller.actor)
                    let session = try await desk.perform(flow)
                    return try await desk.read { try LiveSessionView.find(session, caller.scope, in: $0) }
                },
            Endpoint.post("/v1/live-sessions/{session}/orders", "Let orders wait for a live session", for: [.operator, .merchant])
                .named("joinLiveSession").describing("Those that joined before stay as they are.")
                .path(LiveSessionID.self).body(LiveSessionOrdersBody.self).idempotent.missing("live_session", "order")
                .refusing(LiveSessionRefused.joining).refusing([EditRefused.ended(OrderID(0), .shipped)])
                .handle { [desk] call, body in
                    let merchant = try call.caller.merchant
                    try await desk.perform(JoinLiveSession(call.path, body.orders, merchant: merchant))
                    return Nothing()
                },
            Endpoint.post("/v1/live-sessions/{session}/closing", "Close a live session", for: [.operator, .merchant])
                .named("closeLiveSession")
                .describing("Orders of one shopper are merged where that saves parcels, and all are let go. One that is closed stays so.")
                .path(LiveSessionID.self).missing("live_session")
                .handle { [desk] call in
                    let caller = try call.caller
                    try await desk.perform(CloseLiveSession(call.path, merchant: caller.merchant, actor: caller.actor))
                    return Nothing()
                },
        ]
    }
}

/// A live session to come.
struct LiveSessionBody: Codable, Sendable, Documented {
    var merchant: MerchantID?
    var channel: String?
    var name: String
    var endsAt: Instant

    private enum CodingKeys: String, CodingKey { case merchant, channel, name, endsAt = "ends_at" }

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "channel": FieldNote("Whose orders may join it; `api` unless said.", length: 1...100),
        "name": FieldNote("For people; nothing personal.", length: 1...100, example: "Friday live"),
        "ends_at": "Within the next 3 days; it closes then by itself.",
    ]
}

/// Orders of a live session.
struct LiveSessionOrdersBody: Codable, Sendable, Documented {
    var orders: [OrderID]
    static let fields: FieldNotes = ["orders": FieldNote("Open sales of the session's channel.", count: 1...500)]
}
