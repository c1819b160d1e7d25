/// What a wall clock shows, to the minute: 00:00 to 24:00, the end of the day.
@frozen
package struct LocalTime: Comparable {
    /// Minutes since midnight as the clock counts them, 0 to 1440; not elapsed time on a day of 23 or 25 hours.
    package let minuteOfDay: Int

    /// Nil outside 0 to 1440.
    @inlinable package init?(minuteOfDay: Int) {
        guard 0 <= minuteOfDay, minuteOfDay <= 1440 else { return nil }
        self.minuteOfDay = minuteOfDay
    }

    /// Reads `08:30`. Nil where there is no such time; `24:00` is one.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            let hour = number(bytes[0..<2]), let minute = number(bytes[3..<5]), minute < 60
        else { return nil }
        self.init(minuteOfDay: hour * 60 + minute)
    }

    /// The start of the day, also where the clock springs over it.
    package static let midnight = Self(clamping: 0)
    /// 24:00.
    package static let endOfDay = Self(clamping: 1440)

    init(clamping minute: Int) { minuteOfDay = min(max(minute, 0), 1440) }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.minuteOfDay < b.minuteOfDay }
}

extension LocalTime: WrittenAsText {
    package static let form = "a time of day of the form 08:30"
    package var description: String { "\(pad(minuteOfDay / 60)):\(pad(minuteOfDay % 60))" }
}
