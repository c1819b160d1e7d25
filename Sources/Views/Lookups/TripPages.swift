import Kernel
import Store
import Transport

/// A trip with what its count found.
package struct TripView: Codable, Sendable {
    package let id: TripID
    package let lane: LaneID
    package let origin: SiteID
    package let destination: SiteID
    package let carrier: CarrierID
    package let service: ServiceID
    package let trailer: UnitID?
    package let state: TripState
    package let cutOffAt: Instant
    package let departsAt: Instant
    package let arrivesAt: Instant
    package let departedAt: Instant?
    package let arrivedAt: Instant?
    /// Units directly on the trailer now.
    package let loaded: Int
    package let found: Int
    package let short: Int
    package let over: Int
    package let damaged: Int

    private enum CodingKeys: String, CodingKey {
        case id, lane, origin, destination, carrier, service, trailer, state, cutOffAt = "cut_off_at", departsAt = "departs_at"
        case arrivesAt = "arrives_at", departedAt = "departed_at", arrivedAt = "arrived_at", loaded, found, short, over, damaged
    }
}

extension TripView {
    /// - Throws: `NotFound` where there is no such trip for the reader.
    package static func find(_ id: TripID, _ scope: Scope, in tx: Transaction) throws -> TripView {
        guard let trip = try list("t.id = \(id) AND \(owns(scope))", limit: 1, in: tx).first else { throw NotFound("trip", id) }
        return trip
    }

    /// A page of those that begin or end at a site, in the order of ids.
    package static func page(
        at site: SiteID?, state: TripState?, _ scope: Scope, after id: TripID?, limit: Int, in tx: Transaction
    ) throws -> [TripView] {
        var condition: SQL = "t.id > \(id?.raw ?? -1) AND \(owns(scope))"
        if let site { condition = condition + " AND (t.origin = \(site) OR t.destination = \(site))" }
        if let state { condition = condition + " AND t.state = \(state)" }
        return try list(condition, limit: limit, in: tx)
    }

    /// A trip belongs to the sites at its ends and to the carrier who drives it.
    static func owns(_ scope: Scope) -> SQL {
        switch scope {
        case .network: "1 = 1"
        case .site(let site): "(t.origin = \(site) OR t.destination = \(site))"
        case .carrier(let carrier): "t.carrier = \(carrier)"
        case .merchant: "1 = 0"
        }
    }

    static func list(_ condition: SQL, newestFirst: Bool = false, limit: Int, in tx: Transaction) throws -> [TripView] {
        let counts = CountResult.allCases.map { result -> SQL in
            "(SELECT COUNT(*) FROM trip_count n WHERE n.trip = t.id AND n.result = \(result))"
        }
        let counted = counts.dropFirst().reduce(counts[0]) { $0 + ", " + $1 }
        return try tx.query(
            """
            SELECT t.id, t.lane, t.origin, t.destination, t.carrier, t.service, t.trailer, t.state, t.cut_off_at, t.departs_at,
                t.arrives_at, t.departed_at, t.arrived_at,
                (SELECT COUNT(*) FROM containment c WHERE c.parent = t.trailer AND c.until_at IS NULL), \(counted)
            FROM trip t WHERE \(condition) ORDER BY t.id \(verbatim: newestFirst ? "DESC" : "ASC") LIMIT \(limit)
            """
        ) {
            try TripView(
                id: $0.next(), lane: $0.next(), origin: $0.next(), destination: $0.next(), carrier: $0.next(),
                service: $0.next(), trailer: $0.next(), state: $0.next(), cutOffAt: $0.next(), departsAt: $0.next(),
                arrivesAt: $0.next(), departedAt: $0.next(), arrivedAt: $0.next(), loaded: $0.next(), found: $0.next(),
                short: $0.next(), over: $0.next(), damaged: $0.next())
        }
    }
}
