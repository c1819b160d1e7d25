import Flows
import Kernel
import Store
import Transport
import Views

/// Bags, pallets and loose parcels go onto a trip, and it leaves.
struct LoadFloor: FloorProcess {
    let name = "load", icon = "trip"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let trip = state.id("trip", TripID.self) else {
            guard let trip = TripID(scan.code) else { return FloorStep(state, .wrong("no_trip", ["code": scan.code])) }
            try Ownership.trip(trip, .origin, post.scope, in: tx)
            return FloorStep(state.setting("trip", trip))
        }
        try Ownership.trip(trip, .origin, post.scope, in: tx)
        switch scan.code {
        case "*leave": return FloorStep(state.setting("sure", 1))
        case "*no": return FloorStep(state.keeping("trip"))
        case "*yes":
            try DepartTrip(trip, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(FloorState(), .right("departed"))
        default: break
        }
        let found = try ScanView.find(scan.code, post.scope, in: tx)
        guard let unit = found.unit ?? found.parcel else { return FloorStep(state, .wrong("no_unit", ["code": scan.code])) }
        _ = try LoadTrip(trip, [unit], occurred: scan.occurred, actor: post.actor).run(in: tx)
        return FloorStep(state.keeping("trip"), .right("loaded", ["code": scan.code]))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        guard let id = state.id("trip", TripID.self) else {
            let trips = try DockTrip.leaving(post.site, in: tx)
            return FloorScreen(
                ask: texts[trips.isEmpty ? "floor.load.none" : "floor.load.trip"],
                buttons: trips.map { .init(act: $0.id.description, text: $0.place, note: format.moment($0.departs)) })
        }
        let trip = try TripView.find(id, post.scope, in: tx)
        let place = try SiteView.find(trip.destination, .network, in: tx).name
        let loaded = texts.count("floor.units", Int64(trip.loaded))
        if state.has("sure") {
            return FloorScreen(
                ask: texts["floor.load.sure"], big: loaded, tone: .warn, below: [place],
                buttons: [.init(act: "*yes", text: texts["floor.load.yes"], tone: .bad), .init(act: "*no", text: texts["floor.no"])])
        }
        return FloorScreen(
            ask: texts["floor.load.unit"], big: place, tone: .info,
            below: [texts("floor.sort.leaves", ["at": format.moment(trip.departsAt)]), loaded],
            buttons: [
                .init(act: "*leave", text: texts["floor.load.leave"], tone: .good),
                .init(act: "*back", text: texts["floor.load.other"]),
            ])
    }
}
