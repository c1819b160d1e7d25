import Edges
import Flows
import Kernel
import Views

/// Parcels, their papers and their way.
struct ShippingRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { parcels.tagged("Parcels") + papers.tagged("Parcels") + tracking.tagged("Tracking") }

    private var parcels: [Endpoint] {
        [
            Endpoint.get("/v1/parcels/{parcel}", "Read a parcel", for: .anyKey).named("readParcel")
                .describing("A carrier reads those that were handed to it.").path(UnitID.self).missing("parcel")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try ParcelSummary.find(call.path, scope, in: $0) }
                },
            Endpoint.post("/v1/parcels/{parcel}/interceptions", "Stop a parcel that has left", for: [.operator, .merchant])
                .named("interceptParcel")
                .describing("Between our sites every next scan says `pull`; a carrier is asked to turn it back.")
                .path(UnitID.self).missing("parcel").idempotent.answering(.created)
                .refusing([
                    InterceptParcel.Refused.notLeft(UnitID(0)), InterceptParcel.Refused.ended(UnitID(0), .delivered),
                    InterceptParcel.Refused.asked(UnitID(0)),
                ])
                .handle { [desk] call in
                    let caller = try call.caller
                    let scope = caller.scope
                    let flow = InterceptParcel(call.path, actor: caller.actor)
                    return InterceptionReply(
                        state: try await desk.perform(flow) { try Ownership.parcels([call.path], scope, in: $0) })
                },
            Endpoint.get("/v1/scans/{code}", "Ask what a scanned code is", for: .anyKey).named("scan")
                .describing("For a cancelled parcel the instruction is `pull`: take it out.")
                .path(String.self).missing("code")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try ScanView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var papers: [Endpoint] {
        [
            paper("label.pdf", "Print a parcel's label, as PDF").named("printLabelPDF").path(UnitID.self)
                .missing("parcel", "label").refusing(Self.undrawn)
                .download(as: "application/pdf") { call in
                    let bytes = try await papers(call, vault: true).labelPDF()
                    return Download(mediaType: "application/pdf", bytes: bytes, fileName: "\(call.path).pdf")
                },
            paper("label.zpl", "Print a parcel's label, as ZPL").named("printLabelZPL").path(UnitID.self)
                .missing("parcel", "label").refusing(Self.undrawn)
                .download(as: "application/zpl") { call in
                    let bytes = try await papers(call, vault: true).labelZPL()
                    return Download(mediaType: "application/zpl", bytes: bytes, fileName: "\(call.path).zpl")
                },
            paper("packing-slip.pdf", "Print a parcel's packing slip").named("printPackingSlip").path(UnitID.self)
                .missing("parcel").refusing(Self.undrawn)
                .download(as: "application/pdf") { call in
                    let slip = try await papers(call, vault: false).slip
                    return Download(mediaType: "application/pdf", bytes: try slip.pdf(), fileName: "\(call.path)-slip.pdf")
                },
        ]
    }

    private func paper(_ name: String, _ summary: String) -> Endpoint.Draft {
        Endpoint.get("/v1/parcels/{parcel}/\(name)", summary, for: .anyKey)
            .describing("The address is filled in when it is printed and kept nowhere.")
    }

    private func papers(_ call: Call<UnitID, Nothing>, vault: Bool) async throws -> ParcelPapers {
        let (scope, opener) = (try call.caller.scope, vault ? desk.orders.vault : nil)
        return try await desk.read { try ParcelPapers.find(call.path, scope, vault: opener, in: $0) }
    }

    private var tracking: [Endpoint] {
        [
            Endpoint.post("/v1/tracking-updates", "Report what happened to parcels", for: [.operator, .carrier])
                .named("reportTracking").describing("Each report counts once, in whatever order they come.")
                .body(TrackingBody.self).idempotent
                .handle { [desk] call, body in
                    let updates = try body.updates.map { try $0.update(desk) }
                    let flow = ReportTracking(updates, carrier: try call.caller.carrier, network: desk.orders.network)
                    return TrackingReply(try await desk.perform(flow))
                },
            Endpoint.get("/v1/tracking/{number}", "Read the way of a parcel", for: .anyKey).named("readTracking")
                .path(String.self).missing("tracking")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try TrackingView.find(call.path, scope, in: $0) }
                },
        ]
    }

    /// Why a paper is not drawn: something about the parcel does not fit it.
    static let undrawn: [any Refusal] = [
        DocumentRefusal.missing(field: ""), .tooManyLines(field: "", count: 0, limit: 0), .pieceOutOfRange(piece: 0, pieces: 0),
        .negative(field: ""), .notATrackingNumber(""), .notAUNNumber(""), .barcodeTooWide(data: ""),
        .barcode(data: "", reason: ""), .pdf(status: 0),
    ].map { $0 as any Refusal }
}

/// Reports about parcels.
struct TrackingBody: Codable, Sendable, Documented {
    struct Update: Codable, Sendable {
        var number: String
        var code: TrackingCode
        var at: Instant
        var place: String?
        var detail: String?
        var vendorCode: String?
        var reason: IncidentReason?
        var proof: String?

        private enum CodingKeys: String, CodingKey {
            case number, code, at, place, detail, vendorCode = "vendor_code", reason, proof
        }

        func update(_ desk: APIDesk) throws -> TrackingUpdate {
            TrackingUpdate(
                trackingNumber: number, at: try desk.moment(at, "/updates"), code: code, place: place ?? "",
                detail: detail ?? "", vendorCode: vendorCode ?? code.rawValue, reason: reason, proof: proof)
        }
    }

    var updates: [Update]

    static let fields: FieldNotes = ["updates": FieldNote("In any order.", count: 1...200)]
}

extension TrackingBody.Update: Documented {
    static let fields: FieldNotes = [
        "number": FieldNote("The tracking number.", length: 1...64, example: "WB00000000000000005"),
        "at": "When it happened, by the carrier.", "place": FieldNote("Town or hub.", length: 0...100),
        "detail": FieldNote("The carrier's words; nothing personal.", length: 0...200),
        "vendor_code": FieldNote("The carrier's own code.", length: 1...50),
        "proof": FieldNote("Names the signature or photo at the carrier.", length: 0...100),
    ]
}

struct TrackingReply: Codable, Sendable, Documented {
    var recorded: Int
    var known: Int
    var strangers: [String]

    static let fields: FieldNotes = [
        "known": "Reports that had been taken before.", "strangers": "Numbers of no parcel of the caller's.",
    ]

    init(_ taken: RecordTracking.Taken) {
        recorded = taken.recorded
        known = taken.known
        strangers = taken.strangers
    }
}
