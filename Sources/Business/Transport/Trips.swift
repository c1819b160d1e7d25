import Kernel
import Store

/// Where a trip is in its life.
package enum TripState: String, SQLValue, CaseIterable, Codable {
    case planned
    case loading
    case departed
    case arrived
    /// What was expected and what was found are told apart, and what is missing has an owner.
    case reconciled
    case cancelled

    package static let transitions: [TripState: Set<TripState>] = [
        .planned: [.loading, .departed, .cancelled],
        .loading: [.departed, .cancelled],
        .departed: [.arrived],
        .arrived: [.reconciled],
    ]
}

/// One departure of a lane.
package struct Trip: Hashable, Sendable {
    package let id: TripID
    package let lane: LaneID
    package let origin: SiteID
    package let destination: SiteID
    package let carrier: CarrierID
    package let service: ServiceID
    /// Nil until something is loaded.
    package var trailer: UnitID?
    package let state: TripState
    package let cutOff: Instant
    package let departs: Instant
    package let arrives: Instant
    package let departed: Instant?
    package let arrived: Instant?

    package init(
        id: TripID, lane: LaneID, origin: SiteID, destination: SiteID, carrier: CarrierID, service: ServiceID,
        trailer: UnitID? = nil, state: TripState = .planned, cutOff: Instant, departs: Instant, arrives: Instant,
        departed: Instant? = nil, arrived: Instant? = nil
    ) {
        self.id = id
        self.lane = lane
        self.origin = origin
        self.destination = destination
        self.carrier = carrier
        self.service = service
        self.trailer = trailer
        self.state = state
        self.cutOff = cutOff
        self.departs = departs
        self.arrives = arrives
        self.departed = departed
        self.arrived = arrived
    }
}

/// What was found of a unit at the end of a trip.
package enum CountResult: String, SQLValue, CaseIterable, Codable {
    case found
    /// Expected, and not there.
    case short
    /// There, and not expected.
    case over
    case damaged
}

package enum Trips {
    package enum Refused: Refusal, Equatable {
        case wrongState(TripID, TripState, wanted: TripState)

        package static let codes = ["trip.wrong_state"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .wrongState(let id, let state, let wanted): "\(id) is \(state.rawValue) and does not become \(wanted.rawValue)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    private static let columns: SQL = """
        id, lane, origin, destination, carrier, service, trailer, state, cut_off_at, departs_at, arrives_at, departed_at,
        arrived_at
        """

    /// Plans departures; a lane has one at a moment, and one that is planned stays as it is. Answers those that are new.
    package static func plan(_ trips: [Trip], in tx: Transaction) throws -> [Trip] {
        var rows = Rows([
            "id": .int, "lane": .int, "origin": .int, "destination": .int, "carrier": .int, "service": .int, "cut_off": .int,
            "departs": .int, "arrives": .int,
        ])
        for trip in trips {
            rows.add(
                trip.id, trip.lane, trip.origin, trip.destination, trip.carrier, trip.service, trip.cutOff, trip.departs,
                trip.arrives)
        }
        try tx.run(
            """
            INSERT INTO trip (id, lane, origin, destination, carrier, service, state, cut_off_at, departs_at, arrives_at)
            SELECT v.id, v.lane, v.origin, v.destination, v.carrier, v.service, 'planned', v.cut_off, v.departs, v.arrives
            FROM (\(rows: rows)) AS v WHERE true ON CONFLICT (lane, departs_at) DO NOTHING
            """)
        let made = Set(try tx.values("SELECT id FROM trip WHERE id IN \(list: trips.map(\.id)) ORDER BY id", as: TripID.self))
        return trips.filter { made.contains($0.id) }
    }

    /// Trips that match, in the order of departures, locked.
    package static func load(where condition: SQL, limit: Int = 1000, in tx: Transaction) throws -> [Trip] {
        try tx.query(
            "SELECT \(columns) FROM trip WHERE \(condition) ORDER BY departs_at, id LIMIT \(limit) \(.forUpdate)"
        ) {
            try Trip(
                id: $0.next(), lane: $0.next(), origin: $0.next(), destination: $0.next(), carrier: $0.next(),
                service: $0.next(), trailer: $0.next(), state: $0.next(), cutOff: $0.next(), departs: $0.next(),
                arrives: $0.next(), departed: $0.next(), arrived: $0.next())
        }
    }

    /// - Throws: `NotFound`.
    package static func find(_ id: TripID, in tx: Transaction) throws -> Trip {
        guard let trip = try load(where: "id = \(id)", in: tx).first else { throw NotFound("trip", id) }
        return trip
    }

    /// Guarded by the table of transitions.
    package static func change(_ trip: Trip, to state: TripState, occurred: Instant, in tx: Transaction) throws {
        guard TripState.transitions[trip.state]?.contains(state) ?? false else {
            throw Refused.wrongState(trip.id, trip.state, wanted: state)
        }
        try tx.run(
            """
            UPDATE trip SET state = \(state),
                departed_at = CASE WHEN \(state) = 'departed' THEN \(occurred) ELSE departed_at END,
                arrived_at = CASE WHEN \(state) = 'arrived' THEN \(occurred) ELSE arrived_at END
            WHERE id = \(trip.id) AND state = \(trip.state)
            """, expecting: 1)
    }

    package static func setTrailer(_ id: TripID, _ trailer: UnitID, in tx: Transaction) throws {
        try tx.run("UPDATE trip SET trailer = \(trailer) WHERE id = \(id) AND trailer IS NULL", expecting: 1)
    }

    /// The trips whose trailers these units are; absent for other units.
    package static func of(trailers: some Sequence<UnitID>, in tx: Transaction) throws -> [UnitID: Trip] {
        let trips = try load(where: "trailer IN \(list: Set(trailers).sorted())", in: tx)
        return Dictionary(trips.compactMap { trip in trip.trailer.map { ($0, trip) } }, uniquingKeysWith: { first, _ in first })
    }

    /// Keeps what was found of units; each result once.
    package static func count(
        _ trip: TripID, _ counts: [(unit: UnitID, result: CountResult)], occurred: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["unit": .int, "result": .text])
        for one in counts { rows.add(one.unit, one.result) }
        try tx.run(
            """
            INSERT INTO trip_count (trip, unit, result, counted_at)
            SELECT \(trip), v.unit, v.result, \(occurred) FROM (\(rows: rows)) AS v WHERE true ON CONFLICT DO NOTHING
            """)
    }

    /// Of these units, those that the count of the trip found missing.
    package static func short(_ units: [UnitID], of trip: TripID, in tx: Transaction) throws -> Set<UnitID> {
        Set(try tx.values(
            "SELECT unit FROM trip_count WHERE trip = \(trip) AND result = 'short' AND unit IN \(list: units) ORDER BY unit"))
    }
}
