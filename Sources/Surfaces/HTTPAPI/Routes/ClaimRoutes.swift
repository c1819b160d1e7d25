import Claims
import Flows
import Kernel
import Views

/// Money that is claimed for what was lost or damaged: from carriers, by shoppers, by merchants.
struct ClaimRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (reading + doing).tagged("Claims") }

    private var reading: [Endpoint] {
        [
            Endpoint.get("/v1/claims", "List claims, the newest first", for: [.operator, .merchant]).named("listClaims")
                .query(ClaimQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(ClaimID.self))
                    let rows = try await desk.read {
                        try ClaimView.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/claims/{claim}", "Read a claim", for: [.operator, .merchant]).named("readClaim")
                .path(ClaimID.self).missing("claim")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try ClaimView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var doing: [Endpoint] {
        [
            Endpoint.post("/v1/claims", "Claim money for what was lost or damaged", for: [.operator, .merchant]).named("openClaim")
                .describing(
                    """
                    `carrier`: the operator from the carrier of a parcel. `shopper`: from their merchant, for a parcel. `merchant`: \
                    from the operator, for a loss or damage in stock, or for what is owed after a dispute.
                    """)
                .body(ClaimBody.self).answering(.created).missing("parcel")
                .refusing(OpenClaim.Refused.samples).refusing([Claims.Refused.samples[0]])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let id = try await desk.perform(
                        OpenClaim(
                            body.kind, for: body.subject, merchant: caller.merchant, reason: body.reason, amount: body.amount,
                            note: body.note, actor: caller.actor))
                    return try await desk.read { try ClaimView.find(id, scope, in: $0) }
                },
            Endpoint.post("/v1/claims/{claim}/sending", "Say that a carrier was asked", for: [.operator]).named("sendClaim")
                .describing("The carrier has thirty days to answer.").path(ClaimID.self).body(ClaimSendingBody.self).missing("claim")
                .refusing(Array(Claims.Refused.samples[1...2]))
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(SendClaim(call.path, reference: body.reference, actor: caller.actor))
                    return try await desk.read { try ClaimView.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/claims/{claim}/decision", "Grant or deny a claim", for: [.operator, .merchant]).named("decideClaim")
                .describing("Merchants decide what shoppers claim of them; what they grant is a refund that is due.")
                .path(ClaimID.self).body(ClaimDecisionBody.self).missing("claim")
                .refusing([OpenClaim.Refused.samples[0]]).refusing([1, 3, 4].map { Claims.Refused.samples[$0] })
                .refusing(MoneyBackRefused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(
                        DecideClaim(
                            call.path, merchant: caller.merchant, granted: body.grantedMinor, words: body.answer, actor: caller.actor))
                    return try await desk.read { try ClaimView.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/claims/{claim}/withdrawal", "Take a claim back", for: [.operator, .merchant]).named("withdrawClaim")
                .path(ClaimID.self).body(ClaimWithdrawalBody.self).missing("claim")
                .refusing([OpenClaim.Refused.samples[0]]).refusing([Claims.Refused.samples[1]])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(
                        WithdrawClaim(call.path, merchant: caller.merchant, words: body.answer, actor: caller.actor))
                    return try await desk.read { try ClaimView.find(call.path, scope, in: $0) }
                },
        ]
    }
}

/// Which claims are asked for.
struct ClaimQuery: Decodable, Sendable {
    var kind: ClaimKind?
    var state: ClaimState?

    var filter: ClaimView.Filter { ClaimView.Filter(kind: kind, state: state) }
}

/// What is claimed, for what.
struct ClaimBody: Codable, Sendable, Documented {
    var kind: ClaimKind
    var subject: String
    var reason: ClaimReason
    var amount: Money?
    var note: String

    static let fields: FieldNotes = [
        "kind": "Who claims from whom.",
        "subject": FieldNote(
            "A parcel's id; of a merchant's claim that of a movement or of a dispute.", length: 1...64, example: "hu_0r5k2m1c8g00w"),
        "reason": "`missing` and `wrong_item` are for shoppers.",
        "amount": "What the parcel's goods were sold for unless said, and no more; a merchant states it.",
        "note": FieldNote("What tells so; nothing personal.", length: 1...500, example: "The box is empty on one side."),
    ]
}

struct ClaimSendingBody: Codable, Sendable, Documented {
    var reference: String

    static let fields: FieldNotes = [
        "reference": FieldNote("Under which the carrier knows it.", length: 1...100, example: "CLM-88112"),
    ]
}

struct ClaimDecisionBody: Codable, Sendable, Documented {
    var grantedMinor: Int64
    var answer: String

    private enum CodingKeys: String, CodingKey { case grantedMinor = "granted_minor", answer }

    static let fields: FieldNotes = [
        "granted_minor": FieldNote("In the claim's currency; 0 denies it.", range: 0...1_000_000_000_000, example: 2500),
        "answer": FieldNote("For who claimed; nothing personal.", length: 1...500, example: "The scan shows the damage."),
    ]
}

struct ClaimWithdrawalBody: Codable, Sendable, Documented {
    var answer: String

    static let fields: FieldNotes = ["answer": FieldNote("Why; nothing personal.", length: 1...500, example: "It turned up.")]
}
