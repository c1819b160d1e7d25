/// A day of the Gregorian calendar, without a zone.
@frozen
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package var dayNumber: Int

    @inlinable package init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// Nil where there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        // Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `2026-11-21`.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var parts: (year: Int, month: Int, day: Int) {
        // civil_from_days of the same paper.
        let z = dayNumber + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    /// ISO 8601: Monday is 1, Sunday 7.
    package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.dayNumber < b.dayNumber }
    @inlinable package static func + (a: Self, days: Int) -> Self { Self(dayNumber: a.dayNumber + days) }
    /// Days from `b` to `a`.
    @inlinable package static func - (a: Self, b: Self) -> Int { a.dayNumber - b.dayNumber }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate: WrittenAsText {
    package static let form = "a day of the form 2026-11-21"

    package var description: String {
        let (year, month, day) = parts
        return "\(zeroPadded(year, to: 4))-\(pad(month))-\(pad(day))"
    }
}
