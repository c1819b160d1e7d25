import Kernel

/// The days on which a courier moves and delivers.
package struct ServiceCalendar: Hashable, Sendable {
    package var zone: TimeZoneRule
    package var weekdays: Weekdays
    package var holidays: Holidays

    /// - Precondition: at least one weekday.
    package init(zone: TimeZoneRule = .utc, weekdays: Weekdays = Weekdays(1...6), holidays: Holidays = .none) {
        precondition(!weekdays.isEmpty, "a courier works on at least one day of the week")
        self.zone = zone
        self.weekdays = weekdays
        self.holidays = holidays
    }

    package func isServed(_ day: CivilDate) -> Bool { weekdays.contains(day) && !holidays.contains(day) }

    /// The day so many service days after `day`; for zero, `day` itself or the next service day.
    package func day(_ serviceDays: Int, after day: CivilDate) -> CivilDate {
        var day = day, left = serviceDays
        while left > 0 || !isServed(day) {
            day = day + 1
            if isServed(day) { left -= 1 }
        }
        return day
    }

    /// The day of the first attempt. What is to be delivered the same day has to be handed over by noon.
    package func firstAttempt(handedOver: Instant, transitDays: Int) -> CivilDate {
        let day = zone.day(of: handedOver)
        let isLate = transitDays == 0 && zone.time(of: handedOver).minuteOfDay > 12 * 60
        return self.day(isLate ? 1 : transitDays, after: day)
    }
}
