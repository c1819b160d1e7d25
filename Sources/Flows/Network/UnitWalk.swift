import Kernel
import Store
import Transport

/// A walk through all that is inside some units, level by level, which can stop anywhere and go on in another transaction:
/// no step reads or writes more than its budget, however much a trailer holds.
struct UnitWalk {
    /// What is done with what the walk meets.
    enum Step: String {
        /// It left with the trailer.
        case depart
        /// It stands at a site.
        case arrive
        /// It was expected at the end of a trip and is not there. Not deeper than one level.
        case short
        /// It is given up.
        case lose
    }

    let step: Step
    let trip: TripID?
    /// Where it arrives.
    let site: SiteID?
    /// Found where it was not expected.
    let isOver: Bool
    let at: Instant
    let actor: String
    /// The bags that were opened: what lies directly in them stands on its own from now on.
    let opened: [UnitID]
    private var level: [UnitID]
    private var nextLevel: [UnitID] = []
    private var place: (parent: UnitID, child: UnitID)?

    init(
        _ step: Step, through roots: [UnitID], trip: TripID?, site: SiteID? = nil, isOver: Bool = false, opened: [UnitID] = [],
        at: Instant, actor: String
    ) {
        self.step = step
        self.trip = trip
        self.site = site
        self.isOver = isOver
        self.opened = opened
        self.at = at
        self.actor = actor
        level = roots.sorted()
    }

    var isDone: Bool { level.isEmpty }

    /// What is met next: at most `limit` units and parcels.
    mutating func next(limit: Int, in tx: Transaction) throws -> (parcels: [UnitID], units: [UnitID], freed: [UnitID]) {
        var met: (parcels: [UnitID], units: [UnitID], freed: [UnitID]) = ([], [], [])
        var left = limit
        while left > 0, !level.isEmpty {
            let found = try UnitTree.children(of: level, after: place, limit: left, in: tx)
            for (parent, child, kind) in found {
                if kind == .parcel { met.parcels.append(child) } else { met.units.append(child) }
                if opened.contains(parent) { met.freed.append(child) }
            }
            nextLevel += step == .short ? [] : found.filter { $0.kind != .parcel }.map(\.child)
            place = found.last.map { ($0.parent, $0.child) }
            if found.count < left {
                (level, nextLevel, place) = (nextLevel.sorted(), [], nil)
            }
            left -= max(1, found.count)
        }
        return met
    }
}

extension UnitWalk {
    var json: JSON {
        [
            "step": .string(step.rawValue), "trip": trip.map { .id($0) } ?? .null, "site": site.map { .id($0) } ?? .null,
            "is_over": .bool(isOver), "at": .string(at.description), "actor": .string(actor),
            "opened": .array(opened.map { .id($0) }), "level": .array(level.map { .id($0) }),
            "next_level": .array(nextLevel.map { .id($0) }),
            "place": .array(place.map { [.id($0.parent), .id($0.child)] } ?? []),
        ]
    }

    /// Nil where the text is no walk.
    init?(_ json: JSON) {
        guard let step = json["step"]?.string.flatMap(Step.init), let at = json["at"]?.string.flatMap({ Instant($0) }),
            let actor = json["actor"]?.string, case .bool(let isOver)? = json["is_over"]
        else { return nil }
        func units(_ name: String) -> [UnitID] { (json[name]?.array ?? []).compactMap { $0.string.flatMap { UnitID($0) } } }
        self.init(
            step, through: units("level"), trip: json.id("trip"), site: json.id("site"), isOver: isOver,
            opened: units("opened"), at: at, actor: actor)
        nextLevel = units("next_level")
        let ends = units("place")
        place = ends.count == 2 ? (ends[0], ends[1]) : nil
    }
}
