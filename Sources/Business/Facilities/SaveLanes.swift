import Kernel
import Store

/// Creates lanes, and brings those of the same ends, service and first day to what is stated now.
package enum SaveLanes {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(field: String, site: SiteID)
        case circular(field: String)
        case serviceUnknown(field: String, service: ServiceID)
        case transitNegative(field: String, minutes: Int)
        case costNegative(field: String, cost: Int64)
        case never(field: String)
        case departureInvalid(field: String, rule: String)
        case repeated(field: String)
    }

    /// All are saved, or none: answers them in the order given. Departures of a lane are replaced by those stated.
    /// Emits `lane.saved` for each.
    package static func run(
        _ lanes: [NewLane], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved<LaneID>] {
        let sites = try Site.known(lanes.flatMap { [$0.origin] + ($0.destination.map { [$0] } ?? []) }, in: tx)
        let services = Set(try CarrierService.all(in: tx).map(\.id))
        try NewLaneCheck(sites: sites, services: services).check(lanes)
        try ReferenceVersion.network.bump(in: tx)
        let known = Dictionary(uniqueKeysWithValues: try Lane.all(in: tx).map { ($0.key, $0.id) })
        let saved = lanes.map { Saved(id: known[$0.key] ?? tx.id(), isNew: known[$0.key] == nil) }
        let stated = Array(zip(saved.map(\.id), lanes))
        try writeLanes(stated, in: tx)
        try writeDepartures(stated, in: tx)
        for (saved, new) in zip(saved, lanes) {
            tx.emit(FacilitiesEvents.laneSaved(saved, new, occurred: occurred ?? tx.now, actor: actor))
        }
        return saved
    }

    private static func writeLanes(_ lanes: [(id: LaneID, new: NewLane)], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "origin": .int, "destination": .int, "service": .int, "mode": .text, "transit": .int,
            "cost": .int, "refuses": .text, "from_day": .int, "until_day": .int,
        ])
        for (id, new) in lanes {
            rows.add(
                id, new.origin, new.destination, new.service, new.mode, new.transitMinutes, new.parcelCost, new.refuses.json,
                new.validity.storedFrom, new.validity.storedUntil)
        }
        try tx.run(
            """
            INSERT INTO lane (id, origin, destination, service, mode, transit_minutes, parcel_cost, refuses, from_day,
                until_day)
            SELECT v.id, v.origin, v.destination, v.service, v.mode, v.transit, v.cost, v.refuses, v.from_day, v.until_day
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, transit_minutes = excluded.transit_minutes,
                parcel_cost = excluded.parcel_cost, refuses = excluded.refuses, until_day = excluded.until_day
            """)
    }

    private static func writeDepartures(_ lanes: [(id: LaneID, new: NewLane)], in tx: Transaction) throws {
        var rows = Rows([
            "lane": .int, "weekday": .int, "minute": .int, "cut_off": .int, "from_day": .int, "until_day": .int,
        ])
        for (id, new) in lanes {
            for departure in new.departures {
                rows.add(
                    id, departure.weekday, departure.leaves.minuteOfDay, departure.cutOffMinutes,
                    departure.validity.storedFrom, departure.validity.storedUntil)
            }
        }
        try tx.run("DELETE FROM lane_departure WHERE lane IN \(list: lanes.map(\.id))")
        try tx.run(
            "INSERT INTO lane_departure (lane, weekday, minute, cut_off_minutes, from_day, until_day) \(rows: rows)")
    }
}

extension SaveLanes.Refused {
    package var code: String {
        switch self {
        case .siteUnknown: "facilities.site_unknown"
        case .circular: "facilities.lane_circular"
        case .serviceUnknown: "facilities.service_unknown"
        case .transitNegative, .costNegative: "facilities.negative"
        case .never: "facilities.never_valid"
        case .departureInvalid: "facilities.departure_invalid"
        case .repeated: "facilities.lane_repeated"
        }
    }

    package var message: String {
        switch self {
        case .siteUnknown(_, let site): "There is no site '\(site)'."
        case .circular: "A lane leads to another site than it begins at."
        case .serviceUnknown(_, let service): "There is no service '\(service)'."
        case .transitNegative(_, let minutes): "Transit minutes are not negative; \(minutes) is."
        case .costNegative(_, let cost): "The cost of a parcel is not negative; \(cost) is."
        case .never: "The lane holds on no day at all."
        case .departureInvalid(_, let rule): rule
        case .repeated: "The lane stands in the request twice."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .siteUnknown, .serviceUnknown: .notFound
        default: .invalid
        }
    }

    package var field: String? {
        switch self {
        case .siteUnknown(let field, _), .circular(let field), .serviceUnknown(let field, _),
            .transitNegative(let field, _), .costNegative(let field, _),
            .never(let field), .departureInvalid(let field, _), .repeated(let field):
            field
        }
    }
}
