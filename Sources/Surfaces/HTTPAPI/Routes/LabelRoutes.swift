import Flows
import Foundation
import Kernel
import Orders
import Views

/// Labels that channels and merchants issue, and the lane of parcels that wait for one.
struct LabelRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [supply, reissue, standing, lane].tagged("Parcels")
    }

    private static let sent: [any Refusal] = [SupplyLabel.Refused.voided(UnitID(0)), .shipped(UnitID(0), .delivered)]
        .map { $0 as any Refusal }

    private var supply: Endpoint {
        Endpoint.post("/v1/parcels/{parcel}/labels", "Supply a parcel's label", for: [.operator, .merchant])
            .named("supplyLabel")
            .describing("Of a parcel whose order names the channel or the merchant as issuer. The document is kept sealed.")
            .path(UnitID.self).body(LabelBody.self).idempotent.answering(.created).missing("parcel")
            .refusing(Self.sent)
            .refusing([
                SupplyLabel.Refused.textInvalid(field: ""), SupplyLabel.Refused.noDocument,
                SupplyLabel.Refused.overPast(.distantPast), SupplyLabel.Refused.notOutside(UnitID(0)),
                SupplyLabel.Refused.standing(UnitID(0)), SupplyLabel.Refused.numberUsed(""),
            ])
            .handle { [desk] call, body in
                let caller = try call.caller
                let scope = caller.scope
                let flow = SupplyLabel(call.path, try body.label(), vault: desk.orders.vault, actor: caller.actor)
                _ = try await desk.perform(flow) { try Ownership.parcels([call.path], scope, in: $0) }
                return try await desk.read { try LabelStanding.find(call.path, scope, in: $0) }
            }
    }

    private var reissue: Endpoint {
        Endpoint.post("/v1/parcels/{parcel}/label-reissues", "Have a parcel's label issued anew", for: [.operator, .merchant, .site])
            .named("reissueLabel").describing("The label there is, is voided; the same issuer is asked for a new one.")
            .path(UnitID.self).body(ReissueBody.self).idempotent.missing("parcel").refusing(Self.sent)
            .handle { [desk] call, body in
                let caller = try call.caller
                let scope = caller.scope
                let flow = ReissueLabel(call.path, reason: body.reason, actor: caller.actor)
                try await desk.perform(flow) { try Ownership.parcels([call.path], scope, in: $0) }
                return try await desk.read { try LabelStanding.find(call.path, scope, in: $0) }
            }
    }

    private var standing: Endpoint {
        Endpoint.get("/v1/parcels/{parcel}/label", "Ask whether a parcel has its label", for: .anyKey).named("readLabel")
            .describing("With `wait` it answers when the label is there, after five seconds at most; 202 says that it is not.")
            .path(UnitID.self).query(LabelQuery.self).missing("parcel").pending(.accepted)
            .handle { [desk] call in
                let scope = try call.caller.scope
                let end = ContinuousClock.now + Swift.Duration.seconds(call.query.wait ?? 0)
                while true {
                    let standing = try await desk.read { try LabelStanding.find(call.path, scope, in: $0) }
                    guard standing.lane == .awaitingLabel, ContinuousClock.now < end else { return standing }
                    try await Task.sleep(for: Swift.Duration.milliseconds(200))
                }
            }
    }

    private var lane: Endpoint {
        Endpoint.get("/v1/sites/{site}/awaiting-labels", "List parcels that wait for a label", for: [.operator, .site])
            .named("listAwaitingLabels").path(SiteID.self).missing("site")
            .list { [desk] call, page in
                let (scope, after) = (try call.caller.scope, try page.after(UnitID.self))
                let rows = try await desk.read { tx in
                    try Ownership.sites([call.path], scope, in: tx)
                    return try AwaitingLabel.page(at: call.path, after: after, limit: page.rowsToFetch, in: tx)
                }
                return try page.page(of: rows, by: \.parcel) { $0 }
            }
    }
}

extension LabelStanding: PendingReply {
    package var isPending: Bool { lane == .awaitingLabel }
}

struct LabelQuery: Decodable, Sendable, Documented {
    var wait: Int64?

    static let fields: FieldNotes = ["wait": FieldNote("Seconds.", range: 0...5, example: 5)]
}

struct ReissueBody: Codable, Sendable, Documented {
    var reason: String

    static let fields: FieldNotes = ["reason": FieldNote("For people; nothing personal.", length: 1...200, example: "Torn")]
}

/// A label from outside: its document in base64, or where that is.
struct LabelBody: Codable, Sendable {
    enum Format: String, Codable, CaseIterable, Sendable { case pdf, zpl }

    var number: String
    var carrier: String
    var format: Format?
    var document: String?
    var url: String?
    var validUntil: Instant?

    private enum CodingKeys: String, CodingKey { case number, carrier, format, document, url, validUntil = "valid_until" }

    /// - Throws: `InvalidRequest` where the document is not base64.
    func label() throws -> SuppliedLabel {
        let bytes = try document.map { text in
            guard let data = Data(base64Encoded: text) else {
                throw InvalidRequest([Violation(pointer: "/document", detail: "The document is not base64.")])
            }
            return (mediaType: "application/\((format ?? .pdf).rawValue)", bytes: Array(data))
        }
        return SuppliedLabel(number: number, carrier: carrier, document: bytes, url: url, validUntil: validUntil)
    }
}

extension LabelBody: Documented {
    static let fields: FieldNotes = [
        "number": FieldNote("The tracking number.", length: 1...100, example: "CH1000000000001"),
        "carrier": FieldNote("The name of the carrier that takes it.", length: 1...100, example: "Channel logistics"),
        "format": "Of the document; `pdf` unless said.",
        "document": FieldNote("In base64; up to 512 KiB.", length: 1...700_000),
        "url": FieldNote("Where the document is, instead of it; https.", length: 1...500),
        "valid_until": "After which the parcel must not leave with it.",
    ]
}

/// Who issues the labels of an order.
struct OrderLabelBody: Codable, Sendable {
    var issuer: LabelIssuer
    var number: String?
    var carrier: String?
    var format: LabelBody.Format?
    var document: String?
    var url: String?
    var validUntil: Instant?

    private enum CodingKeys: String, CodingKey {
        case issuer, number, carrier, format, document, url, validUntil = "valid_until"
    }

    /// The label of the first parcel; nil where none came with the order.
    ///
    /// - Throws: `InvalidRequest` where it is stated in part, or by an issuer that has none to give.
    func supplied() throws -> SuppliedLabel? {
        guard number != nil || carrier != nil || document != nil || url != nil || validUntil != nil else { return nil }
        guard issuer != .carrier else {
            throw InvalidRequest([Violation(pointer: "/label/issuer", detail: "A label comes with its order from a channel or merchant.")])
        }
        guard let number, let carrier else {
            throw InvalidRequest([Violation(pointer: "/label/number", detail: "A label has a number and a carrier.")])
        }
        return try LabelBody(
            number: number, carrier: carrier, format: format, document: document, url: url, validUntil: validUntil).label()
    }
}

extension OrderLabelBody: Documented {
    static let fields: FieldNotes = [
        "issuer": "`carrier`: we buy them, as if nothing was said.",
        "number": FieldNote("Of a label that is there already, for the first parcel: its tracking number.", length: 1...100),
        "carrier": FieldNote("The name of the carrier that takes it.", length: 1...100),
        "format": "Of the document; `pdf` unless said.",
        "document": FieldNote("In base64; up to 512 KiB.", length: 1...700_000),
        "url": FieldNote("Where the document is, instead of it; https.", length: 1...500),
        "valid_until": "After which no parcel must leave with it: a new one is asked for.",
    ]
}
