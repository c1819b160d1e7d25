import Kernel
import Testing

/// Validity, weekdays and holidays: the days on which a policy applies.
@Suite struct PolicyDaysTests {
    private let day = CivilDate(dayNumber: 20_000)

    @Test func `a policy holds from its first day until the day it ends`() {
        let week = Validity(from: day, until: day + 7)
        #expect([-1, 0, 6, 7].map { week.holds(on: day + $0) } == [false, true, true, false])
        #expect(Validity.always.holds(on: day))
        #expect(Validity(from: day).holds(on: day + 9999) && !Validity(from: day).holds(on: day + -1))
        #expect(Validity(until: day).holds(on: day + -9999) && !Validity(until: day).holds(on: day))
    }

    @Test("two policies overlap where a day has both", arguments: [
        (0, 7, 7, 9, false), (0, 7, 6, 9, true), (0, 7, 2, 3, true), (nil, 7, 7, nil, false), (nil, 7, 6, nil, true),
        (0, nil, nil, nil, true), (nil, nil, nil, nil, true), (5, 5, nil, nil, false), (5, 5, 0, 9, false),
    ] as [(Int?, Int?, Int?, Int?, Bool)])
    func overlap(from: Int?, until: Int?, otherFrom: Int?, otherUntil: Int?, overlap: Bool) {
        let a = Validity(from: from.map { day + $0 }, until: until.map { day + $0 })
        let b = Validity(from: otherFrom.map { day + $0 }, until: otherUntil.map { day + $0 })
        #expect(a.overlaps(b) == overlap)
        #expect(b.overlaps(a) == overlap)
        #expect((-20..<20).contains { a.holds(on: day + $0) && b.holds(on: day + $0) } == overlap)
    }

    @Test func `weekdays contain the days of their numbers`() throws {
        let monday = try #require(CivilDate("2026-11-16"))
        let days = Weekdays([1, 3, 7])
        #expect((0..<7).map { days.contains(monday + $0) } == [true, false, true, false, false, false, true])
        #expect(days.numbers == [1, 3, 7])
        #expect(Weekdays.mondayToFriday.union([.init([6])]) == .mondayToSaturday)
        #expect(Weekdays.every.rawValue == 127)
    }

    @Test func `holidays are found whatever their order`() {
        let holidays = Holidays([day + 5, day, day + 5, day + 2])
        #expect(holidays.days == [day, day + 2, day + 5])
        #expect((-1...6).map { holidays.contains(day + $0) } == [false, true, false, true, false, false, true, false])
        #expect(!Holidays.none.contains(day))
    }
}
