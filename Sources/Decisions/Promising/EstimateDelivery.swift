import Kernel

extension DeliveryWindow {
    /// When a parcel handed over at `departed` is expected, as seen `now`.
    ///
    /// A parcel that has not come by the day expected is expected on the next day of delivery from today on.
    /// - Parameters:
    ///   - departed: when the carrier took it.
    ///   - origin: the zone of the place it left.
    ///   - now: no day before today (at the destination) is estimated.
    package static func estimate(
        from departed: Instant, in origin: TimeZoneRule, by transit: TransitTime, to destination: PromiseDestination,
        now: Instant
    ) throws(NoPromise) -> DeliveryWindow {
        try after(departure: departed, from: origin, by: transit, to: destination, seen: now)
    }

    /// The days of delivery after a departure.
    ///
    /// Transit counts from the day of departure on the origin's calendar; a day counts when the service moves on it and
    /// the destination keeps no holiday. Delivery falls on the first day of delivery from the last counted day on.
    static func after(
        departure: Instant, from origin: TimeZoneRule, by transit: TransitTime, to destination: PromiseDestination,
        seen now: Instant
    ) throws(NoPromise) -> DeliveryWindow {
        let left = origin.day(of: departure)
        // Over the date line it may be tomorrow at the destination when the parcel leaves.
        let today = destination.zone.day(of: max(departure, now))
        guard let soonest = transit.arrival(after: left, days: transit.minimumDays, at: destination),
            let earliest = transit.delivery(onOrAfter: max(soonest, today), at: destination),
            let likely = transit.arrival(after: left, days: transit.likelyDays, at: destination),
            let latest = transit.delivery(onOrAfter: max(likely, today), at: destination)
        else { throw .noDeliveryDay }
        return DeliveryWindow(earliest: earliest, latest: latest, zone: destination.zone, departure: departure)
    }
}

extension TransitTime {
    /// The last of so many days of transit after `day`; nil where none comes for `SiteCalendar.searchDays`.
    func arrival(after day: CivilDate, days: Int, at destination: PromiseDestination) -> CivilDate? {
        var day = day, left = days, idle = 0
        while left > 0 {
            day = day + 1
            if movesOn.contains(day), !destination.holidays.contains(day) {
                left -= 1
                idle = 0
            } else {
                idle += 1
                if idle > SiteCalendar.searchDays { return nil }
            }
        }
        return day
    }

    /// The first day of delivery; nil where none comes for `SiteCalendar.searchDays`.
    func delivery(onOrAfter day: CivilDate, at destination: PromiseDestination) -> CivilDate? {
        (0...SiteCalendar.searchDays).lazy.map { day + $0 }.first {
            deliversOn.contains($0) && !destination.holidays.contains($0)
        }
    }
}
