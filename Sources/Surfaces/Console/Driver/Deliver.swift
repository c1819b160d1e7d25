import Edges
import Flows
import Kernel
import Store
import Transport
import Views

/// Parcels that go out with a driver today.
struct RoundOut {
    let post: DriverPost

    var job: FloorJob {
        FloorJob(name: "round", icon: "parcel", take: { try take($0, $1, in: $2) }, screen: { try screen($1, in: $2) })
    }

    private func take(_ scan: FloorScan, _ state: FloorState, in tx: Transaction) throws -> FloorStep {
        guard let parcel = try DriverParcel.find(scan.code, post, in: tx) else {
            return FloorStep(FloorState(), .wrong("not_yours", ["code": scan.code]))
        }
        if parcel.isStopped { return FloorStep(FloorState(), .pull("driver_stopped")) }
        if parcel.state == .outForDelivery { return FloorStep(FloorState(), .warn("out_already")) }
        guard ParcelState.transitions[parcel.state]?.contains(.outForDelivery) ?? false else {
            return FloorStep(FloorState(), .wrong("not_yours", ["code": scan.code]))
        }
        try parcel.report(.outForDelivery, at: scan.occurred, post, in: tx)
        try Rounds.take(parcel.id, driver: post.actor, occurred: scan.occurred, in: tx)
        return FloorStep(FloorState(), .right("out", ["code": String(scan.code.suffix(6))]))
    }

    private func screen(_ format: Format, in tx: Transaction) throws -> FloorScreen {
        let count = try DriverWork.count(of: post.actor, in: tx)
        return FloorScreen(
            ask: format.texts["driver.take"], big: count.grouped, tone: .info, below: [format.texts["driver.out_now"]],
            lines: try stops(post, in: tx))
    }
}

/// What is in the van, by postal area; the first that fit a screen.
private func stops(_ post: DriverPost, in tx: Transaction) throws -> [FloorScreen.Line] {
    try DriverWork.round(of: post.actor, limit: 8, in: tx).map {
        FloorScreen.Line(text: "\($0.postalArea) \($0.city)", side: "…\($0.code.suffix(6))")
    }
}

/// At the door: the parcel is handed over against a proof, or why it was not.
struct Deliver {
    let post: DriverPost

    /// What a driver says at a door where nothing is handed over.
    private static let excuses: [(act: String, code: TrackingCode, reason: IncidentReason)] = [
        ("*home", .attempted, .consigneeNotHome), ("*refused", .attempted, .consigneeRefused),
        ("*address", .attempted, .carrierAddressNotFound), ("*shop", .availableForPickup, .consigneeNotHome),
        ("*damaged", .damaged, .carrierDamagedParcel),
    ]

    var job: FloorJob {
        FloorJob(name: "deliver", icon: "door", take: { try take($0, $1, in: $2) }, screen: { try screen($0, $1, in: $2) })
    }

    private func take(_ scan: FloorScan, _ state: FloorState, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let code = state["parcel"] else { return try open(scan, in: tx) }
        guard let parcel = try DriverParcel.find(code, post, in: tx) else {
            return FloorStep(FloorState(), .wrong("not_yours", ["code": code]))
        }
        if state.has("proof") {
            let proof = scan.code == "*none" ? nil : scan.code
            try parcel.report(.delivered, proof: proof, at: scan.occurred, post, in: tx)
            try Rounds.end(parcel.id, in: tx)
            return FloorStep(FloorState(), .right("delivered", ["code": parcel.tail]))
        }
        if scan.code == "*door" { return FloorStep(state.setting("proof", 1)) }
        if scan.code == "*more" { return FloorStep(state.setting("more", 1)) }
        if let excuse = Self.excuses.first(where: { $0.act == scan.code }) {
            try parcel.report(excuse.code, reason: excuse.reason, at: scan.occurred, post, in: tx)
            try Rounds.end(parcel.id, in: tx)
            return FloorStep(FloorState(), .warn("said_why", ["code": parcel.tail]))
        }
        return scan.isCommand ? FloorStep(state) : try open(scan, in: tx)
    }

    private func open(_ scan: FloorScan, in tx: Transaction) throws -> FloorStep {
        guard let parcel = try DriverParcel.find(scan.code, post, in: tx) else {
            return FloorStep(FloorState(), .wrong("not_yours", ["code": scan.code]))
        }
        if parcel.isStopped { return FloorStep(FloorState(), .pull("driver_stopped")) }
        guard ParcelState.transitions[parcel.state]?.contains(.delivered) ?? false, parcel.state != .lost else {
            return FloorStep(FloorState(), .wrong("not_under_way", ["code": parcel.tail]))
        }
        return FloorStep(FloorState().setting("parcel", scan.code), .right("parcel", ["code": parcel.tail]))
    }

    private func screen(_ state: FloorState, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, back = FloorScreen.Button(act: "*back", text: texts["floor.back"])
        guard let code = state["parcel"], let parcel = try DriverParcel.find(code, post, in: tx) else {
            let count = try DriverWork.count(of: post.actor, in: tx)
            return FloorScreen(
                ask: texts["driver.door"], big: count.grouped, tone: .info, below: [texts["driver.out_now"]],
                lines: try stops(post, in: tx))
        }
        if state.has("proof") {
            return FloorScreen(
                ask: texts["driver.proof"], big: "…\(parcel.tail)", tone: .good, below: [texts["driver.proof_hint"]],
                buttons: [.init(act: "*none", text: texts["driver.no_proof"]), back])
        }
        let owed = parcel.owed.map { texts("driver.owed", ["amount": format.money($0)]) } ?? ""
        if state.has("more") {
            let buttons = Self.excuses.map { FloorScreen.Button(act: $0.act, text: texts["driver.why_\($0.act.dropFirst())"], tone: .warn) }
            return FloorScreen(ask: texts["driver.why"], big: "…\(parcel.tail)", tone: .warn, buttons: buttons + [back])
        }
        return FloorScreen(
            ask: texts["driver.hand"], big: "…\(parcel.tail)", tone: parcel.owed == nil ? .info : .warn,
            below: [owed, "\(parcel.postalArea) \(parcel.city)", texts("driver.by", ["at": format.moment(parcel.deliverBy)])],
            buttons: [
                .init(act: "*door", text: texts["driver.delivered"], tone: .good),
                .init(act: "*more", text: texts["driver.not_delivered"], tone: .warn), back,
            ])
    }
}

extension DriverParcel {
    static func find(_ code: String, _ post: DriverPost, in tx: Transaction) throws -> DriverParcel? {
        try find(code, of: post.carrier, in: tx)
    }

    /// What the platform is told, as the carrier's own system would tell it.
    func report(
        _ code: TrackingCode, reason: IncidentReason? = nil, proof: String? = nil, at moment: Instant, _ post: DriverPost,
        in tx: Transaction
    ) throws {
        let update = TrackingUpdate(
            trackingNumber: number, at: moment, code: code, place: "", detail: "", vendorCode: "driver \(code.rawValue)", reason: reason,
            proof: proof)
        _ = try ReportTracking([update], carrier: post.carrier, network: post.desk.network).run(in: tx)
    }
}
