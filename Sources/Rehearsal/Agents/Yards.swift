import Flows
import Kernel
import Store
import Transport

extension Rehearsal {
    private static let planning = [8 * 60 + 15, 17 * 60 + 10, 21 * 60 + 30]

    var crew: YardCrew { YardCrew(ground: stepper, desk: assembly.orders) }

    /// Trucks are planned three times a day; the courier collects from sort centers and hubs when its departures say so.
    func addYardWork(on day: CivilDate) {
        guard !yards.isEmpty else { return }
        let midnight = plan.world.zone.instant(day, .midnight)
        for minutes in Self.planning { agenda.add(.trucks, at: midnight + .minutes(Int64(minutes))) }
        for site in yards {
            let departures = network.services(from: site).compactMap { network.collections(site, $0.id)?.departures }
            var gates: Set<Instant> = []
            for one in departures {
                var at = midnight
                while let leaves = one.next(atOrAfter: at), leaves < midnight + .hours(24) {
                    gates.insert(leaves)
                    at = leaves + .seconds(1)
                }
            }
            for gate in gates.sorted() { agenda.add(.gate(site), at: gate) }
        }
    }

    /// Plans the trips that parcels are to leave with.
    func planTrucks() throws {
        let trips = try stepper.perform(
            PlanTrips(until: stepper.now + .days(3), onDemand: true, network: assembly.network))
        for trip in trips { agenda.add(.truck(trip.id, .leave), at: max(trip.departs, stepper.now)) }
    }

    func leave(_ id: TripID) throws {
        try settle()
        let left = try crew.leave(id) { [plan] _ in self.random.chance(partsPerMillion: plan.troubles.missedTrucks) }
        guard left else { return }
        let trip = try stepper.read { try Trips.find(id, in: $0) }
        agenda.add(.truck(id, .arrive), at: max(trip.arrives, stepper.now))
    }

    /// Some bags come damaged; some do not come, and of these some are found a day later; out of some a thing is missing.
    func arrive(_ id: TripID) throws {
        let troubles = plan.troubles
        var missing: [UnitID] = []
        try crew.arrive(id) { unit, inside in
            if self.random.chance(partsPerMillion: troubles.lostBags) {
                missing.append(unit)
                return nil
            }
            let isDamaged = self.random.chance(partsPerMillion: troubles.damagedBags)
            guard !inside.isEmpty, self.random.chance(partsPerMillion: troubles.countedBags) else {
                return FoundUnit(unit, isDamaged: isDamaged)
            }
            let counted = inside.filter { _ in !self.random.chance(partsPerMillion: troubles.lostFromBags) }
            return FoundUnit(unit, isDamaged: isDamaged, contents: counted)
        }
        for bag in missing where random.chance(partsPerMillion: troubles.foundBags) {
            agenda.add(.found(bag, id), at: stepper.now + .hours(20))
        }
    }

    /// The courier takes what has come to the end of our own network; what was taken out goes to the dock.
    func openGate(_ site: SiteID) throws {
        try settle()
        try crew.pull(at: site)
        try collect(at: site)
        if let dock = made.locations[site]?["DOCK"] { try crew.putBack(at: site, to: dock.id) }
    }
}
