import Kernel
import Store
import Transport

/// A trip leaves. Its trailer goes to the carrier in one row, however much is in it; what is inside is told one by one
/// by a durable job.
package struct DepartTrip: Flow {
    let trip: TripID
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, occurred: Instant, actor: String) {
        self.trip = trip
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let trip = try Trips.find(trip, in: tx)
        guard TripState.transitions[trip.state]?.contains(.departed) ?? false else {
            throw Trips.Refused.wrongState(trip.id, trip.state, wanted: .departed)
        }
        let trailer = try Trailers.of(trip, occurred: occurred, in: tx)
        try Trips.change(trip, to: .departed, occurred: occurred, in: tx)
        try HandlingUnits.hand([trailer], to: .carrier(trip.carrier), occurred: occurred, in: tx)
        tx.emit(.trip(trip, .departed, actor: actor, at: occurred, payload: ["trailer": .id(trailer)]))
        try TripClocks.departed(trip, in: tx)
        let walk = UnitWalk(.depart, through: [trailer], trip: trip.id, at: occurred, actor: actor)
        try tx.schedule(ExpandUnits.clock, source: "network", due: [(trip.id.raw, nil, tx.now, walk.json)])
    }
}

/// A trip reaches its destination: the site has the trailer and answers for what is in it.
package struct ArriveTrip: Flow {
    let trip: TripID
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, occurred: Instant, actor: String) {
        self.trip = trip
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let trip = try Trips.find(trip, in: tx)
        try Trips.change(trip, to: .arrived, occurred: occurred, in: tx)
        guard let trailer = trip.trailer else { throw StoreError.unexpected("\(trip.id) left without a trailer") }
        try HandlingUnits.hand([trailer], to: .site(trip.destination), occurred: occurred, in: tx)
        tx.emit(.trip(trip, .arrived, actor: actor, at: occurred))
        try TripClocks.arrived(trip, in: tx)
    }
}

/// A trip will not leave. What was to go with it goes another way; what is loaded has to be taken off first.
package struct CancelTrip: Flow {
    let trip: TripID
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, occurred: Instant, actor: String) {
        self.trip = trip
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case loaded(TripID)

        package static let codes = ["trip.loaded"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .loaded(let id): "\(id) is loaded; it is unloaded before it is cancelled."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package func run(in tx: Transaction) throws {
        let trip = try Trips.find(trip, in: tx)
        guard TripState.transitions[trip.state]?.contains(.cancelled) ?? false else {
            throw Trips.Refused.wrongState(trip.id, trip.state, wanted: .cancelled)
        }
        if let trailer = trip.trailer, try !UnitTree.children(of: [trailer], limit: 1, in: tx).isEmpty {
            throw Refused.loaded(trip.id)
        }
        try Trips.change(trip, to: .cancelled, occurred: occurred, in: tx)
        tx.emit(.trip(trip, .cancelled, actor: actor, at: occurred))
        try TripClocks.cancelled(trip, in: tx)
    }
}
