import Exceptions
import Kernel
import Store
import Transport

/// What was scanned at the end of a trip.
package struct FoundUnit: Sendable {
    package let unit: UnitID
    package let isDamaged: Bool
    /// What lay in a bag that was opened, counted one by one; nil where it is taken for what the book says.
    package let contents: [UnitID]?

    package init(_ unit: UnitID, isDamaged: Bool = false, contents: [UnitID]? = nil) {
        self.unit = unit
        self.isDamaged = isDamaged
        self.contents = contents
    }
}

/// Unloads a trip: what is scanned stands at the site, and bags for this site are opened. What was not expected is
/// adopted, what is damaged needs a person.
package struct BreakBulk: Flow {
    let trip: TripID
    let found: [FoundUnit]
    let desk: OrderDesk
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, _ found: [FoundUnit], desk: OrderDesk, occurred: Instant, actor: String) {
        self.trip = trip
        self.found = found
        self.desk = desk
        self.occurred = occurred
        self.actor = actor
    }

    static let damaged = "unit.damaged"
    /// Things in bags that one call counts one by one.
    private static let countable = 2000

    package enum Refused: Refusal, Equatable {
        /// A bag for another site is not opened here.
        case goesOn(UnitID)

        package static let codes = ["bag.goes_on"]
        package var code: String { Self.codes[0] }
        package var message: String {
            switch self {
            case .goesOn(let bag): "\(bag) is no bag for this site: what lies in it is counted where it is opened."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    package struct Counted: Sendable, Equatable {
        package let unit: UnitID
        /// Nil where it stood here already.
        package let result: CountResult?
    }

    package func run(in tx: Transaction) throws -> [Counted] {
        let trip = try Trips.find(trip, in: tx)
        guard let trailer = trip.trailer, trip.state == .arrived || trip.state == .reconciled else {
            throw Trips.Refused.wrongState(trip.id, trip.state, wanted: .reconciled)
        }
        let (listed, lacking) = try contents(trip, in: tx)
        let ids = found.map(\.unit) + listed
        let units = try HandlingUnits.load(ids, in: tx)
        if let missing = ids.first(where: { units[$0] == nil || units[$0]?.kind == .trailer }) { throw NotFound("unit", missing) }
        let around = try UnitTree.ancestors(of: ids, in: tx)
        let here = try HandlingUnits.standing(ids, at: trip.destination, in: tx)
        let short = try Trips.short(ids, of: trip.id, in: tx)
        var over: [UnitID] = [], counts: [Counted] = []
        for id in ids {
            if around[id]?.last == trailer || short.contains(id) {
                counts.append(Counted(unit: id, result: .found))
            } else if here.contains(id) {
                counts.append(Counted(unit: id, result: nil))
            } else {
                counts.append(Counted(unit: id, result: .over))
                over.append(id)
            }
        }
        try stand(ids, at: trip.destination, in: tx)
        let damaged = found.filter(\.isDamaged).map(\.unit)
        try Trips.count(
            trip.id, counts.compactMap { one in one.result.map { (one.unit, $0) } } + damaged.map { ($0, .damaged) },
            occurred: occurred, in: tx)
        try Exceptions.close(
            ids.map(\.description), kind: NetworkMoves.short, outcome: "found", occurred: occurred, actor: actor, in: tx)
        try report(damaged, trip, in: tx)
        try miss(lacking, trip, in: tx)
        try open(ids.filter { !over.contains($0) }, over: over, units, trip, in: tx)
        return counts + lacking.map { Counted(unit: $0.child, result: .short) }
    }

    /// What was counted in opened bags and is not named by itself, and what the book has in them and nobody found.
    private func contents(
        _ trip: Trip, in tx: Transaction
    ) throws -> (listed: [UnitID], lacking: [(parent: UnitID, child: UnitID, kind: UnitKind)]) {
        let counted = found.filter { $0.contents != nil }
        guard !counted.isEmpty else { return ([], []) }
        let bags = try Bags.load(counted.map(\.unit), in: tx)
        for one in counted where bags[one.unit]?.destination != trip.destination || bags[one.unit]?.state == .broken {
            throw Refused.goesOn(one.unit)
        }
        let inside = try UnitTree.children(of: bags.keys.sorted(), limit: Self.countable + 1, in: tx)
        var known = Set(found.map(\.unit))
        let listed = counted.flatMap { $0.contents ?? [] }.filter { known.insert($0).inserted }
        guard max(inside.count, listed.count) <= Self.countable else {
            throw InvalidInput(field: "/found", "At most \(Self.countable) things in bags are counted at once; name fewer bags.")
        }
        return (listed, inside.filter { !known.contains($0.child) })
    }

    private func miss(_ lacking: [(parent: UnitID, child: UnitID, kind: UnitKind)], _ trip: Trip, in tx: Transaction) throws {
        guard !lacking.isEmpty else { return }
        let moves = NetworkMoves(desk: desk)
        let (sent, back) = try moves.parcels(lacking.filter { $0.kind == .parcel }.map(\.child), in: tx)
        try moves.miss(
            sent, back, lacking.filter { $0.kind != .parcel }.map(\.child), of: trip, occurred: occurred, actor: actor, in: tx)
    }

    /// Out of whatever they were in, by the book; the site has them.
    private func stand(_ ids: [UnitID], at site: SiteID, in tx: Transaction) throws {
        let loose = try HandlingUnits.loose(ids, in: tx)
        let elsewhere = loose.subtracting(try HandlingUnits.standing(loose.sorted(), at: site, in: tx)).sorted()
        try Containment.take(ids, holder: .site(site), occurred: occurred, in: tx)
        try HandlingUnits.hand(elsewhere, to: .site(site), occurred: occurred, in: tx)
    }

    private func report(_ damaged: [UnitID], _ trip: Trip, in tx: Transaction) throws {
        let (sent, back) = try NetworkMoves(desk: desk).parcels(damaged, in: tx)
        let merchants = Dictionary(
            uniqueKeysWithValues: sent.map { ($0.id, $0.merchant) } + back.map { ($0.unit, $0.merchant) })
        try OpenAtStake.run(
            damaged.map { unit in
                NewException(
                    Self.damaged, subject: unit, merchant: merchants[unit], site: trip.destination, ownerRole: .site,
                    due: occurred + .hours(24), detail: "Damaged when \(trip.id) was unloaded. Open it and look at the goods.")
            }, occurred: occurred, actor: actor, in: tx)
    }

    /// Bags for this site are opened; those for another go on as they are. What is inside is told as far as one
    /// transaction can, the rest by a job.
    private func open(_ expected: [UnitID], over: [UnitID], _ units: [UnitID: HandlingUnit], _ trip: Trip, in tx: Transaction) throws {
        let bags = try Bags.load(expected + over, in: tx)
        let opened = bags.values.filter { $0.destination == trip.destination && $0.state != .broken }.sorted { $0.unit < $1.unit }
        try Bags.change(opened.filter { $0.state == .open }, to: .closed, occurred: occurred, in: tx)
        try Bags.change(Bags.load(opened.map(\.unit), in: tx).values.sorted { $0.unit < $1.unit }, to: .broken, occurred: occurred, in: tx)
        for bag in opened { tx.emit(.bag(bag, .broken, site: trip.destination, actor: actor, at: occurred)) }
        let moves = NetworkMoves(desk: desk)
        var budget = ExpandUnits.budget
        for (ids, isOver) in [(expected, false), (over, true)] {
            let loose = ids.filter { units[$0]?.kind == .parcel }, holding = ids.filter { units[$0]?.kind != .parcel }
            let (sent, back) = try moves.parcels(loose, in: tx)
            try moves.arrive(
                sent, at: trip.destination, trip: trip, isOver: isOver, occurred: occurred, actor: actor, in: tx)
            try moves.arrive(back, at: trip.destination, trip: trip, occurred: occurred, actor: actor, in: tx)
            guard !holding.isEmpty else { continue }
            var walk = UnitWalk(
                .arrive, through: holding, trip: trip.id, site: trip.destination, isOver: isOver, opened: opened.map(\.unit),
                at: occurred, actor: actor)
            try moves.go(on: &walk, budget: &budget, in: tx)
        }
    }
}
