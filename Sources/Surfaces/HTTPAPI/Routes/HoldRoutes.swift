import Flows
import Inventory
import Kernel
import Views

/// Goods kept for somebody for a while.
struct HoldRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/holds", "Hold goods for a checkout", for: [.operator, .merchant]).named("holdStock")
                .describing("All or nothing. An order that names it in `holds` takes it over; else it ends by itself.")
                .body(HoldBody.self).idempotent.answering(.created).missing("merchant").refusing(HoldStock.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let hold = try await desk.perform(body.flow(for: try caller.merchant(named: body.merchant)))
                    return try await desk.read { try HoldView.find(hold, caller.scope, in: $0) }
                },
            Endpoint.get("/v1/holds/{hold}", "Read a hold", for: [.operator, .merchant]).named("readHold")
                .path(HoldID.self).missing("hold")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try HoldView.find(call.path, scope, in: $0) }
                },
            Endpoint.delete("/v1/holds/{hold}", "Let held goods go", for: [.operator, .merchant]).named("releaseHold")
                .describing("One that has ended stays as it is.").path(HoldID.self).missing("hold")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    try await desk.perform(ReleaseHold(call.path)) { try Ownership.holds([call.path], scope, in: $0) }
                    return Nothing()
                },
        ].tagged("Holds")
    }
}

/// Quantities to be kept for a while.
struct HoldBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Quantity
    }

    var merchant: MerchantID?
    var lines: [Line]
    var site: SiteID?
    var pool: String?
    var purpose: String?
    var reference: String?
    var expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case merchant, lines, site, pool, purpose, reference, expiresAt = "expires_at"
    }

    func flow(for merchant: MerchantID) -> HoldStock {
        HoldStock(
            merchant: merchant, lines: lines.map { HoldStock.Line(sku: $0.sku, quantity: $0.quantity) }, site: site,
            pool: pool ?? Pool.main, purpose: purpose ?? "checkout", reference: reference ?? "", expires: expiresAt)
    }
}

extension HoldBody: Documented {
    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "lines": FieldNote("What is kept.", count: 1...200),
        "site": "Any unless said, as few as possible.",
        "pool": FieldNote("`main` unless said.", length: 1...64),
        "purpose": FieldNote("`checkout` unless said.", length: 1...50, example: "checkout"),
        "reference": FieldNote("The caller's own; nothing personal.", length: 0...100),
        "expires_at": "Within the next 30 days.",
    ]
}

extension HoldBody.Line: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number of the SKU or kit.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("Pieces.", range: 1...1_000_000, example: 1),
    ]
}
