import Testing
import Views

@testable import Console

@Suite struct JourneyPageTests {
    private let page: JourneyPage

    init() throws { page = try JourneyPage() }

    @Test("the page of a busy day is drawn as it was looked at and kept")
    func busyDay() throws {
        let html = page.page(.sample, nonce: "fixed")
        #expect(MarkupCheck(html).faults == [])
        try Snapshot.expect(html, "busy-day.html")
    }

    @Test("before the first order the page says that the line waits")
    func firstMorning() throws {
        let html = page.page(.empty, nonce: "fixed")
        #expect(MarkupCheck(html).faults == [])
        #expect(html.contains("No orders yet"))
        try Snapshot.expect(html, "first-morning.html")
    }

    @Test("the page shows all stations in the order of the journey")
    func stations() throws {
        let html = page.live(.sample)
        let order = [
            "shop", "order", "reserve", "release", "pick", "pack", "label", "handover", "hub", "courier", "door",
        ]
        let places = try order.map { try #require(html.range(of: "id=\"\($0)-count\"")).lowerBound }
        #expect(places == places.sorted())
    }

    @Test("what channels and people wrote is text and never markup")
    func escaping() {
        let html = page.live(.sample)
        #expect(html.contains("placed on &lt;market&gt;"))
        #expect(html.contains("Hub &lt;Madrid&gt;."))
        #expect(!html.contains("<market>") && !html.contains("<Madrid>"))
    }

    @Test("what is put in while the page is open has the ids of the page itself")
    func sameElements() {
        func liveIDs(_ html: String) -> [String] {
            html.split(separator: "\" data-live").dropLast().compactMap { $0.split(separator: "\"").last.map(String.init) }
        }
        let ids = liveIDs(page.page(.empty, nonce: "fixed"))
        #expect(ids.count > 30)
        #expect(liveIDs(page.live(.sample)) == ids)
    }

    @Test("the parts of a backlog bar lie side by side and fill it")
    func bar() {
        var work = SiteWork()
        work.reservedUnits = 50
        work.unitsOnPickLists = 20
        work.unitsInTotes = 40
        work.unitsPacked = 10
        let parts = BacklogPart.all(work)
        #expect(parts.map(\.count) == ["30", "20", "40", "10"])
        #expect(parts.map(\.start) == ["0.0", "30.0", "50.0", "90.0"])
        #expect(parts.map(\.width) == ["30.0", "20.0", "40.0", "10.0"])
    }
}
