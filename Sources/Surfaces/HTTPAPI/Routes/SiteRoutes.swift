import Facilities
import Flows
import Kernel
import Orders
import Transport
import Views
import Warehouse

/// Sites, and what stands at them.
struct SiteRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (sites + standing + starting).tagged("Sites") }

    private var sites: [Endpoint] {
        [
            Endpoint.get("/v1/sites", "List sites", for: [.operator, .merchant, .site]).named("listSites")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(SiteID.self))
                    let rows = try await desk.read { try SiteView.page(scope, after: after, limit: page.rowsToFetch, in: $0) }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/sites/{site}", "Read a site", for: [.operator, .merchant, .site]).named("readSite")
                .path(SiteID.self).missing("site")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try SiteView.find(call.path, scope, in: $0) }
                },
            Endpoint.get("/v1/carriers", "List carriers with their services", for: .anyKey).named("listCarriers")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return CarriersReply(items: try await desk.read { try CarrierView.all(scope, in: $0) })
                },
            Endpoint.get("/v1/sites/{site}/locations", "List a site's locations in walking order", for: [.operator, .site])
                .named("listLocations").path(SiteID.self).query(LocationQuery.self).missing("site")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(LocationCursor.self))
                    let rows = try await desk.read { tx in
                        try Ownership.sites([call.path], scope, in: tx)
                        return try LocationView.page(
                            at: call.path, kind: call.query.kind, code: call.query.code, after: after,
                            limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.cursor) { $0 }
                },
        ]
    }

    private var standing: [Endpoint] {
        [
            Endpoint.get("/v1/sites/{site}/tasks", "List open tasks in walking order", for: [.operator, .site])
                .named("listTasks").path(SiteID.self).query(TaskQuery.self).missing("site")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(TaskCursor.self))
                    let rows = try await desk.read { tx in
                        try Ownership.sites([call.path], scope, in: tx)
                        return try TaskView.open(
                            at: call.path, kind: call.query.kind, after: after, limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.cursor) { $0 }
                },
            Endpoint.get("/v1/sites/{site}/fulfillment-orders", "List what a site does for orders", for: [.operator, .site])
                .named("listFulfillmentOrders").path(SiteID.self).query(FulfillmentQuery.self).missing("site")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(FulfillmentID.self))
                    let rows = try await desk.read { tx in
                        try Ownership.sites([call.path], scope, in: tx)
                        return try FulfillmentSummary.page(
                            at: call.path, state: call.query.state, handedOnly: scope != .network, after: after,
                            limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/sites/{site}/parcels", "List parcels packed at a site", for: [.operator, .site])
                .named("listParcels").path(SiteID.self).query(ParcelQuery.self).missing("site")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(UnitID.self))
                    let rows = try await desk.read { tx in
                        try Ownership.sites([call.path], scope, in: tx)
                        return try ParcelSummary.page(
                            at: call.path, state: call.query.state, after: after, limit: page.rowsToFetch, in: tx)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
        ]
    }

    private var starting: [Endpoint] {
        [
            Endpoint.post("/v1/sites/{site}/waves", "Release what leaves by a cut-off", for: [.operator, .site])
                .named("releaseWave").path(SiteID.self).body(WaveBody.self).missing("site").idempotent.answering(.created)
                .refusing([ReleaseWave.Refused.paused(SiteID(0), reason: "")])
                .handle { [desk] call, body in
                    let scope = try call.caller.scope
                    let flow = ReleaseWave(site: call.path, until: body.until, limit: body.limit ?? 300)
                    return WaveReply(try await desk.perform(flow) { try Ownership.sites([call.path], scope, in: $0) })
                },
            Endpoint.post("/v1/sites/{site}/totes", "Put new totes into use", for: [.operator, .site])
                .named("makeTotes").path(SiteID.self).body(TotesBody.self).missing("site").idempotent.answering(.created)
                .handle { [desk] call, body in
                    let scope = try call.caller.scope
                    let flow = MakeTotes(site: call.path, count: body.count, occurred: try desk.moment(nil))
                    return TotesReply(totes: try await desk.perform(flow) { try Ownership.sites([call.path], scope, in: $0) })
                },
        ]
    }
}

struct CarriersReply: Codable, Sendable {
    var items: [CarrierView]
}

struct LocationQuery: Decodable, Sendable, Documented {
    var kind: Location.Kind?
    var code: String?
    static let fields: FieldNotes = ["code": FieldNote("As it is scanned.", length: 1...40)]
}

struct TaskQuery: Decodable, Sendable {
    var kind: TaskKind?
}

struct FulfillmentQuery: Decodable, Sendable {
    var state: FulfillmentState?
}

struct ParcelQuery: Decodable, Sendable {
    var state: ParcelState?
}

/// What is to be released.
struct WaveBody: Codable, Sendable, Documented {
    var until: Instant
    var limit: Int?

    static let fields: FieldNotes = [
        "until": "The latest ship-by to release.",
        "limit": FieldNote("At most so many fulfillment orders; 300 unless said.", range: 1...300),
    ]
}

struct WaveReply: Codable, Sendable, Documented {
    var wave: WaveID?
    var fulfillmentOrders: Int
    var tasks: Int
    var left: Int

    private enum CodingKeys: String, CodingKey { case wave, fulfillmentOrders = "fulfillment_orders", tasks, left }

    static let fields: FieldNotes = [
        "wave": "None where nothing was released.", "left": "Due, but not all of it is in a bin yet.",
    ]

    init(_ released: ReleaseWave.Released) {
        wave = released.wave
        fulfillmentOrders = released.fulfillments
        tasks = released.tasks
        left = released.left
    }
}

struct TotesBody: Codable, Sendable, Documented {
    var count: Int
    static let fields: FieldNotes = ["count": FieldNote("How many.", range: 1...1000, example: 1)]
}

struct TotesReply: Codable, Sendable {
    var totes: [UnitID]
}
