import Kernel
import Store
import Transport

/// Tells the contents of units one by one what happened to the unit: a durable job in steps of at most `budget` things.
package struct ExpandUnits: ClockHandler {
    package let kinds = [ExpandUnits.clock]
    static let clock = "unit.expand"
    /// Parcels and units that one transaction deals with.
    package static let budget = 500
    private let moves: NetworkMoves

    package init(desk: OrderDesk) { moves = NetworkMoves(desk: desk) }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        var left = Self.budget
        return try clocks.map { clock in
            guard var walk = UnitWalk(clock.payload) else { throw StoreError.unexpected("\(clock.id) holds no walk") }
            try moves.go(on: &walk, budget: &left, in: tx)
            return walk.isDone ? "done" : "goes on"
        }
    }
}

extension NetworkMoves {
    /// Deals with as much of a walk as the budget allows, and leaves the rest as a clock that is due at once.
    func go(on walk: inout UnitWalk, budget: inout Int, in tx: Transaction) throws {
        if budget > 0 {
            let met = try walk.next(limit: budget, in: tx)
            budget -= met.parcels.count + met.units.count
            try deal(with: met, of: walk, in: tx)
        }
        if walk.isDone {
            try end(walk, in: tx)
        } else {
            try tx.schedule(ExpandUnits.clock, source: "network", due: [(walk.trip?.raw ?? 0, nil, tx.now, walk.json)])
        }
    }

    private func deal(
        with met: (parcels: [UnitID], units: [UnitID], freed: [UnitID]), of walk: UnitWalk, in tx: Transaction
    ) throws {
        let trip = try walk.trip.map { try Trips.find($0, in: tx) }
        try Containment.take(met.freed, occurred: walk.at, in: tx)
        let (parcels, returns) = try self.parcels(met.parcels, in: tx)
        switch walk.step {
        case .depart:
            try depart(parcels, trip: trip, occurred: walk.at, actor: walk.actor, in: tx)
            try depart(returns, trip: trip, occurred: walk.at, actor: walk.actor, in: tx)
        case .arrive:
            guard let site = walk.site else { throw StoreError.unexpected("a walk arrives nowhere") }
            try arrive(parcels, at: site, trip: trip, isOver: walk.isOver, occurred: walk.at, actor: walk.actor, in: tx)
            try arrive(returns, at: site, trip: trip, occurred: walk.at, actor: walk.actor, in: tx)
        case .short:
            guard let trip else { throw StoreError.unexpected("a walk has no trip") }
            try miss(parcels, returns, met.units, of: trip, occurred: walk.at, actor: walk.actor, in: tx)
        case .lose:
            try lose(parcels, occurred: walk.at, actor: walk.actor, in: tx)
            try lose(returns, occurred: walk.at, actor: walk.actor, in: tx)
        }
    }

    /// Once all that left with a trip is known, what stands there still has missed it.
    private func end(_ walk: UnitWalk, in tx: Transaction) throws {
        guard walk.step == .depart, let trip = walk.trip else { return }
        try TripClocks.missed(trip, in: tx)
    }
}
