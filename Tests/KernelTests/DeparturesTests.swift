import Kernel
import Testing

@Suite struct DeparturesTests {
    private func departures(_ weekly: [Departure], exceptions: Holidays = .none) throws -> Departures {
        Departures(zone: try #require(TimeZoneRule.named("Europe/Berlin")), weekly: weekly, exceptions: exceptions)
    }

    private func leaves(_ days: Weekdays, _ time: String, _ validity: Validity = .always) throws -> Departure {
        Departure(days, leaves: try #require(LocalTime(time)), validity: validity)
    }

    private func at(_ wall: String) throws -> Instant {
        try departures([]).zone.instant(try #require(CivilDate(wall.prefix(10))), try #require(LocalTime(wall.suffix(5))))
    }

    @Test("the next departure is the first at or after the moment", arguments: [
        ("2026-11-18 09:00", "2026-11-18 11:00"), ("2026-11-18 11:00", "2026-11-18 11:00"),
        ("2026-11-18 11:01", "2026-11-18 17:30"), ("2026-11-18 17:31", "2026-11-19 11:00"),
        ("2026-11-20 18:00", "2026-11-21 09:00"), ("2026-11-21 09:01", "2026-11-24 11:00"),
    ])
    func next(from: String, to: String) throws {
        // Evenings first: the order given does not matter. On Monday the 23rd nothing leaves.
        let plan = try departures(
            [leaves(.mondayToFriday, "17:30"), leaves(.mondayToFriday, "11:00"), leaves(Weekdays([6]), "09:00")],
            exceptions: [try #require(CivilDate("2026-11-23"))])
        #expect(try plan.next(atOrAfter: at(from)) == at(to))
    }

    @Test func `a cut-off that ends is replaced by the one that begins`() throws {
        let change = try #require(CivilDate("2026-12-01"))
        let plan = try departures([
            leaves(.every, "16:00", Validity(until: change)), leaves(.every, "18:00", Validity(from: change)),
        ])
        #expect(try plan.next(atOrAfter: at("2026-11-30 12:00")) == at("2026-11-30 16:00"))
        #expect(try plan.next(atOrAfter: at("2026-11-30 17:00")) == at("2026-12-01 18:00"))
    }

    @Test func `a departure at a skipped time leaves after the gap, at a repeated time the first time`() throws {
        let nightly = try departures([leaves(.every, "02:30")])
        #expect(try nightly.next(atOrAfter: at("2026-03-29 00:00")) == Instant("2026-03-29T01:00:00Z"))
        #expect(try nightly.next(atOrAfter: at("2026-10-25 00:00")) == Instant("2026-10-25T00:30:00Z"))
        #expect(try nightly.next(atOrAfter: #require(Instant("2026-10-25T01:00:00Z"))) == at("2026-10-26 02:30"))
    }

    @Test func `sixty days without a departure are none`() throws {
        #expect(try departures([]).next(atOrAfter: at("2026-11-18 09:00")) == nil)
        let start = try #require(CivilDate("2026-06-01"))
        let later = try departures([leaves(.every, "08:00", Validity(from: start))])
        #expect(try later.next(atOrAfter: at("2026-04-02 12:00")) == at("2026-06-01 08:00"))
        #expect(try later.next(atOrAfter: at("2026-04-01 12:00")) == nil)
    }
}
