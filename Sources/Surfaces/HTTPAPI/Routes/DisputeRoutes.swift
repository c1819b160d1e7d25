import Flows
import Kernel
import Views
import Warehouse

/// What merchants doubt of what was received, and what the sites answer.
struct DisputeRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (reading + doing).tagged("Inbound") }

    private var reading: [Endpoint] {
        [
            Endpoint.get("/v1/inbound-disputes", "List disputes of receipts, the newest first", for: [.operator, .merchant, .site])
                .named("listDisputes").query(DisputeQuery.self)
                .list { [desk] call, page in
                    let (scope, filter) = (try call.caller.scope, call.query.filter)
                    let after = try page.after(DisputeID.self)
                    let rows = try await desk.read {
                        try DisputeView.page(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/inbound-disputes/{dispute}", "Read a dispute", for: [.operator, .merchant, .site])
                .named("readDispute").path(DisputeID.self).missing("dispute")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try DisputeView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var doing: [Endpoint] {
        [
            Endpoint.post("/v1/asns/{asn}/disputes", "Doubt what was received of a shipment", for: [.operator, .merchant])
                .named("disputeReceipt").describing("The site counts again and answers.")
                .path(ASNID.self).body(DisputeBody.self).answering(.created).missing("asn")
                .refusing(DisputeReceipt.Refused.samples).refusing([Disputes.Refused.alreadyOpen(ASNID(0), sku: "")])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = DisputeReceipt(
                        call.path, sku: body.sku, claimed: body.claimed, note: body.note, actor: caller.actor)
                    let id = try await desk.perform(flow) { try Ownership.asns([call.path], scope, in: $0) }
                    return try await desk.read { try DisputeView.find(id, scope, in: $0) }
                },
            Endpoint.post("/v1/inbound-disputes/{dispute}/answer", "Answer a dispute", for: [.operator, .site])
                .named("answerDispute").path(DisputeID.self).body(DisputeAnswerBody.self).missing("dispute")
                .refusing([
                    Disputes.Refused.ended(DisputeID(0), .settled), Disputes.Refused.tooMany(found: 0, owed: 0, missing: 0),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller, scope = caller.scope
                    let flow = SettleDispute(
                        call.path, found: body.found, owed: body.owed, words: body.answer, actor: caller.actor)
                    try await desk.perform(flow) { try Ownership.disputes([call.path], scope, in: $0) }
                    return try await desk.read { try DisputeView.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/inbound-disputes/{dispute}/withdrawal", "Take a dispute back", for: [.operator, .merchant])
                .named("withdrawDispute").path(DisputeID.self).missing("dispute")
                .refusing([Disputes.Refused.ended(DisputeID(0), .settled)])
                .handle { [desk] call in
                    let caller = try call.caller, scope = caller.scope
                    try await desk.perform(WithdrawDispute(call.path, actor: caller.actor)) {
                        try Ownership.disputes([call.path], scope, in: $0)
                    }
                    return try await desk.read { try DisputeView.find(call.path, scope, in: $0) }
                },
        ]
    }
}

/// Which disputes are asked for.
struct DisputeQuery: Decodable, Sendable {
    var asn: ASNID?
    var state: DisputeState?

    var filter: DisputeView.Filter { DisputeView.Filter(asn: asn, state: state) }
}

/// What the merchant says was sent.
struct DisputeBody: Codable, Sendable, Documented {
    var sku: String
    var claimed: Quantity
    var note: String

    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number, of a line of the shipment.", length: 1...64, example: "MUG-1"),
        "claimed": FieldNote("Pieces that were sent in all.", range: 1...100_000_000, example: 10),
        "note": FieldNote("What tells so, such as the packing list; nothing personal.", length: 1...500, example: "Packing list 7, box 3."),
    ]
}

/// What the second count says.
struct DisputeAnswerBody: Codable, Sendable, Documented {
    var found: Quantity
    var owed: Quantity
    var answer: String

    static let fields: FieldNotes = [
        "found": FieldNote("Pieces that were there after all; they are counted into a bin as any find is.", range: 0...100_000_000),
        "owed": FieldNote("Pieces that were received and lost.", range: 0...100_000_000),
        "answer": FieldNote("For the merchant; nothing personal.", length: 1...500, example: "Box 3 stood behind the dock."),
    ]
}
