import Flows
import Kernel
import Store
import Transport
import Views

/// A trip stands at the dock: what is scanned off it stands here, the rest is missing.
struct ArriveFloor: FloorProcess {
    let name = "arrive", icon = "handover"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let trip = state.id("trip", TripID.self) ?? TripID(scan.code) else {
            return FloorStep(state, .wrong("no_trip", ["code": scan.code]))
        }
        try Ownership.trip(trip, .destination, post.scope, in: tx)
        let here = FloorState().setting("trip", trip)
        guard state.has("trip") else { return FloorStep(here) }
        switch scan.code {
        case "*here":
            try ArriveTrip(trip, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(here, .right("arrived"))
        case "*damaged": return FloorStep(here.setting("damaged", state.has("damaged") ? nil : 1 as Int64?))
        case "*end": return FloorStep(here.setting("sure", 1))
        case "*no": return FloorStep(here)
        case "*yes":
            try ReconcileTrip(trip, desk: post.desk, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(FloorState(), .right("reconciled"))
        default: return try find(scan, trip, state, post, in: tx)
        }
    }

    /// What comes off a truck is not at this site yet, so it is looked for in the whole network.
    private func find(
        _ scan: FloorScan, _ trip: TripID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let unit = try UnitView.find(scan.code, .network, in: tx), isDamaged = state.has("damaged")
        let counted = try BreakBulk(
            trip, [FoundUnit(unit.id, isDamaged: isDamaged)], desk: post.desk, occurred: scan.occurred, actor: post.actor).run(in: tx)
        let here = FloorState().setting("trip", trip)
        if isDamaged { return FloorStep(here, .warn("off_damaged", ["code": scan.code])) }
        switch counted.first?.result {
        case .over: return FloorStep(here, .warn("off_over", ["code": scan.code]))
        case nil: return FloorStep(here, .warn("off_already", ["code": scan.code]))
        default: return FloorStep(here, .right("off", ["code": scan.code]))
        }
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, back = FloorScreen.Button(act: "*back", text: texts["floor.back"])
        guard let id = state.id("trip", TripID.self) else {
            let trips = try DockTrip.coming(to: post.site, in: tx)
            return FloorScreen(
                ask: texts[trips.isEmpty ? "floor.arrive.none" : "floor.arrive.trip"],
                buttons: trips.map { .init(act: $0.id.description, text: $0.place, note: format.moment($0.arrives)) })
        }
        let trip = try TripView.find(id, post.scope, in: tx)
        let place = try SiteView.find(trip.origin, .network, in: tx).name, left = texts.count("floor.units", Int64(trip.loaded))
        if trip.state == .departed {
            return FloorScreen(
                ask: texts["floor.arrive.here"], big: place, tone: .info,
                buttons: [.init(act: "*here", text: texts["floor.arrive.yes_here"], tone: .good), back])
        }
        if state.has("sure") {
            return FloorScreen(
                ask: texts["floor.arrive.sure"], big: left, tone: .warn, below: [place],
                buttons: [.init(act: "*yes", text: texts["floor.arrive.yes"], tone: .bad), .init(act: "*no", text: texts["floor.no"])])
        }
        let isDamaged = state.has("damaged")
        return FloorScreen(
            ask: texts[isDamaged ? "floor.arrive.scan_damaged" : "floor.arrive.scan"], big: left, tone: isDamaged ? .warn : .info,
            below: [place, texts["floor.arrive.on_it"]],
            buttons: [
                .init(act: "*damaged", text: texts[isDamaged ? "floor.receive.fine" : "floor.arrive.damaged"], tone: .warn),
                .init(act: "*end", text: texts["floor.arrive.end"]), back,
            ])
    }
}
