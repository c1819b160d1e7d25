import Exceptions
import Flows
import Kernel
import Returns
import Transport
import Views

/// What needs a person: one inbox, by the role whose turn it is.
struct ExceptionRoutes {
    let desk: APIDesk

    private static let roles: Access = [.operator, .merchant, .site]

    var endpoints: [Endpoint] { (reading + doing).tagged("Exceptions") }

    private var reading: [Endpoint] {
        [
            Endpoint.get("/v1/exceptions", "List what needs a person, the most urgent first", for: Self.roles)
                .named("listExceptions").describing("Merchants and sites see what is theirs to decide.")
                .query(ExceptionQuery.self)
                .list { [desk] call, page in
                    let (scope, filter) = (try call.caller.scope, call.query.filter)
                    let after = try page.after(ExceptionCursor.self)
                    let rows = try await desk.read {
                        try ExceptionPages.open(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.cursor) { $0 }
                },
            Endpoint.get("/v1/exception-counts", "Count what needs a person, by kind and role", for: Self.roles)
                .named("countExceptions")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return ExceptionCounts(items: try await desk.read { try ExceptionPages.counts(scope, in: $0) })
                },
            Endpoint.get("/v1/exceptions/{exception}", "Read one, and what each action would do", for: Self.roles)
                .named("readException").path(ExceptionID.self).missing("exception")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { tx in
                        let view = try ExceptionPages.find(call.path, scope, in: tx)
                        return ExceptionReply(view, notes: try Exceptions.notes(of: call.path, in: tx))
                    }
                },
        ]
    }

    private var doing: [Endpoint] {
        [
            Endpoint.post("/v1/exceptions/{exception}/actions", "Take one of its actions", for: Self.roles)
                .named("actOnException").describing("It closes with what was done.")
                .path(ExceptionID.self).body(ExceptionActionBody.self).missing("exception")
                .refusing([Exceptions.Closed(ExceptionID(0))]).refusing(ActOnException.Refused.samples)
                .refusing([DeclareLost.Refused.notMissing(UnitID(0))])
                .refusing([
                    InterceptParcel.Refused.notLeft(UnitID(0)), InterceptParcel.Refused.ended(UnitID(0), .delivered),
                    InterceptParcel.Refused.asked(UnitID(0)),
                ])
                .refusing([ReturnNotThere(RMAID(0), .closed, wanted: .authorised)])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ActOnException(
                        call.path, body.action, note: body.note, until: body.until, desk: desk.orders, actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.exceptions([call.path], scope, in: $0) }
                    return Nothing()
                },
            Endpoint.post("/v1/exceptions/{exception}/notes", "Write something on it", for: Self.roles)
                .named("noteOnException").path(ExceptionID.self).body(ExceptionNoteBody.self).answering(.created)
                .missing("exception")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = NoteOnException(call.path, body.text, actor: caller.actor)
                    return NewNoteReply(
                        id: try await desk.perform(flow) { try Ownership.exceptions([call.path], scope, in: $0) })
                },
            Endpoint.put("/v1/exceptions/{exception}/assignee", "Say who looks after it", for: Self.roles)
                .named("assignException").path(ExceptionID.self).body(AssigneeBody.self).missing("exception")
                .refusing([Exceptions.Closed(ExceptionID(0))])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = AssignException(call.path, to: body.assignee, actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.exceptions([call.path], scope, in: $0) }
                    return Nothing()
                },
            Endpoint.post("/v1/exceptions/{exception}/resolution", "Say how it was dealt with", for: Self.roles)
                .named("resolveException").path(ExceptionID.self).body(ResolutionBody.self).missing("exception")
                .refusing([ActOnException.Refused.notOfThisKind(.resolve, "")])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = ResolveException(call.path, outcome: body.outcome, actor: caller.actor)
                    return ResolutionReply(
                        isFirst: try await desk.perform(flow) { try Ownership.exceptions([call.path], scope, in: $0) })
                },
        ]
    }
}

struct ExceptionQuery: Decodable, Sendable, Documented {
    var role: OwnerRole?
    var kind: String?
    var merchant: MerchantID?
    var site: SiteID?
    var overdue: Bool?

    static let fields: FieldNotes = [
        "role": "Only what is for this role to decide; the operator's hold what was escalated as well.",
        "kind": FieldNote("Only of this kind.", length: 1...60), "overdue": "Only what should have been dealt with by now.",
    ]

    var filter: ExceptionPages.Filter {
        var filter = ExceptionPages.Filter()
        (filter.role, filter.kind, filter.merchant, filter.site) = (role, kind, merchant, site)
        filter.overdue = overdue ?? false
        return filter
    }
}

struct ExceptionCounts: Codable, Sendable {
    var items: [ExceptionCount]
}

/// One exception with what can be done about it.
struct ExceptionReply: Codable, Sendable, Documented {
    struct Action: Codable, Sendable {
        var action: ExceptionStep
        var effect: String
        var method: String
        var path: String
    }

    struct Note: Codable, Sendable {
        var id: NoteID
        var actor: String
        var at: Instant
        var text: String
    }

    var exception: ExceptionView
    var title: String
    var explanation: String
    var link: String?
    var actions: [Action]
    var notes: [Note]

    static let fields: FieldNotes = [
        "link": "Where the thing it is about is read.", "actions": "What can be done, with what it would do; none once it is closed.",
    ]

    init(_ view: ExceptionView, notes: [ExceptionNote]) {
        let kind = ExceptionCatalog.find(view.kind)
        exception = view
        title = kind.title
        explanation = kind.explanation
        link = Self.link(view.subject)
        actions = view.closedAt != nil
            ? [] : kind.actions.map {
                Action(action: $0.step, effect: $0.effect, method: "POST", path: "/v1/exceptions/\(view.id)/actions")
            }
        self.notes = notes.map { Note(id: $0.id, actor: $0.actor, at: $0.at, text: $0.text) }
    }

    private static func link(_ subject: String) -> String? {
        if OrderID(subject) != nil { return "/v1/orders/\(subject)" }
        if UnitID(subject) != nil { return "/v1/parcels/\(subject)" }
        return WebhookID(subject) != nil ? "/v1/webhooks/\(subject)" : nil
    }
}

struct ExceptionActionBody: Codable, Sendable, Documented {
    var action: ExceptionStep
    var note: String?
    var until: Instant?

    static let fields: FieldNotes = [
        "action": "One of those the exception lists.",
        "note": FieldNote("For people; nothing personal. `resolve` and `deny_return` need one.", length: 1...200),
        "until": "For `wait`; in seven days unless said.",
    ]
}

struct ExceptionNoteBody: Codable, Sendable, Documented {
    var text: String
    static let fields: FieldNotes = ["text": FieldNote("For people; nothing personal.", length: 1...1000)]
}

struct NewNoteReply: Codable, Sendable {
    var id: NoteID
}

struct AssigneeBody: Codable, Sendable, Documented {
    var assignee: String?
    static let fields: FieldNotes = ["assignee": FieldNote("A desk or a colleague; nobody unless said.", length: 1...100)]
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
