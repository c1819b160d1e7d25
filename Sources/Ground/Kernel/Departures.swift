/// A weekly departure, on the wall clock of its site: a courier's collection, a truck, a flight's acceptance.
package struct Departure: Hashable, Sendable, Codable {
    package let weekdays: Weekdays
    package let leaves: LocalTime
    package let validity: Validity

    package init(_ weekdays: Weekdays, leaves: LocalTime, validity: Validity = .always) {
        self.weekdays = weekdays
        self.leaves = leaves
        self.validity = validity
    }

    func runs(on day: CivilDate) -> Bool { weekdays.contains(day) && validity.holds(on: day) }
}

/// The cut-offs of a carrier service at a site.
package struct Departures: Hashable, Sendable {
    package let zone: TimeZoneRule
    package let weekly: [Departure]
    /// Days on which nothing leaves.
    package let exceptions: Holidays

    /// - Parameter weekly: in any order; two at the same time count once.
    package init(zone: TimeZoneRule, weekly: [Departure], exceptions: Holidays = .none) {
        self.zone = zone
        self.weekly = weekly
        self.exceptions = exceptions
    }

    /// Nil where nothing leaves for `SiteCalendar.searchDays`. A departure at a skipped time leaves after the gap.
    package func next(atOrAfter instant: Instant) -> Instant? {
        var day = zone.day(of: instant)
        for _ in 0...SiteCalendar.searchDays {
            if !exceptions.contains(day), let leaves = first(on: day, atOrAfter: instant) { return leaves }
            day = day + 1
        }
        return nil
    }

    private func first(on day: CivilDate, atOrAfter instant: Instant) -> Instant? {
        var first: Instant?
        for departure in weekly where departure.runs(on: day) {
            let leaves = zone.instant(day, departure.leaves)
            if leaves >= instant, first.map({ leaves < $0 }) ?? true { first = leaves }
        }
        return first
    }
}
