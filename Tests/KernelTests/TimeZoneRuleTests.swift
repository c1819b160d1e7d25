import Foundation
import Kernel
import Testing

@Suite struct TimeZoneRuleTests {
    /// A wall time, the first instant at which clocks show it or a later one, and what they show then.
    struct Wall: Sendable, CustomTestStringConvertible {
        let zone: String, wall: String, instant: String, shown: String
        init(_ zone: String, _ wall: String, _ instant: String, shows shown: String? = nil) {
            (self.zone, self.wall, self.instant, self.shown) = (zone, wall, instant, shown ?? wall)
        }
        var testDescription: String { "\(zone) \(wall)" }
    }

    private func at(_ wall: String) throws -> (CivilDate, LocalTime) {
        (try #require(CivilDate(wall.prefix(10))), try #require(LocalTime(wall.suffix(5))))
    }

    private func shown(_ instant: Instant, in zone: TimeZoneRule) -> String {
        "\(zone.day(of: instant)) \(zone.time(of: instant))"
    }

    @Test("a wall time is an instant and comes back", arguments: [
        // Spring: 02:00 becomes 03:00 at 01:00 UTC.
        Wall("Europe/Berlin", "2026-03-29 01:59", "2026-03-29T00:59:00Z"),
        Wall("Europe/Berlin", "2026-03-29 02:00", "2026-03-29T01:00:00Z", shows: "2026-03-29 03:00"),
        Wall("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:00:00Z", shows: "2026-03-29 03:00"),
        Wall("Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00Z"),
        Wall("Europe/Berlin", "2026-03-29 03:01", "2026-03-29T01:01:00Z"),
        // Autumn: 03:00 becomes 02:00 at 01:00 UTC.
        Wall("Europe/Berlin", "2026-10-25 01:59", "2026-10-24T23:59:00Z"),
        Wall("Europe/Berlin", "2026-10-25 02:00", "2026-10-25T00:00:00Z"),
        Wall("Europe/Berlin", "2026-10-25 02:59", "2026-10-25T00:59:00Z"),
        Wall("Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00Z"),
        Wall("Europe/Berlin", "2039-07-01 12:00", "2039-07-01T10:00:00Z"),
        Wall("America/New_York", "2026-03-08 01:59", "2026-03-08T06:59:00Z"),
        Wall("America/New_York", "2026-03-08 02:30", "2026-03-08T07:00:00Z", shows: "2026-03-08 03:00"),
        Wall("America/New_York", "2026-03-08 03:00", "2026-03-08T07:00:00Z"),
        Wall("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00Z"),
        Wall("America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00Z"),
        // São Paulo's clocks changed at midnight, and have not since 2019.
        Wall("America/Sao_Paulo", "2018-11-03 23:59", "2018-11-04T02:59:00Z"),
        Wall("America/Sao_Paulo", "2018-11-03 24:00", "2018-11-04T03:00:00Z", shows: "2018-11-04 01:00"),
        Wall("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:00:00Z", shows: "2018-11-04 01:00"),
        Wall("America/Sao_Paulo", "2018-11-04 01:00", "2018-11-04T03:00:00Z"),
        Wall("America/Sao_Paulo", "2019-02-16 23:30", "2019-02-17T01:30:00Z"),
        Wall("America/Sao_Paulo", "2019-02-17 00:00", "2019-02-17T03:00:00Z"),
        Wall("America/Sao_Paulo", "2019-12-01 12:00", "2019-12-01T15:00:00Z"),
        Wall("America/Sao_Paulo", "2026-07-01 12:00", "2026-07-01T15:00:00Z"),
        // Lord Howe Island changes by half an hour.
        Wall("Australia/Lord_Howe", "2026-10-04 01:59", "2026-10-03T15:29:00Z"),
        Wall("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30:00Z", shows: "2026-10-04 02:30"),
        Wall("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03T15:30:00Z"),
        Wall("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z"),
        Wall("Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04T15:30:00Z"),
        // Samoa left out a whole day when it moved over the date line.
        Wall("Pacific/Apia", "2011-12-29 23:59", "2011-12-30T09:59:00Z"),
        Wall("Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z", shows: "2011-12-31 00:00"),
        Wall("UTC", "2026-03-29 02:30", "2026-03-29T02:30:00Z"),
        Wall("Asia/Kathmandu", "2026-03-29 02:30", "2026-03-28T20:45:00Z"),
    ])
    func wall(_ wall: Wall) throws {
        let zone = try #require(TimeZoneRule.named(wall.zone)), (day, time) = try at(wall.wall)
        let instant = zone.instant(day, time)
        #expect(instant.description == wall.instant)
        #expect(shown(instant, in: zone) == wall.shown)
    }

    @Test("both passes through a repeated hour show the same wall time", arguments: [
        ("Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25 02:30"),
        ("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01 01:30"),
        ("America/Sao_Paulo", "2019-02-17T01:30:00Z", "2019-02-17T02:30:00Z", "2019-02-16 23:30"),
        ("Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", "2026-04-05 01:45"),
    ])
    func repeated(name: String, first: String, second: String, wall: String) throws {
        let zone = try #require(TimeZoneRule.named(name)), (day, time) = try at(wall)
        let both = [try #require(Instant(first)), try #require(Instant(second))]
        for instant in both { #expect(shown(instant, in: zone) == wall) }
        #expect(zone.instant(day, time) == both[0])
    }

    private static let zones = [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca",
        "Europe/Istanbul", "Asia/Pyongyang", "Pacific/Apia", "Asia/Shanghai",
    ]

    @Test("offsets agree with Foundation's from 2010 to 2040", arguments: zones)
    func offsets(name: String) throws {
        let zone = try #require(TimeZoneRule.named(name)), reference = try #require(TimeZone(identifier: name))
        var random = SeededRandom(seed: name.stableHash)
        for _ in 0..<20_000 {
            let second = 1_262_304_000 + Int64(random.below(978_307_200))
            let expected = reference.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
            #expect(zone.offsetSeconds(at: Instant(micros: second * 1_000_000)) == Int64(expected))
        }
    }

    @Test("a wall time is the first instant that shows it or a later one", arguments: zones)
    func first(name: String) throws {
        let zone = try #require(TimeZoneRule.named(name))
        let start = try #require(CivilDate("2010-01-02")).dayNumber
        func wall(_ instant: Instant) -> Int64 { instant.micros / 1_000_000 + zone.offsetSeconds(at: instant) }
        for day in (start..<start + 11_320).map({ CivilDate(dayNumber: $0) }) {
            for minute in stride(from: 0, through: 1440, by: 45) {
                let instant = zone.instant(day, try #require(LocalTime(minuteOfDay: minute)))
                let asked = Int64(day.dayNumber) * 86_400 + Int64(minute) * 60
                guard wall(instant) >= asked, wall(instant - .seconds(1)) < asked else {
                    Issue.record("\(name) \(day) minute \(minute) is not first at \(instant)")
                    return
                }
            }
        }
    }

    @Test func `a day has 23, 24 or 25 hours`() throws {
        let zone = try #require(TimeZoneRule.named("Europe/Berlin"))
        let hours = try ["2026-03-29", "2026-03-30", "2026-10-25"].map { text in
            let day = try #require(CivilDate(text))
            #expect(zone.instant(day, .endOfDay) == zone.instant(day + 1, .midnight))
            #expect(zone.day(of: zone.lastSecond(of: day)) == day)
            return (zone.instant(day, .endOfDay) - zone.instant(day, .midnight)).micros / 3_600_000_000
        }
        #expect(hours == [23, 24, 25])
    }

    @Test func `beyond the known years the offset at the edge holds`() throws {
        let zone = try #require(TimeZoneRule.named("Europe/Berlin"))
        #expect(zone.offsetSeconds(at: .distantPast) == 3600)
        #expect(zone.offsetSeconds(at: .distantFuture) == 3600)
        #expect(shown(.distantPast, in: zone) == "1970-01-01 01:00")
    }

    @Test("what is no IANA place is nil", arguments: ["", "Mars/Olympus", "Berlin", "europe/berlin", "GMT+5", "CET", "/"])
    func unknown(name: String) { #expect(TimeZoneRule.named(name) == nil) }
}
