import Kernel
import Testing

@Suite struct LocalTimeTests {
    @Test("a time of day is read and written", arguments: [
        ("00:00", 0), ("08:05", 485), ("23:59", 1439), ("24:00", 1440),
    ])
    func read(text: String, minute: Int) throws {
        let time = try #require(LocalTime(text))
        #expect(time.minuteOfDay == minute && time.description == text && LocalTime(minuteOfDay: minute) == time)
    }

    @Test("what is no time of day is nil", arguments: [
        "", "8:05", "24:01", "25:00", "12:60", "12-30", "12:3", "-1:00", "12:30:00",
    ])
    func refused(text: String) { #expect(LocalTime(text) == nil) }

    @Test("a minute outside the day is nil", arguments: [-1, 1441, Int.max, Int.min])
    func outside(minute: Int) { #expect(LocalTime(minuteOfDay: minute) == nil) }
}
