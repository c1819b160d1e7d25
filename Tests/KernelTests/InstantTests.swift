import Kernel
import Testing

@Suite struct InstantTests {
    @Test("an instant is written in UTC, with micros where there are any", arguments: [
        (0 as Int64, "1970-01-01T00:00:00Z"),
        (1_735_689_600_000_000, "2025-01-01T00:00:00Z"),
        (1_709_164_799_000_001, "2024-02-28T23:59:59.000001Z"),
        (951_782_400_500_000, "2000-02-29T00:00:00.500000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (253_402_300_799_000_000, "9999-12-31T23:59:59Z"),
    ])
    func text(micros: Int64, text: String) {
        #expect(Instant(micros: micros).description == text)
        #expect(Instant(text) == Instant(micros: micros))
    }

    @Test("offsets, decimals and small letters are read", arguments: [
        ("2026-11-21T06:03:00+01:00", "2026-11-21T05:03:00Z"),
        ("2026-11-20T23:33:00-05:30", "2026-11-21T05:03:00Z"),
        ("2026-11-21t05:03:00z", "2026-11-21T05:03:00Z"),
        ("2026-11-21 05:03:00Z", "2026-11-21T05:03:00Z"),
        ("2026-11-21T05:03:00.5Z", "2026-11-21T05:03:00.500000Z"),
        ("2026-11-21T05:03:00.1234569Z", "2026-11-21T05:03:00.123456Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
    ])
    func reading(text: String, canonical: String) { #expect(Instant(text)?.description == canonical) }

    @Test("what is not RFC 3339 is nil", arguments: [
        "", "2026-11-21", "2026-11-21T05:03:00", "2026-11-21T05:03Z", "2026-02-29T05:03:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T05:60:00Z", "2026-11-21T05:03:60Z", "2026-11-21T05:03:00.Z", "2026-11-21T05:03:00+0100",
        "2026-11-21T05:03:00+01:60", "2026-11-21T05:03:00Zulu", "2026-11-21X05:03:00Z", "2026-11-21T05-03-00Z",
        "2026-13-01T00:00:00Z", "２026-11-21T05:03:00Z", "2026-11-21T05:03:00.5", "2026-11-21T05:03:00*01:00",
    ])
    func refused(text: String) { #expect(Instant(text) == nil) }

    @Test func `reading gives back what was written, and text of whole seconds sorts as time does`() {
        var random = SeededRandom(seed: 5)
        let instants = (0..<2000).map { _ in Instant(micros: Int64(random.below(253_402_300_799)) * 1_000_000) }
        for instant in instants {
            #expect(Instant(instant.description) == instant)
            let exact = instant + .microseconds(random.below(1_000_000))
            #expect(Instant(exact.description) == exact)
        }
        #expect(instants.sorted().map(\.description) == instants.map(\.description).sorted())
    }

    @Test func `durations add and differences come back`() {
        let start = Instant(micros: 1_000_000)
        #expect(start + .minutes(2) - start == .seconds(120))
        #expect(start - .seconds(2) == Instant(micros: -1_000_000))
        #expect((start - .hours(1) - start).micros == -3_600_000_000)
        #expect(Duration.days(2) == .hours(48))
    }
}
