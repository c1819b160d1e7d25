import Exceptions
import Kernel
import Returns
import Store
import Transport

/// What is due around trips: that they leave, come and are counted, and that what missed one goes another way.
package struct TripClocks: ClockHandler {
    package let kinds = [TripClocks.departure, TripClocks.arrival, TripClocks.counting, TripClocks.miss]

    static let departure = "trip.departure"
    static let arrival = "trip.arrival"
    static let counting = "trip.counting"
    /// What stands at the origin with a leg on this departure has missed it.
    static let miss = "trip.miss"

    static let late = "trip.late"
    static let overdue = "trip.overdue"
    static let uncounted = "trip.uncounted"

    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    static func planned(_ trips: [Trip], in tx: Transaction) throws {
        try tx.schedule(departure, source: "lane", due: trips.map { ($0.id.raw, nil, $0.departs + OrderClocks.grace, [:]) })
    }

    static func departed(_ trip: Trip, in tx: Transaction) throws {
        try close(departure, late, trip, "departed", in: tx)
        try tx.schedule(arrival, source: "lane", due: [(trip.id.raw, nil, trip.arrives + .hours(2), [:])])
    }

    static func arrived(_ trip: Trip, in tx: Transaction) throws {
        try close(arrival, overdue, trip, "arrived", in: tx)
        try tx.schedule(counting, source: "lane", due: [(trip.id.raw, nil, tx.now + .hours(12), [:])])
    }

    static func counted(_ trip: Trip, in tx: Transaction) throws { try close(counting, uncounted, trip, "counted", in: tx) }

    static func cancelled(_ trip: Trip, in tx: Transaction) throws {
        try close(departure, late, trip, "cancelled", in: tx)
        try missed(trip.id, in: tx)
    }

    static func missed(_ trip: TripID, in tx: Transaction) throws {
        try tx.schedule(miss, source: "lane", due: [(trip.raw, nil, tx.now, [:])])
    }

    private static func close(_ clock: String, _ kind: String, _ trip: Trip, _ outcome: String, in tx: Transaction) throws {
        try tx.closeClocks([clock], of: [trip.id.raw], outcome: outcome)
        try Exceptions.close([trip.id.description], kind: kind, outcome: outcome, in: tx)
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        if clocks[0].kind == Self.miss { return try clocks.map { try miss(TripID($0.subject), in: tx) } }
        try OpenAtStake.run(try clocks.map { try exception($0, in: tx) }, in: tx)
        return clocks.map { _ in "missed" }
    }

    /// At most a budget's worth at a time.
    private func miss(_ id: TripID, in tx: Transaction) throws -> String {
        let trip = try Trips.find(id, in: tx)
        let behind = try Parcels.left(behind: trip, limit: ExpandUnits.budget, in: tx)
        let waiting = try Routes.planned(for: trip, limit: ExpandUnits.budget, in: tx)
        let back = try ReturnParcels.load(waiting, in: tx).filter { $0.atSite == trip.origin && $0.state == .droppedOff }
        try ReturnRoutes.again(back.map { ($0, trip.origin) }, desk.network.network(in: tx), in: tx)
        guard !behind.isEmpty else { return "done" }
        try Reroute(desk: desk).run(Parcels.load(behind, in: tx), at: trip.origin, in: tx)
        if behind.count == ExpandUnits.budget { try Self.missed(id, in: tx) }
        return "\(behind.count) parcels"
    }

    private func exception(_ clock: ClockRow, in tx: Transaction) throws -> NewException {
        let trip = try Trips.find(TripID(clock.subject), in: tx)
        let (kind, site, what) =
            switch clock.kind {
            case Self.departure: (Self.late, trip.origin, "to leave")
            case Self.arrival: (Self.overdue, trip.destination, "to arrive")
            default: (Self.uncounted, trip.destination, "to be reconciled")
            }
        return NewException(
            kind, subject: trip.id, site: site, ownerRole: .operator, due: clock.due + .hours(4),
            detail: "The trip had \(what) by \(clock.due).")
    }
}
