/// When a site works: weekly windows of local wall time, less the days it is closed.
///
/// A window's ends follow `TimeZoneRule`: 22:00 to 24:00 is three hours long on the night when an hour repeats within
/// it, and a window that lies within a skipped hour is empty.
package struct SiteCalendar: Sendable {
    package let zone: TimeZoneRule
    package let closures: Holidays
    /// By weekday (Monday first), then in the order of the day.
    private let week: [[OpeningWindow]]

    /// After so many days without an opening the answer is that there is none.
    package static let searchDays = 60

    /// - Throws: a refusal of the first window that has no such weekday, closes before it opens, or overlaps an
    ///   earlier one on the same day.
    package init(zone: TimeZoneRule, windows: [OpeningWindow], closures: Holidays = .none) throws(InvalidInput) {
        for (index, window) in windows.enumerated() {
            let field = "/windows/\(index)"
            guard (1...7).contains(window.weekday) else {
                throw InvalidInput(field: field + "/weekday", "A weekday is 1 (Monday) to 7, not \(window.weekday).")
            }
            guard window.opens < window.closes else {
                throw InvalidInput(
                    field: field + "/closes",
                    "A window closes after it opens; \(window.closes) is not after \(window.opens).")
            }
            guard !windows[..<index].contains(where: window.overlaps) else {
                throw InvalidInput(field: field, "The window from \(window.opens) overlaps another of that weekday.")
            }
        }
        self.init(zone: zone, checked: windows, closures: closures)
    }

    private init(zone: TimeZoneRule, checked windows: [OpeningWindow], closures: Holidays) {
        self.zone = zone
        self.closures = closures
        week = (1...7).map { weekday in
            windows.filter { $0.weekday == weekday }.sorted { $0.opens < $1.opens }
        }
    }

    /// A site that never closes.
    package static func alwaysOpen(in zone: TimeZoneRule) -> SiteCalendar {
        let windows = (1...7).map { OpeningWindow(weekday: $0, opens: .midnight, closes: .endOfDay) }
        return SiteCalendar(zone: zone, checked: windows, closures: .none)
    }

    package var windows: [OpeningWindow] { week.flatMap(\.self) }

    package func day(of instant: Instant) -> CivilDate { zone.day(of: instant) }

    /// The windows of a day that is no closure, whether or not they hold on it.
    private func windows(on day: CivilDate) -> [OpeningWindow] {
        closures.contains(day) ? [] : week[day.weekday - 1]
    }

    /// Nil where the window does not hold that day, or lies in a skipped hour.
    private func span(of window: OpeningWindow, on day: CivilDate) -> OpenSpan? {
        guard window.validity.holds(on: day) else { return nil }
        let opens = zone.instant(day, window.opens), closes = zone.instant(day, window.closes)
        return opens < closes ? OpenSpan(opens: opens, closes: closes) : nil
    }
}

extension SiteCalendar {
    package func isOpen(at instant: Instant) -> Bool {
        let day = day(of: instant)
        return windows(on: day).contains { window in
            guard let span = span(of: window, on: day) else { return false }
            return span.opens <= instant && instant < span.closes
        }
    }

    /// `instant` itself where the site is open, or the next moment it opens.
    package func nextOpening(atOrAfter instant: Instant) -> Instant? {
        var opening: Instant?
        walk(from: instant) { span in
            opening = max(span.opens, instant)
            return false
        }
        return opening
    }

    /// The moment by which so much open time has passed; at the close where it fits to the minute.
    ///
    /// Nothing to do is done at `instant`, open or not. Nil where the site has no opening for `searchDays`.
    package func add(workingMinutes: Int, to instant: Instant) -> Instant? {
        var left = Duration.minutes(max(workingMinutes, 0)).micros
        var end: Instant? = left == 0 ? instant : nil
        guard left > 0 else { return end }
        walk(from: instant) { span in
            let start = max(span.opens, instant)
            let open = span.closes.micros - start.micros
            guard left > open else {
                end = Instant(micros: start.micros + left)
                return false
            }
            left -= open
            return true
        }
        return end
    }

    /// The latest moment to begin so much work and be done by `deadline`. Nil as for `add`.
    package func latestStart(workingMinutes: Int, by deadline: Instant) -> Instant? {
        var left = Duration.minutes(max(workingMinutes, 0)).micros
        guard left > 0 else { return deadline }
        var day = day(of: deadline), idle = 0
        while idle <= Self.searchDays {
            for window in windows(on: day).reversed() {
                guard let span = span(of: window, on: day), span.opens < deadline else { continue }
                let end = min(span.closes, deadline)
                let open = end.micros - span.opens.micros
                if left <= open { return Instant(micros: end.micros - left) }
                left -= open
                idle = -1
            }
            idle += 1
            day = day + -1
        }
        return nil
    }

    /// Visits the spans that end after `instant`, in order, until `visit` says false or none came for `searchDays`.
    private func walk(from instant: Instant, _ visit: (OpenSpan) -> Bool) {
        var day = day(of: instant), idle = 0
        while idle <= Self.searchDays {
            for window in windows(on: day) {
                guard let span = span(of: window, on: day), span.closes > instant else { continue }
                guard visit(span) else { return }
                idle = -1
            }
            idle += 1
            day = day + 1
        }
    }
}
