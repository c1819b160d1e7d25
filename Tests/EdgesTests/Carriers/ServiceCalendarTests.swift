import Edges
import Kernel
import Testing

@Suite struct ServiceCalendarTests {
    @Test("service days leave out Sundays and holidays", arguments: [
        // 2026-11-21 is a Saturday; the Monday after is closed.
        ("2026-11-20", 0, "2026-11-20"), ("2026-11-20", 1, "2026-11-21"), ("2026-11-20", 2, "2026-11-24"),
        ("2026-11-22", 0, "2026-11-24"), ("2026-11-22", 1, "2026-11-24"), ("2026-11-21", 3, "2026-11-26"),
    ])
    func days(from: String, count: Int, expected: String) throws {
        let closed = try #require(CivilDate("2026-11-23"))
        let calendar = ServiceCalendar(holidays: [closed])
        #expect(calendar.day(count, after: try #require(CivilDate(from))).description == expected)
    }

    @Test("what is to arrive the same day is handed over by noon, on the courier's clock", arguments: [
        ("2026-11-18T10:59:00Z", 0, "2026-11-18"), ("2026-11-18T11:01:00Z", 0, "2026-11-19"),
        ("2026-11-18T11:01:00Z", 1, "2026-11-19"), ("2026-11-18T23:30:00Z", 1, "2026-11-20"),
    ])
    func noon(at: String, transitDays: Int, expected: String) throws {
        let calendar = ServiceCalendar(zone: try #require(TimeZoneRule.named("Europe/Berlin")))
        let day = calendar.firstAttempt(handedOver: try #require(Instant(at)), transitDays: transitDays)
        #expect(day.description == expected)
    }
}
