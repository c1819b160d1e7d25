import Kernel
import Store
import Views

/// What happened.
struct NetworkRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { events.tagged("Events") }

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
