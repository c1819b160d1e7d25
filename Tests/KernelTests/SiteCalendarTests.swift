import Kernel
import Testing

@Suite struct SiteCalendarTests {
    /// Monday to Friday 08:00 to 12:00 and 13:00 to 17:00 in Berlin, closed on the first of May.
    private func office(_ extra: [OpeningWindow] = []) throws -> SiteCalendar {
        let windows = try (1...5).flatMap { [try window($0, "08:00", "12:00"), try window($0, "13:00", "17:00")] }
        return try SiteCalendar(
            zone: berlin, windows: extra + windows.shuffled(), closures: [try #require(CivilDate("2026-05-01"))])
    }

    private var berlin: TimeZoneRule { get throws { try #require(TimeZoneRule.named("Europe/Berlin")) } }

    private func window(
        _ weekday: Int, _ opens: String, _ closes: String, _ validity: Validity = .always
    ) throws -> OpeningWindow {
        OpeningWindow(
            weekday: weekday, opens: try #require(LocalTime(opens)), closes: try #require(LocalTime(closes)),
            validity: validity)
    }

    /// `2026-04-30 08:00` in Berlin.
    private func at(_ wall: String) throws -> Instant {
        try berlin.instant(try #require(CivilDate(wall.prefix(10))), try #require(LocalTime(wall.suffix(5))))
    }

    @Test("a window includes its opening and not its close", arguments: [
        ("2026-04-30 07:59", false), ("2026-04-30 08:00", true), ("2026-04-30 11:59", true), ("2026-04-30 12:00", false),
        ("2026-04-30 13:00", true), ("2026-04-30 17:00", false), ("2026-05-01 09:00", false), ("2026-05-02 09:00", false),
        ("2026-05-04 09:00", true),
    ])
    func open(wall: String, open: Bool) throws { #expect(try office().isOpen(at: at(wall)) == open) }

    @Test("the next opening is now, later today, or after nights, weekends and closures", arguments: [
        ("2026-04-30 09:30", "2026-04-30 09:30"), ("2026-04-30 12:00", "2026-04-30 13:00"),
        ("2026-04-30 00:00", "2026-04-30 08:00"), ("2026-04-30 17:00", "2026-05-04 08:00"),
        ("2026-05-03 23:59", "2026-05-04 08:00"),
    ])
    func nextOpening(from: String, to: String) throws { #expect(try office().nextOpening(atOrAfter: at(from)) == at(to)) }

    @Test("work goes on only while the site is open", arguments: [
        ("2026-04-29 09:00", 60, "2026-04-29 10:00"), ("2026-04-29 11:30", 60, "2026-04-29 13:30"),
        ("2026-04-29 12:15", 60, "2026-04-29 14:00"), ("2026-04-29 16:00", 60, "2026-04-29 17:00"),
        ("2026-04-29 16:00", 61, "2026-04-30 08:01"), ("2026-04-30 16:30", 90, "2026-05-04 09:00"),
        ("2026-04-29 08:00", 480, "2026-04-29 17:00"), ("2026-04-29 08:00", 960, "2026-04-30 17:00"),
        ("2026-04-29 20:00", 0, "2026-04-29 20:00"), ("2026-04-29 08:00", 2400, "2026-05-06 17:00"),
    ])
    func add(from: String, minutes: Int, to: String) throws {
        #expect(try office().add(workingMinutes: minutes, to: at(from)) == at(to))
    }

    @Test("the latest start leaves just enough open time", arguments: [
        ("2026-04-29 10:00", 60, "2026-04-29 09:00"), ("2026-04-29 13:30", 60, "2026-04-29 11:30"),
        ("2026-04-29 20:00", 60, "2026-04-29 16:00"), ("2026-05-04 09:00", 90, "2026-04-30 16:30"),
        ("2026-04-29 20:00", 0, "2026-04-29 20:00"), ("2026-05-04 07:00", 480, "2026-04-30 08:00"),
    ])
    func latestStart(by: String, minutes: Int, start: String) throws {
        #expect(try office().latestStart(workingMinutes: minutes, by: at(by)) == at(start))
    }

    @Test func `adding, stepping by the minute and going back agree`() throws {
        let office = try office()
        var random = SeededRandom(seed: 61)
        for _ in 0..<300 {
            let start = try at("2026-03-20 00:00") + .minutes(random.below(60 * 24 * 60))
            let minutes = 1 + random.below(700)
            var clock = start, worked = 0
            while worked < minutes {
                if office.isOpen(at: clock) { worked += 1 }
                clock = clock + .minutes(1)
            }
            #expect(office.add(workingMinutes: minutes, to: start) == clock)
            let latest = try #require(office.latestStart(workingMinutes: minutes, by: clock))
            #expect(latest >= start)
            #expect(office.add(workingMinutes: minutes, to: latest) == clock)
            #expect(try #require(office.add(workingMinutes: minutes, to: latest + .minutes(1))) > clock)
        }
    }

    @Test func `a night shift over the change of clocks is as long as it is`() throws {
        let nights = try SiteCalendar(zone: berlin, windows: [
            window(6, "22:00", "24:00"), window(7, "00:00", "06:00"),
        ])
        let hours = { (day: String) in
            let start = try at(day + " 22:00")
            let end = try #require(nights.add(workingMinutes: 60, to: start + .hours(5)))
            return (end - start).micros / 3_600_000_000
        }
        #expect(try hours("2026-03-21") == 6)
        // Six hours of work from 22:00 end at 05:00 in spring and at 03:00 in autumn.
        #expect(try nights.add(workingMinutes: 360, to: at("2026-03-28 22:00")) == at("2026-03-29 05:00"))
        #expect(try nights.add(workingMinutes: 360, to: at("2026-10-24 22:00")) == at("2026-10-25 03:00"))
        #expect(try nights.latestStart(workingMinutes: 360, by: at("2026-03-29 05:00")) == at("2026-03-28 22:00"))
    }

    @Test func `a window within the skipped hour does not open`() throws {
        let early = try SiteCalendar(zone: berlin, windows: [window(7, "02:00", "02:45")])
        #expect(try early.nextOpening(atOrAfter: at("2026-03-28 12:00")) == at("2026-04-05 02:00"))
    }

    @Test func `windows hold from their first day until their end`() throws {
        let change = try #require(CivilDate("2026-06-01"))
        let calendar = try SiteCalendar(zone: berlin, windows: [
            window(1, "08:00", "16:00", Validity(until: change)), window(1, "10:00", "18:00", Validity(from: change)),
        ])
        #expect(try calendar.nextOpening(atOrAfter: at("2026-05-25 00:00")) == at("2026-05-25 08:00"))
        #expect(try calendar.nextOpening(atOrAfter: at("2026-06-01 00:00")) == at("2026-06-01 10:00"))
    }

    @Test func `sixty days without an opening are none`() throws {
        let opens = try #require(CivilDate("2026-06-01"))
        let calendar = try SiteCalendar(zone: berlin, windows: [window(1, "08:00", "16:00", Validity(from: opens))])
        #expect(try calendar.nextOpening(atOrAfter: at("2026-04-02 12:00")) == at("2026-06-01 08:00"))
        #expect(try calendar.nextOpening(atOrAfter: at("2026-04-01 12:00")) == nil)
        #expect(try calendar.add(workingMinutes: 1, to: at("2026-04-01 12:00")) == nil)
        #expect(try calendar.latestStart(workingMinutes: 1, by: at("2026-06-01 08:00")) == nil)
        let never = try SiteCalendar(zone: berlin, windows: [])
        #expect(try never.nextOpening(atOrAfter: at("2026-04-01 12:00")) == nil)
        #expect(try !never.isOpen(at: at("2026-04-01 12:00")))
    }

    @Test func `a site that never closes works around the clock`() throws {
        let always = SiteCalendar.alwaysOpen(in: try berlin)
        let start = try at("2026-03-27 13:37")
        #expect(always.isOpen(at: start))
        #expect(always.nextOpening(atOrAfter: start) == start)
        #expect(always.add(workingMinutes: 7 * 1440, to: start) == start + .days(7))
        #expect(always.latestStart(workingMinutes: 7 * 1440, by: start) == start - .days(7))
    }

    @Test func `windows that make no sense are refused by their place`() throws {
        let cases: [([OpeningWindow], String)] = [
            ([try window(0, "08:00", "09:00")], "/windows/0/weekday"),
            ([try window(8, "08:00", "09:00")], "/windows/0/weekday"),
            ([try window(1, "09:00", "09:00")], "/windows/0/closes"),
            ([try window(1, "08:00", "12:00"), try window(1, "11:59", "13:00")], "/windows/1"),
        ]
        for (windows, field) in cases {
            let refusal = #expect(throws: InvalidInput.self) { try SiteCalendar(zone: berlin, windows: windows) }
            #expect(refusal?.field == field)
        }
        #expect(try office().windows.count == 10)
    }
}
