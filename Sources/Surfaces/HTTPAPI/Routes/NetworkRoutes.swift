import Exceptions
import Flows
import Kernel
import Store
import Views

/// What needs a person, and what happened.
struct NetworkRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { exceptions.tagged("Exceptions") + events.tagged("Events") }

    private var exceptions: [Endpoint] {
        [
            Endpoint.get("/v1/exceptions", "List what needs a person, the most urgent first", for: [.operator, .merchant, .site])
                .named("listExceptions").describing("Merchants and sites see what is theirs to decide.")
                .query(ExceptionQuery.self)
                .list { [desk] call, page in
                    let (scope, role) = (try call.caller.scope, call.query.role)
                    let after = try page.after(ExceptionCursor.self)
                    let rows = try await desk.read {
                        try ExceptionPages.open(role, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.cursor) { $0 }
                },
            Endpoint.post("/v1/exceptions/{exception}/resolution", "Say how it was dealt with", for: [.operator, .merchant, .site])
                .named("resolveException").path(ExceptionID.self).body(ResolutionBody.self).missing("exception")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ResolveException(call.path, outcome: body.outcome, actor: caller.actor)
                    return ResolutionReply(
                        isFirst: try await desk.perform(flow) { try Ownership.exceptions([call.path], scope, in: $0) })
                },
        ]
    }

    private var events: [Endpoint] {
        [
            Endpoint.get("/v1/events", "Read the log", for: [.operator]).named("readEvents")
                .describing("In the order of the log; `next` reads on, now or once more has happened.")
                .query(EventQuery.self)
                .handle { [desk] call in
                    let (position, limit) = (try call.query.position(), call.query.limit ?? 100)
                    return try await desk.read { try EventFeed.read(after: position, limit: limit, in: $0) }
                }
        ]
    }
}

struct ExceptionQuery: Decodable, Sendable, Documented {
    var role: OwnerRole?
    static let fields: FieldNotes = ["role": "Only what is for this role to decide."]
}

struct ResolutionBody: Codable, Sendable, Documented {
    var outcome: String
    static let fields: FieldNotes = [
        "outcome": FieldNote("For people; nothing personal.", length: 1...200, example: "counted again")
    ]
}

struct ResolutionReply: Codable, Sendable, Documented {
    var isFirst: Bool

    private enum CodingKeys: String, CodingKey { case isFirst = "is_first" }

    static let fields: FieldNotes = ["is_first": "False where it was closed already."]
}

struct EventQuery: Decodable, Sendable, Documented {
    var after: String?
    var limit: Int?

    static let fields: FieldNotes = [
        "after": FieldNote("`next` of the answer before; from the beginning unless said.", length: 1...45),
        "limit": FieldNote("100 unless said.", range: 1...500),
    ]

    func position() throws(InvalidRequest) -> LogPosition {
        guard let after else { return .start }
        guard let position = LogPosition(text: after) else {
            throw InvalidRequest(parameter: "after", "'\(after)' is not a position that this list gave.")
        }
        return position
    }
}
