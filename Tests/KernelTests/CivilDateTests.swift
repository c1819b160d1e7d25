import Kernel
import Testing

@Suite struct CivilDateTests {
    @Test("a day has its number and its weekday", arguments: [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2), ("2024-02-29", 19_782, 4),
        ("2026-11-21", 20_778, 6), ("2026-11-22", 20_779, 7), ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5),
    ])
    func known(text: String, number: Int, weekday: Int) throws {
        let day = try #require(CivilDate(text))
        #expect(day.dayNumber == number)
        #expect(day.weekday == weekday)
        #expect(day.description == text)
    }

    @Test("a day that does not exist is nil", arguments: [
        "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "26-01-01",
        "2026/01/01", "2026-1-01", "2026-01-011", "", "+026-01-01",
    ])
    func refused(text: String) { #expect(CivilDate(text) == nil) }

    @Test func `four hundred years count up day by day`() throws {
        var expected = (year: 1800, month: 1, day: 1)
        let start = try #require(CivilDate(year: 1800, month: 1, day: 1))
        for offset in 0..<146_097 {
            let parts = (start + offset).parts
            guard parts == expected else {
                Issue.record("day \(offset) is \(parts), not \(expected)")
                return
            }
            if CivilDate(year: expected.year, month: expected.month, day: expected.day + 1) != nil {
                expected.day += 1
            } else {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
        #expect(expected == (2200, 1, 1))
    }

    @Test func `days add and subtract`() throws {
        let day = try #require(CivilDate("2026-02-28"))
        #expect((day + 1).description == "2026-03-01")
        #expect((day + -59).description == "2025-12-31")
        #expect((day + 365) - day == 365)
        #expect(day < day + 1)
    }
}
