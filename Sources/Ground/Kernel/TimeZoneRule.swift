import Foundation
import Synchronization

/// When a zone's clocks change: from wall time to an instant and back in some nanoseconds.
///
/// Two kinds of wall time need a choice, and one rule makes it: a wall time stands for *the first instant at which
/// the zone's clocks show it or a later one*. So a time that is skipped in spring is the first instant after the gap,
/// and a time that comes twice in autumn is its first occurrence. The way back is exact always.
///
/// Changes are known from 2010 to 2040; before and after, the offset at that edge holds.
package final class TimeZoneRule: Sendable {
    /// The IANA name: `Europe/Berlin`.
    package let name: String
    /// UTC seconds at which span 1, 2 … begins.
    private let changes: [Int64]
    /// Seconds east of UTC within span 0, 1 …; one more than `changes`.
    private let offsets: [Int64]
    /// What the wall clock shows as span 0, 1 … ends, in seconds as if it were UTC; one for each of `changes`.
    private let wallEnds: [Int64]

    private init(name: String, changes: [Int64], offsets: [Int64]) {
        self.name = name
        self.changes = changes
        self.offsets = offsets
        wallEnds = zip(changes, offsets).map { $0 + $1 }
    }

    package static let utc = TimeZoneRule(name: "UTC", changes: [], offsets: [0])

    /// The rule of an IANA zone, made once a process. Nil where the name is unknown or an alias that is no place.
    package static func named(_ name: String) -> TimeZoneRule? {
        if name == utc.name { return utc }
        return known.withLock { known in
            if let rule = known[name] { return rule }
            guard name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
            let (changes, offsets) = scan(zone)
            let rule = TimeZoneRule(name: name, changes: changes, offsets: offsets)
            known[name] = rule
            return rule
        }
    }

    private static let known = Mutex<[String: TimeZoneRule]>([:])

    // MARK: An instant on the wall

    /// Seconds east of UTC.
    package func offsetSeconds(at instant: Instant) -> Int64 {
        offsets[firstIndex(in: changes, above: instant.micros.flooredDivision(by: 1_000_000).quotient)]
    }

    /// Microseconds as if the wall clock showed UTC.
    private func wallMicros(_ instant: Instant) -> Int64 { instant.micros + offsetSeconds(at: instant) * 1_000_000 }

    package func day(of instant: Instant) -> CivilDate {
        CivilDate(dayNumber: Int(wallMicros(instant).flooredDivision(by: 86_400_000_000).quotient))
    }

    /// The minute that the clock shows, seconds cut off.
    package func time(of instant: Instant) -> LocalTime {
        LocalTime(clamping: Int(wallMicros(instant).flooredDivision(by: 86_400_000_000).remainder / 60_000_000))
    }

    // MARK: A wall time as an instant

    /// The first instant at which the clocks show this time of this day, or a later one.
    package func instant(_ day: CivilDate, _ time: LocalTime) -> Instant {
        let wall = Int64(day.dayNumber) * 86_400 + Int64(time.minuteOfDay) * 60
        let span = firstIndex(in: wallEnds, above: wall)
        let seconds = wall - offsets[span]
        return Instant(micros: (span == 0 ? seconds : max(seconds, changes[span - 1])) * 1_000_000)
    }

    /// The day's last second: for "by the end of that day".
    package func lastSecond(of day: CivilDate) -> Instant { instant(day, .endOfDay) - .seconds(1) }
}

extension TimeZoneRule: Hashable, CustomStringConvertible {
    package static func == (a: TimeZoneRule, b: TimeZoneRule) -> Bool { a === b || a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
    package var description: String { name }
}

/// The index of the first element above `value` in an ascending array; its count where none is.
private func firstIndex(in sorted: [Int64], above value: Int64) -> Int {
    var low = 0, high = sorted.count
    while low < high {
        let middle = (low + high) / 2
        if sorted[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
}

/// Finds the changes by looking at every day's start and halving to the second where two differ. (Asking for daylight
/// saving transitions would miss a zone that changes its standard time.)
private func scan(_ zone: TimeZone) -> (changes: [Int64], offsets: [Int64]) {
    func offset(_ second: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second))))
    }
    let start: Int64 = 1_262_304_000, end: Int64 = 2_240_611_200  // 2010-01-01 and 2041-01-01
    var changes: [Int64] = [], offsets = [offset(start)]
    for second in stride(from: start, to: end, by: 86_400) {
        var before = second, after = second + 86_400
        let next = offset(after)
        guard next != offsets[offsets.count - 1] else { continue }
        while after - before > 1 {
            let middle = (before + after) / 2
            if offset(middle) == next { after = middle } else { before = middle }
        }
        changes.append(after)
        offsets.append(next)
    }
    return (changes, offsets)
}
