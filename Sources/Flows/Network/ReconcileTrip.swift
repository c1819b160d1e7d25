import Kernel
import Store
import Transport

/// Ends the unloading of a trip: what was expected and is not there is short, and each has an owner and a deadline.
package struct ReconcileTrip: Flow {
    let trip: TripID
    let desk: OrderDesk
    let occurred: Instant
    let actor: String

    package init(_ trip: TripID, desk: OrderDesk, occurred: Instant, actor: String) {
        self.trip = trip
        self.desk = desk
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        let trip = try Trips.find(trip, in: tx)
        try Trips.change(trip, to: .reconciled, occurred: occurred, in: tx)
        guard let trailer = trip.trailer else { throw StoreError.unexpected("\(trip.id) left without a trailer") }
        tx.emit(.trip(trip, .reconciled, actor: actor, at: occurred))
        try TripClocks.counted(trip, in: tx)
        var walk = UnitWalk(.short, through: [trailer], trip: trip.id, at: occurred, actor: actor)
        var budget = ExpandUnits.budget
        try NetworkMoves(desk: desk).go(on: &walk, budget: &budget, in: tx)
    }
}
