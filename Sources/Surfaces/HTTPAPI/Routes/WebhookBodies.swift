import Flows
import Kernel
import Views
import Webhooks

/// The event types of a webhook, as a body has them.
enum EventTypes {
    static let note = FieldNote("`*`, `order.*` or `order.placed`.", count: 1...20, example: ["order.*", "parcel.*"])

    static func patterns(_ texts: [String]) throws(InvalidRequest) -> TypePatterns {
        var all: [TypePattern] = []
        for (index, text) in texts.enumerated() {
            guard let pattern = TypePattern(text) else {
                throw InvalidRequest([
                    Violation(pointer: "/types/\(index)", detail: "'\(text)' is no type of events, such as order.* or order.placed.")
                ])
            }
            if !all.contains(pattern) { all.append(pattern) }
        }
        return TypePatterns(all)
    }
}

struct NewWebhookBody: Codable, Sendable, Documented {
    var url: String
    var types: [String]
    var description: String?
    var merchant: MerchantID?
    var site: SiteID?

    static let fields: FieldNotes = [
        "url": FieldNote("Where to send: https, a public address.", length: 1...2000, example: "https://shop.example/waybill"),
        "types": EventTypes.note,
        "description": FieldNote("For people.", length: 0...200),
        "merchant": "The operator may name the merchant whose it is.",
        "site": "The operator may name the site whose it is.",
    ]

    /// Merchants and sites make their own; the operator its own, or one for whom it names.
    func holder(_ caller: Caller) throws -> WebhookHolder {
        switch (caller.role, merchant, site) {
        case (.operator, nil, nil): return .operator
        case (.operator, let id?, nil): return .merchant(id)
        case (.operator, nil, let id?): return .site(id)
        // Somebody else is not there for them.
        case (.merchant, _, let site?): throw NotFound("site", site)
        case (.site, let merchant?, _): throw NotFound("merchant", merchant)
        case (.merchant(let own), let id, nil):
            guard id == nil || id == own else { throw NotFound("merchant", id ?? own) }
            return .merchant(own)
        case (.site(let own), nil, let id):
            guard id == nil || id == own else { throw NotFound("site", id ?? own) }
            return .site(own)
        default:
            throw InvalidRequest([Violation(pointer: "/site", detail: "A webhook is of one merchant or of one site.")])
        }
    }
}

struct ChangeWebhookBody: Codable, Sendable, Documented {
    var url: String?
    var types: [String]?
    var description: String?

    static let fields: FieldNotes = [
        "url": FieldNote("Stays unless said.", length: 1...2000), "types": EventTypes.note,
        "description": FieldNote("Stays unless said.", length: 0...200),
    ]
}

struct NewWebhookReply: Codable, Sendable, Documented {
    var webhook: WebhookView
    var secret: String

    static let fields: FieldNotes = ["secret": "Shown once: what messages are signed with."]
}

struct NewSecretBody: Codable, Sendable, Documented {
    var overlapHours: Int?

    private enum CodingKeys: String, CodingKey { case overlapHours = "overlap_hours" }

    static let fields: FieldNotes = [
        "overlap_hours": FieldNote("How long the secret before signs as well; 24 unless said.", range: 0...720)
    ]
}

struct SecretReply: Codable, Sendable, Documented {
    var secret: String
    static let fields: FieldNotes = ["secret": "Shown once: what messages are signed with."]
}

struct WebhookStateBody: Codable, Sendable, Documented {
    enum Wanted: String, Codable, CaseIterable, Sendable { case active, paused }

    var state: Wanted
    static let fields: FieldNotes = ["state": "A paused one gathers nothing; a replay tells what it missed."]
}

struct ReplayBody: Codable, Sendable, Documented {
    var from: Instant?
    var fromEvent: EventID?
    var until: Instant?
    var types: [String]?

    private enum CodingKeys: String, CodingKey { case from, fromEvent = "from_event", until, types }

    static let fields: FieldNotes = [
        "from": "What was recorded then or later; this or `from_event`.",
        "from_event": "This event and what came after it: the `webhook-id` of its message.",
        "until": "What was recorded before then; now unless said.",
        "types": FieldNote("Of the webhook's own types; all unless said.", count: 1...20),
    ]

    var start: ReplayEvents.Start {
        get throws(InvalidRequest) {
            switch (from, fromEvent) {
            case (let moment?, nil): return .moment(moment)
            case (nil, let event?): return .event(event)
            default: throw InvalidRequest([Violation(pointer: "/from", detail: "A replay names `from` or `from_event`.")])
            }
        }
    }
}

struct ReplayReply: Codable, Sendable, Documented {
    var id: ReplayID
    var state: ReplayState
    var types: [String]
    var from: Instant
    var until: Instant
    var found: Int64
    var createdAt: Instant
    var closedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, state, types, from, until, found, createdAt = "created_at", closedAt = "closed_at"
    }

    static let fields: FieldNotes = ["found": "How many events were found so far."]

    init(_ replay: ReplayRecord) {
        id = replay.id
        state = replay.state
        types = replay.types.all.map(\.text)
        from = replay.from
        until = replay.until
        found = replay.found
        createdAt = replay.created
        closedAt = replay.closed
    }
}

struct StartedReplay: Codable, Sendable {
    var id: ReplayID
}

struct StartedDelivery: Codable, Sendable {
    var id: DeliveryID
}

struct DeliveryQuery: Decodable, Sendable, Documented {
    var state: DeliveryState?
    var type: String?
    var replay: ReplayID?

    static let fields: FieldNotes = ["type": FieldNote("Of this type only.", length: 1...60)]
}

struct DeliveryPath: Codable, Sendable {
    var webhook: WebhookID
    var delivery: DeliveryID
}

struct DeliveryReply: Codable, Sendable, Documented {
    var delivery: DeliveryView
    var log: [AttemptView]

    static let fields: FieldNotes = ["log": "Each attempt, oldest first."]
}
