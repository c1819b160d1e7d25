import Kernel
import Store

extension RowReader {
    /// The next column as a value with a text form of its own.
    mutating func nextWritten<T: WrittenAsText>(_: T.Type = T.self) throws -> T {
        let text = try next(String.self)
        guard let value = T(text) else { throw StoreError.unexpected("'\(text)' is not \(T.form)") }
        return value
    }

    /// The next two columns: latitude, longitude.
    mutating func nextPlace() throws -> Coordinates {
        let (latitude, longitude) = try (next(Int64.self), next(Int64.self))
        guard let place = Coordinates(latitude: latitude, longitude: longitude) else {
            throw StoreError.unexpected("\(latitude), \(longitude) is off the globe")
        }
        return place
    }

    /// The next column as an IANA zone.
    mutating func nextZone() throws -> TimeZoneRule {
        let name = try next(String.self)
        guard let zone = TimeZoneRule.named(name) else { throw StoreError.unexpected("this system has no zone '\(name)'") }
        return zone
    }

    /// The next two columns: from_day, until_day.
    mutating func nextValidity() throws -> Validity { Validity(storedFrom: try next(), until: try next()) }

    /// The next column as minutes since midnight.
    mutating func nextTime() throws -> LocalTime {
        let minute = try next(Int.self)
        guard let time = LocalTime(minuteOfDay: minute) else { throw StoreError.unexpected("\(minute) is no time of day") }
        return time
    }

    /// The next column as a bit set of weekdays.
    mutating func nextWeekdays() throws -> Weekdays { Weekdays(rawValue: UInt8(truncatingIfNeeded: try next(Int.self))) }

    /// The next column as a JSON array of words.
    mutating func nextTraits() throws -> GoodsTraits {
        let words = try next(JSON.self).array?.compactMap(\.string) ?? []
        guard let traits = GoodsTraits(words: words) else {
            throw StoreError.unexpected("\(words) are not all traits of goods")
        }
        return traits
    }
}

/// The columns from_day and until_day: the first day, and the day after the last; an open end is far away.
extension Validity {
    private static let always = 0...2_932_897

    init(storedFrom from: CivilDate, until: CivilDate) {
        self.init(
            from: from.dayNumber == Self.always.lowerBound ? nil : from,
            until: until.dayNumber == Self.always.upperBound ? nil : until)
    }

    /// 1970-01-01 where it always held.
    var storedFrom: CivilDate { from ?? CivilDate(dayNumber: Self.always.lowerBound) }
    /// 10000-01-01 where no end is known.
    var storedUntil: CivilDate { until ?? CivilDate(dayNumber: Self.always.upperBound) }

    /// The days on which both hold.
    func intersection(_ other: Validity) -> Validity {
        Validity(
            from: [from, other.from].compactMap(\.self).max(), until: [until, other.until].compactMap(\.self).min())
    }
}
