import Kernel
import Testing

@testable import Decisions

@Suite struct WorkSlotsTests {
    private func slots(_ capacity: Int64?..., booked: Int64 = 0) -> WorkSlots {
        let start = Instant(micros: 1_700_000_000_000_000)
        return WorkSlots(
            WorkKey(SiteID(1), .pick),
            capacity.enumerated().map { day, units in
                WorkSlot(starts: start + .days(day), ends: start + .days(day) + .hours(10), capacity: units, booked: booked)
            })
    }

    @Test func `work stands behind what is booked, and goes on in the next shift`() throws {
        let week = slots(100, 100, booked: 40), start = week.slots[0].starts
        let some = try #require(week.work(10, from: start))
        #expect(some.done == start + .hours(5))
        let large = try #require(week.work(90, from: start))
        #expect(large.bookings.map(\.units) == [60, 30])
        #expect(large.done == start + .days(1) + .hours(7))
        #expect(week.work(121, from: start) == nil)
    }

    @Test func `time that passed without work is lost`() throws {
        let shift = slots(100).slots[0], now = shift.starts + .hours(4)
        #expect(shift.seen(at: now).lost == 40)
        #expect(shift.seen(at: now).free(from: now) == 60)
        #expect(shift.free(from: now) == 60)
    }

    @Test func `a day without a limit takes everything and books nothing`() throws {
        let week = slots(5, nil)
        let found = try #require(week.work(1000, from: week.slots[0].starts))
        #expect(found.bookings.map(\.units) == [5])
        #expect(found.done == week.slots[1].starts)
    }

    @Test func `fifty thousand orders take as many shifts as they need`() throws {
        var month = slots(2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000)
        month.slots += (13..<26).map {
            let starts = month.slots[0].starts + .days($0)
            return WorkSlot(starts: starts, ends: starts + .hours(10), capacity: 2000)
        }
        let start = month.slots[0].starts
        var last = start
        for _ in 0..<50_000 {
            let (done, bookings) = try #require(month.work(1, from: start))
            #expect(done >= last)
            last = done
            let at = try #require(month.slots.firstIndex { $0.starts == bookings[0].starts })
            month.slots[at].booked += 1
        }
        #expect(month.slots.map(\.booked) == Array(repeating: 2000, count: 25) + [0])
        #expect(last == month.slots[24].ends)
    }
}
