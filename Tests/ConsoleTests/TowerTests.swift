import Facilities
import Kernel
import Testing
import Views

@testable import Console

@Suite struct TowerTests {
    private func page(_ picture: TowerPicture, _ language: Language = .en) throws -> String {
        let format = Format(.of(language), zone: .utc, now: picture.journey.now)
        return try Renderer().render("tower", TowerView(picture, format), format.texts).text
    }

    @Test("the page of a busy day is well-formed in every language, and so is that of the first morning", arguments: Language.allCases)
    func markup(_ language: Language) throws {
        #expect(MarkupCheck(try page(.sample, language)).faults == [])
        let morning = try page(TowerPicture(journey: .empty, outlook: Outlook()), language)
        #expect(MarkupCheck(morning).faults == [])
        #expect(morning.contains(Texts.of(language)["tower.empty"]))
    }

    @Test("the page shows all stations in the order of the journey")
    func stations() throws {
        let html = try page(.sample)
        let order = ["shop", "order", "reserve", "release", "pick", "pack", "label", "handover", "hub", "courier", "door"]
        let places = try order.map { try #require(html.range(of: "id=\"\($0)-count\"")).lowerBound }
        #expect(places == places.sorted())
    }

    @Test("what channels and people wrote is text and never markup")
    func escaping() throws {
        let html = try page(.sample)
        #expect(html.contains("placed on &lt;market&gt;") && html.contains("Porto &lt;2&gt;"))
        #expect(!html.contains("<market>") && !html.contains("<2>"))
    }

    @Test("events are told with their numbers and places, and what is unknown is another site")
    func sentences() {
        func told(_ says: String, _ names: [String: String], _ quantity: Int64 = 0, _ language: Language = .en) -> String {
            let line = EventLine(
                position: .start, occurred: Journey.sample.now, says: says, names: names, quantity: quantity, tone: .work)
            return NewsItem.sentence(line, .of(language))
        }
        #expect(told("picked", ["order": "17", "site": "Porto"], 2) == "Order 17: 2 units picked · Porto")
        #expect(told("released", [:], 1) == "1 order released to the floor")
        #expect(told("trip_left", [:]) == "Trip to another site left")
        #expect(told("needs_person", ["kind": "pick.short"]) == "Needs a person: A bin held less than the book")
        #expect(told("delivered", ["order": "17"], 0, .pt) == "Pedido 17: entregue")
    }

    @Test("every sentence that an event may be told with is in the catalog")
    func allSentences() {
        for line in Journey.sample.events { #expect(Texts.of(.en).has("event.\(line.says)")) }
        for says in EventLine.sentences { #expect(Texts.of(.en).has("event.\(says)"), "\(says)") }
    }

    @Test("the chance to make a cut-off follows from the pace and what waits", arguments: [
        (0, 0, .done, 0), (10, 0, .poor, 10), (60, 120, .good, 0), (110, 120, .tight, 0), (130, 120, .poor, 10), (103, 120, .tight, 0),
        (102, 120, .good, 0),
    ] as [(Int64, Int64, CutOffAhead.Chance, Int64)])
    func chance(_ waiting: Int64, _ pace: Int64, _ chance: CutOffAhead.Chance, _ behind: Int64) {
        let now = Journey.sample.now
        let collection = NextCollection(cutOff: now + .hours(1), departs: now + .hours(2), zone: .utc)
        let next = CutOffAhead(site: SiteID(1), name: "A", collection: collection, waiting: waiting, pace: pace, now: now)
        #expect(next.chance == chance && next.behind == behind)
    }

    @Test("where nobody packs, a cut-off that is hours away says nothing yet")
    func idle() {
        let now = Journey.sample.now
        let collection = NextCollection(cutOff: now + .hours(9), departs: now + .hours(10), zone: .utc)
        let next = CutOffAhead(site: SiteID(1), name: "A", collection: collection, waiting: 4, pace: 0, now: now)
        #expect(next.chance == .idle)
    }

    @Test("a trip is drawn where the time says, never beyond its ends", arguments: [(-10, 0), (0, 0), (30, 500), (60, 1000), (90, 1000)])
    func progress(_ minutes: Int, _ thousandths: Int64) {
        let now = Journey.sample.now
        let trip = TripUnderWay(
            id: TripID(1), origin: SiteID(1), destination: SiteID(2), departed: now, arrives: now + .hours(1))
        #expect(trip.progress(at: now + .minutes(minutes)) == thousandths)
    }

    @Test("all sites are on the map, wherever on the globe they are, and one alone stands in its middle")
    func projection() throws {
        let far = try [(60, -170), (-50, 170), (0, 0)].enumerated().map { index, place in
            MapPlace(
                id: SiteID(Int64(index)), name: "x", kind: .hub,
                place: try #require(Coordinates(latitude: Int64(place.0) * 1_000_000, longitude: Int64(place.1) * 1_000_000)))
        }
        for point in NetworkMap.project(far).values { #expect((0...1000).contains(point.x) && (0...640).contains(point.y)) }
        #expect(NetworkMap.project([far[2]])[SiteID(2)] == NetworkMap.Point(x: 500, y: 320))
        #expect(NetworkMap.project([]).isEmpty)
    }

    @Test("the parts of a backlog bar lie side by side and fill it")
    func bar() {
        var work = SiteWork()
        work.reservedUnits = 50
        work.unitsOnPickLists = 20
        work.unitsInTotes = 40
        work.unitsPacked = 10
        let parts = BacklogPart.all(work, .of(.en))
        #expect(parts.map(\.count) == ["30", "20", "40", "10"])
        #expect(parts.map(\.start) == ["0.0", "30.0", "50.0", "90.0"])
        #expect(parts.map(\.width) == ["30.0", "20.0", "40.0", "10.0"])
    }
}

extension TowerPicture {
    /// A network in the middle of its day, with a trip under way and a cut-off that will be missed.
    static let sample: TowerPicture = {
        let journey = Journey.sample, now = journey.now
        var promise = PromisesToday()
        (promise.kept, promise.broken, promise.due, promise.late, promise.atRisk) = (193, 3, 41, 2, 5)
        let collection = NextCollection(cutOff: now + .minutes(70), departs: now + .minutes(100), zone: .utc)
        func place(_ id: Int64, _ name: String, _ latitude: Int64, _ longitude: Int64) -> MapPlace? {
            Coordinates(latitude: latitude, longitude: longitude).map { MapPlace(id: SiteID(id), name: name, kind: .hub, place: $0) }
        }
        return TowerPicture(
            journey: journey,
            outlook: Outlook(
                promise: promise,
                cutOffs: [CutOffAhead(site: SiteID(101), name: "Berlin", collection: collection, waiting: 90, pace: 30, now: now)],
                trips: [
                    TripUnderWay(
                        id: TripID(9), origin: SiteID(101), destination: SiteID(103), departed: now - .hours(1), arrives: now + .hours(3))
                ],
                places: [place(101, "Berlin", 52_500_000, 13_400_000), place(103, "Porto <2>", 41_150_000, -8_600_000)].compactMap(\.self),
                ways: [MapWay(from: SiteID(101), to: SiteID(103)), MapWay(from: SiteID(103), to: SiteID(101))]))
    }()
}
