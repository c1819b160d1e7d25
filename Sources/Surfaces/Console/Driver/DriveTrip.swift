import Flows
import Kernel
import Store
import Transport
import Views

/// A trip of the driver's carrier: what goes on it, that it leaves, that it is there.
struct DriveTrip {
    let post: DriverPost

    var job: FloorJob {
        FloorJob(
            name: "drive", icon: "trip", take: { try take($0, $1, in: $2) }, screen: { try screen($0, $1, in: $2) })
    }

    private func take(_ scan: FloorScan, _ state: FloorState, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let id = state.id("trip", TripID.self) else {
            guard let id = try DriverWork.trip(scan.code, in: tx) else { return FloorStep(state, .wrong("no_trip", ["code": scan.code])) }
            try Ownership.trip(id, .origin, post.scope, in: tx)
            return FloorStep(FloorState().setting("trip", id), .right("trip"))
        }
        try Ownership.trip(id, .origin, post.scope, in: tx)
        let here = FloorState().setting("trip", id)
        switch scan.code {
        case "*no": return FloorStep(here)
        case "*leave": return FloorStep(here.setting("sure", 1))
        case "*yes":
            try DepartTrip(id, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(here, .right("departed"))
        case "*here":
            try ArriveTrip(id, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(FloorState(), .right("arrived"))
        default:
            // What goes on it stands at its origin; nothing else can be asked about.
            let trip = try TripView.find(id, post.scope, in: tx), found = try ScanView.find(scan.code, .site(trip.origin), in: tx)
            guard let unit = found.unit ?? found.parcel else { return FloorStep(here, .wrong("no_unit", ["code": scan.code])) }
            _ = try LoadTrip(id, [unit], occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(here, .right("loaded", ["code": scan.code]))
        }
    }

    private func screen(_ state: FloorState, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, back = FloorScreen.Button(act: "*back", text: texts["floor.load.other"])
        guard let id = state.id("trip", TripID.self) else {
            let trips = try DriverWork.trips(of: post.carrier, in: tx)
            return FloorScreen(
                ask: texts[trips.isEmpty ? "driver.no_trips" : "floor.load.trip"],
                below: trips.isEmpty ? [texts["driver.no_trips_hint"]] : [],
                buttons: trips.map {
                    let moment = $0.state == .departed ? $0.arrives : $0.departs
                    return .init(act: $0.id.description, text: $0.place, note: format.moment(moment))
                })
        }
        let trip = try TripView.find(id, post.scope, in: tx), names = try Names(in: tx)
        let loaded = texts.count("floor.units", Int64(trip.loaded))
        switch trip.state {
        case .planned, .loading:
            if state.has("sure") {
                return FloorScreen(
                    ask: texts["floor.load.sure"], big: loaded, tone: .warn, below: [names.site(trip.destination)],
                    buttons: [.init(act: "*yes", text: texts["floor.load.yes"], tone: .bad), .init(act: "*no", text: texts["floor.no"])])
            }
            return FloorScreen(
                ask: texts["floor.load.unit"], big: names.site(trip.destination), tone: .info,
                below: [texts("floor.sort.leaves", ["at": format.moment(trip.departsAt)]), names.site(trip.origin), loaded],
                buttons: [.init(act: "*leave", text: texts["floor.load.leave"], tone: .good), back])
        case .departed:
            return FloorScreen(
                ask: texts["driver.way"], big: names.site(trip.destination), tone: .info,
                below: [texts("driver.there_by", ["at": format.moment(trip.arrivesAt)]), loaded],
                buttons: [.init(act: "*here", text: texts["driver.here"], tone: .good), back])
        case .arrived, .reconciled, .cancelled:
            return FloorScreen(
                ask: texts["driver.over"], big: texts.code("state", trip.state.rawValue), below: [names.site(trip.destination)],
                buttons: [back])
        }
    }
}
