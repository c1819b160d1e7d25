import Kernel
import Testing

@testable import Rehearsal

@Suite struct RehearsalReportTests {
    @Test("the page of a report is drawn as it was looked at and kept")
    func page() throws {
        let html = try RehearsalReport.sample.html()
        #expect(MarkupCheck(html).faults == [])
        try Snapshot.expect(html, "report.html")
    }

    @Test("a rehearsal without orders has a page as well, and its audit stands out")
    func nothing() throws {
        let html = try RehearsalReport.nothing.html()
        #expect(MarkupCheck(html).faults == [])
        #expect(html.contains(#"class="value alarm">3<"#))
    }

    @Test("names of the input are text and never markup")
    func escaping() throws {
        #expect(try RehearsalReport.sample.html().contains("parcel &lt;lost&gt;"))
    }

    @Test("a report comes back from its JSON as it was")
    func json() throws {
        let text = try RehearsalReport.sample.json()
        #expect(try RehearsalReport(json: text) == .sample)
        #expect(text.contains(#""digest" : "5f1d"#))
        #expect(text.contains(#""events_per_second" : 8378"#))
    }

    @Test("a percentile is the value of the nearest rank", arguments: [
        (50, [10], 10), (50, [1, 2], 1), (50, [1, 2, 3], 2), (90, Array(1...10), 9), (99, Array(1...100), 99),
        (99, Array(1...10), 10), (100, [1, 2, 3], 3),
    ])
    func percentile(_ percent: Int, _ values: [Int], _ expected: Int) {
        #expect(nearestRank(percent, of: values.map(Int64.init)) == Int64(expected))
    }

    @Test("nothing has no percentile") func noPercentile() { #expect(nearestRank(50, of: []) == nil) }

    @Test("days to the door are counted from each order's own beginning")
    func days() {
        let days = DaysToDoor([.hours(30), .hours(20), .hours(60)])
        #expect(days.median == 1.25 && days.p90 == 2.5)
        #expect(days.byDay == [1, 1, 1])
    }

    @Test("promises are gathered in weeks that begin on Monday")
    func promises() throws {
        let sunday = try #require(CivilDate("2026-11-22")), monday = sunday + 1
        let record = PromiseRecord([(monday, false), (sunday, true), (monday, true)])
        #expect(record.weeks.map(\.monday.description) == ["2026-11-16", "2026-11-23"])
        #expect(record.weeks.map(\.kept) == [1, 1] && record.keptPerMillion == 666_666)
    }

    @Test("a full carton falls into the last tenth", arguments: [
        (0, 0), (99_999, 0), (100_000, 1), (950_000, 9), (1_000_000, 9),
    ])
    func fill(_ ppm: Int64, _ tenth: Int) {
        #expect(CartonFill([ppm]).byTenth == (0..<10).map { $0 == tenth ? 1 : 0 })
    }

    @Test("an axis ends at a round number that no value passes", arguments: [
        (0.0, 1.0), (1, 1), (3, 3), (7, 8), (97, 100), (100, 100), (101, 150), (4_321, 6_000), (14_000, 15_000),
    ])
    func axis(_ highest: Double, _ top: Double) {
        #expect(Axis(upTo: highest).top == top)
        #expect(Axis(upTo: highest).ticks.count <= 6)
    }
}
