import Kernel

/// When a courier collects from a site for one service, and until when parcels must stand ready for it.
package struct Collections: Hashable, Sendable {
    /// Departures that share a cut-off.
    package struct Group: Hashable, Sendable {
        /// How long before the departure parcels have to stand ready.
        package let cutOffMinutes: Int
        package let departures: Departures
    }

    /// All departures; on no day that the site is closed.
    package let departures: Departures
    /// By cut-off, the shortest first.
    package let groups: [Group]

    /// The cut-off to reckon with where one has to stand for all.
    package var longestCutOffMinutes: Int { groups.last?.cutOffMinutes ?? 0 }

    /// - Parameter lanes: last miles of one site by one service.
    init(lanes: [Lane], zone: TimeZoneRule, closures: Holidays) {
        let weekly = lanes.flatMap { lane in
            lane.departures.compactMap { departure -> (cutOff: Int, Departure)? in
                let validity = departure.validity.intersection(lane.validity)
                guard !validity.isEmpty else { return nil }
                return (
                    departure.cutOffMinutes,
                    Departure(Weekdays([departure.weekday]), leaves: departure.leaves, validity: validity)
                )
            }
        }
        departures = Departures(zone: zone, weekly: weekly.map(\.1), exceptions: closures)
        groups = Dictionary(grouping: weekly, by: \.cutOff).sorted { $0.key < $1.key }.map {
            Group(
                cutOffMinutes: $0.key,
                departures: Departures(zone: zone, weekly: $0.value.map(\.1), exceptions: closures))
        }
    }

    /// The first departure that what is ready at `instant` can leave with, and its cut-off; nil where none comes for
    /// `SiteCalendar.searchDays`.
    package func next(readyAt instant: Instant) -> (cutOff: Instant, departs: Instant)? {
        var first: (cutOff: Instant, departs: Instant)?
        for group in groups {
            let notice = Duration.minutes(group.cutOffMinutes)
            guard let departs = group.departures.next(atOrAfter: instant + notice) else { continue }
            if first.map({ departs < $0.departs }) ?? true { first = (departs - notice, departs) }
        }
        return first
    }
}
