import Facilities
import Kernel
import Store
import Transport

/// Plans the trips of the lanes' departures up to a horizon. Asking again adds what is new and changes nothing else.
package struct PlanTrips: Flow {
    let until: Instant
    let isOnDemand: Bool
    let network: NetworkCache

    /// How far ahead trips are planned, at most.
    package static let horizon = Duration.days(60)

    /// - Parameter onDemand: only departures that a parcel is to leave with; else all.
    package init(until: Instant, onDemand: Bool = false, network: NetworkCache) {
        self.until = until
        isOnDemand = onDemand
        self.network = network
    }

    /// The trips that are new, by departure.
    package func run(in tx: Transaction) throws -> [Trip] {
        guard until <= tx.now + Self.horizon else {
            throw InvalidInput(field: "/until", "Trips are planned for 60 days at most; \(until) is later.")
        }
        let network = try network.network(in: tx)
        let wanted = isOnDemand ? try Routes.departures(until: until, in: tx) : nil
        let trips = network.lanes.flatMap { lane -> [Trip] in
            guard let destination = lane.destination, let carrier = network.service(lane.service)?.carrier else { return [] }
            if let wanted, wanted[lane.id] == nil { return [] }
            let departures = (network.departures(lane.id)?.all(from: tx.now, until: until) ?? []).filter { one in
                wanted?[lane.id]?.contains(one.departs) ?? true
            }
            return departures.map { one in
                Trip(
                    id: tx.id(), lane: lane.id, origin: lane.origin, destination: destination, carrier: carrier,
                    service: lane.service, cutOff: one.cutOff, departs: one.departs,
                    arrives: one.departs + .minutes(Int64(lane.transitMinutes)))
            }
        }
        let fresh = try Trips.plan(trips, in: tx)
        try TripClocks.planned(fresh, in: tx)
        return fresh.sorted { ($0.departs, $0.id) < ($1.departs, $1.id) }
    }
}

extension Collections {
    /// By departure; of two at one moment the one with the later cut-off.
    func all(from start: Instant, until end: Instant) -> [(cutOff: Instant, departs: Instant)] {
        var found: [Instant: Instant] = [:]
        for group in groups {
            var at = start
            while let departs = group.departures.next(atOrAfter: at), departs <= end {
                let cutOff = departs - .minutes(Int64(group.cutOffMinutes))
                found[departs] = max(found[departs] ?? cutOff, cutOff)
                at = departs + .microseconds(1)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    }
}
