import Kernel
import Store

/// What became of a stretch of a parcel's way.
package enum LegState: String, SQLValue, CaseIterable, Codable {
    case planned
    /// The parcel left with this departure.
    case done
    /// The departure left without it, or another way was chosen.
    case missed

    package static let transitions: [LegState: Set<LegState>] = [.planned: [.done, .missed]]
}

/// A stretch of a parcel's way from one of our sites to the next.
package struct RouteLeg: Hashable, Sendable {
    package let parcel: UnitID
    /// Grows along the way; a new choice goes on counting.
    package let sequence: Int64
    package let lane: LaneID
    package let origin: SiteID
    package let destination: SiteID
    /// Until when the parcel has to stand ready.
    package let cutOff: Instant
    package let departs: Instant
    package let arrives: Instant

    package init(
        parcel: UnitID, sequence: Int64, lane: LaneID, origin: SiteID, destination: SiteID, cutOff: Instant, departs: Instant,
        arrives: Instant
    ) {
        self.parcel = parcel
        self.sequence = sequence
        self.lane = lane
        self.origin = origin
        self.destination = destination
        self.cutOff = cutOff
        self.departs = departs
        self.arrives = arrives
    }
}

/// The ways parcels are to take between our sites. One without a planned leg from where it stands goes to its courier there.
package enum Routes {
    private static let columns: SQL = "parcel, sequence, lane, origin, destination, cut_off_at, departs_at, arrives_at"

    private static func decode(_ row: inout RowReader) throws -> RouteLeg {
        try RouteLeg(
            parcel: row.next(), sequence: row.next(), lane: row.next(), origin: row.next(), destination: row.next(),
            cutOff: row.next(), departs: row.next(), arrives: row.next())
    }

    package static func add(_ legs: [RouteLeg], in tx: Transaction) throws {
        guard !legs.isEmpty else { return }
        var rows = Rows([
            "parcel": .int, "sequence": .int, "lane": .int, "origin": .int, "destination": .int, "cut_off": .int,
            "departs": .int, "arrives": .int,
        ])
        for leg in legs {
            rows.add(leg.parcel, leg.sequence, leg.lane, leg.origin, leg.destination, leg.cutOff, leg.departs, leg.arrives)
        }
        try tx.run(
            """
            INSERT INTO parcel_leg (\(columns), state)
            SELECT v.parcel, v.sequence, v.lane, v.origin, v.destination, v.cut_off, v.departs, v.arrives, 'planned'
            FROM (\(rows: rows)) AS v
            """)
    }

    /// The planned leg of each parcel that starts at this site; absent where it goes to its courier here.
    package static func next(of parcels: [UnitID], at site: SiteID, in tx: Transaction) throws -> [UnitID: RouteLeg] {
        let legs = try tx.query(
            """
            SELECT \(columns) FROM parcel_leg WHERE parcel IN \(list: parcels) AND origin = \(site) AND state = 'planned'
            ORDER BY parcel, sequence
            """, decode)
        return Dictionary(legs.map { ($0.parcel, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where the planned way of each parcel ends and its courier takes over; absent where that is where it stands.
    package static func ends(of parcels: [UnitID], in tx: Transaction) throws -> [UnitID: SiteID] {
        let legs = try of(parcels, in: tx).filter { $0.state != .missed }
        return Dictionary(legs.map { ($0.leg.parcel, $0.leg.destination) }, uniquingKeysWith: { _, last in last })
    }

    /// What is planned to leave with this departure of the lane or an earlier one, wherever it stands.
    package static func planned(for trip: Trip, limit: Int, in tx: Transaction) throws -> [UnitID] {
        try tx.values(
            """
            SELECT DISTINCT parcel FROM parcel_leg
            WHERE state = 'planned' AND departs_at <= \(trip.departs) AND lane = \(trip.lane) ORDER BY parcel LIMIT \(limit)
            """)
    }

    /// All legs of parcels with what became of them, along the way.
    package static func of(_ parcels: [UnitID], in tx: Transaction) throws -> [(leg: RouteLeg, state: LegState)] {
        try tx.query(
            "SELECT \(columns), state FROM parcel_leg WHERE parcel IN \(list: parcels) ORDER BY parcel, sequence"
        ) { (try decode(&$0), try $0.next()) }
    }

    /// Parcels that left this site by what was planned.
    package static func done(_ parcels: [UnitID], from site: SiteID, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE parcel_leg SET state = 'done'
            WHERE parcel IN \(list: parcels) AND origin = \(site) AND state = 'planned'
            """)
    }

    /// Gives up what is still planned for parcels, so that another way can be chosen.
    package static func giveUp(_ parcels: [UnitID], in tx: Transaction) throws {
        try tx.run("UPDATE parcel_leg SET state = 'missed' WHERE parcel IN \(list: parcels) AND state = 'planned'")
    }

    /// Parcels with a planned departure that has passed, the longest ago first.
    package static func overdue(_ now: Instant, limit: Int, in tx: Transaction) throws -> [RouteLeg] {
        try tx.query(
            """
            SELECT \(columns) FROM parcel_leg WHERE state = 'planned' AND departs_at < \(now)
            ORDER BY departs_at, parcel, sequence LIMIT \(limit)
            """, decode)
    }

    /// The departures that parcels are planned for and that have not passed, by lane.
    package static func departures(until end: Instant, in tx: Transaction) throws -> [LaneID: Set<Instant>] {
        let rows = try tx.query(
            """
            SELECT DISTINCT lane, departs_at FROM parcel_leg
            WHERE state = 'planned' AND departs_at >= \(tx.now) AND departs_at <= \(end) ORDER BY lane, departs_at
            """
        ) { try ($0.next(LaneID.self), $0.next(Instant.self)) }
        return Dictionary(grouping: rows, by: \.0).mapValues { Set($0.map(\.1)) }
    }

    /// The number that the next leg of each parcel gets; absent where it has none yet.
    package static func nextSequences(_ parcels: [UnitID], in tx: Transaction) throws -> [UnitID: Int64] {
        let rows = try tx.query(
            "SELECT parcel, MAX(sequence) + 1 FROM parcel_leg WHERE parcel IN \(list: parcels) GROUP BY parcel ORDER BY parcel"
        ) { try ($0.next(UnitID.self), $0.next(Int64.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
