/// A weekly stretch of open time, on the wall clock of its site.
package struct OpeningWindow: Hashable, Sendable, Codable {
    /// ISO 8601: Monday is 1, Sunday 7.
    package let weekday: Int
    package let opens: LocalTime
    /// Later than `opens`; 24:00 at most, so a shift over midnight is two windows.
    package let closes: LocalTime
    package let validity: Validity

    package init(weekday: Int, opens: LocalTime, closes: LocalTime, validity: Validity = .always) {
        self.weekday = weekday
        self.opens = opens
        self.closes = closes
        self.validity = validity
    }

    func overlaps(_ other: OpeningWindow) -> Bool {
        weekday == other.weekday && opens < other.closes && other.opens < closes && validity.overlaps(other.validity)
    }
}

/// A stretch of time, without its end.
package struct OpenSpan: Hashable, Sendable {
    package let opens: Instant
    package let closes: Instant
}
