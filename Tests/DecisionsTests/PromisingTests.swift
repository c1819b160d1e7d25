import Decisions
import Kernel
import Testing

@Suite struct PromisingTests {
    /// A wall time, `2026-11-18 14:00`, in a zone.
    private func at(_ wall: String, _ zone: String = "Europe/Berlin") throws -> Instant {
        let rule = try #require(TimeZoneRule.named(zone)), time = try #require(LocalTime(wall.suffix(5)))
        return rule.instant(try day(String(wall.prefix(10))), time)
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    /// Berlin, Monday to Friday 08:00 to 18:00, two hours of handling and half an hour of buffer, collection at 17:00.
    private func request(
        ordered: String, change: (inout PromiseRequest) throws -> Void = { _ in }
    ) throws -> PromiseRequest {
        let berlin = try #require(TimeZoneRule.named("Europe/Berlin"))
        let opens = try #require(LocalTime("08:00")), closes = try #require(LocalTime("18:00"))
        let calendar = try SiteCalendar(
            zone: berlin, windows: (1...5).map { OpeningWindow(weekday: $0, opens: opens, closes: closes) })
        let collection = Departure(.mondayToFriday, leaves: try #require(LocalTime("17:00")))
        var request = PromiseRequest(
            ordered: try at(ordered),
            origin: PromiseOrigin(calendar: calendar, handlingMinutes: 120, bufferMinutes: 30),
            service: PromiseService(
                departures: Departures(zone: berlin, weekly: [collection]),
                transit: TransitTime(minimumDays: 1, likelyDays: 2, deliversOn: .mondayToSaturday)),
            destination: PromiseDestination(zone: berlin))
        try change(&request)
        return request
    }

    @Test("the order's moment decides the collection, and that the days", arguments: [
        // ordered, ships, earliest, promised; the 18th of November 2026 is a Wednesday
        ("2026-11-18 09:00", "2026-11-18 17:00", "2026-11-19", "2026-11-20"),
        ("2026-11-18 14:30", "2026-11-18 17:00", "2026-11-19", "2026-11-20"),
        ("2026-11-18 14:31", "2026-11-19 17:00", "2026-11-20", "2026-11-23"),
        ("2026-11-18 23:00", "2026-11-19 17:00", "2026-11-20", "2026-11-23"),
        ("2026-11-20 15:00", "2026-11-23 17:00", "2026-11-24", "2026-11-25"),
        ("2026-11-21 09:00", "2026-11-23 17:00", "2026-11-24", "2026-11-25"),
    ])
    func days(ordered: String, ships: String, earliest: String, promised: String) throws {
        let promise = try Promise.make(for: request(ordered: ordered))
        #expect(try promise.shipBy == at(ships))
        #expect(try promise.delivery.earliest == day(earliest))
        #expect(try promise.delivery.latest == day(promised))
        #expect(try promise.earliestDelivery == at(earliest + " 00:00"))
        #expect(try promise.promisedBy == at(promised + " 24:00") - .seconds(1))
    }

    @Test func `the latest release leaves handling and buffer before the collection`() throws {
        #expect(try Promise.make(for: request(ordered: "2026-11-18 09:00")).releaseBy == at("2026-11-18 14:30"))
        let slow = try request(ordered: "2026-11-18 09:00") { $0.origin.handlingMinutes = 700 }
        let promise = try Promise.make(for: slow)
        #expect(try promise.shipBy == at("2026-11-19 17:00"))
        #expect(try promise.releaseBy == at("2026-11-18 14:50"))
    }

    @Test func `a backorder waits for its supply`() throws {
        let arrives = try at("2026-11-24 16:00")
        let promise = try Promise.make(for: request(ordered: "2026-11-18 09:00") { $0.availableFrom = arrives })
        #expect(try promise.shipBy == at("2026-11-25 17:00"))
        #expect(promise.steps.contains(PromiseStep(.supplyAvailable, at: arrives)))
        let past = try at("2026-11-01 09:00")
        let free = try Promise.make(for: request(ordered: "2026-11-18 09:00") { $0.availableFrom = past })
        #expect(try free == Promise.make(for: request(ordered: "2026-11-18 09:00")))
    }

    @Test func `a way over hubs adds the drive, the sorting and the wait for what leaves next`() throws {
        let berlin = try #require(TimeZoneRule.named("Europe/Berlin"))
        let truck = Departures(zone: berlin, weekly: [Departure(.mondayToSaturday, leaves: try #require(LocalTime("17:30")))])
        let hub = PromiseOrigin(calendar: .alwaysOpen(in: berlin), handlingMinutes: 60, bufferMinutes: 30)
        func ordered(_ hours: Int) throws -> PromiseRequest {
            try request(ordered: "2026-11-18 09:00") {
                $0.hops = [PromiseHop(departures: truck, transit: .hours(hours), site: hub)]
            }
        }
        // Leaves 17:30, is there at 20:30 and sorted at 21:30: the collection of the next day at 17:00.
        let promise = try Promise.make(for: ordered(3))
        #expect(try promise.shipBy == at("2026-11-18 17:30"))
        #expect(try promise.steps.contains(PromiseStep(.collected, at: at("2026-11-19 17:00"))))
        #expect(try promise.delivery.latest == day("2026-11-23"))
        // Sorted half an hour before the collection is in time, a minute later is not.
        #expect(try ordered(22).collected(leaving: at("2026-11-18 17:30")) == at("2026-11-19 17:00"))
        #expect(try ordered(22).collected(leaving: at("2026-11-18 17:31")) == at("2026-11-20 17:00"))
    }

    @Test func `the steps tell how the days came about`() throws {
        let promise = try Promise.make(for: request(ordered: "2026-11-20 20:00"))
        #expect(try promise.steps == [
            PromiseStep(.ordered, at: at("2026-11-20 20:00")),
            PromiseStep(.siteOpens, at: at("2026-11-23 08:00")),
            PromiseStep(.ready, at: at("2026-11-23 10:30")),
            PromiseStep(.departs, at: at("2026-11-23 17:00")),
            PromiseStep(.mayArrive, at: at("2026-11-24 00:00")),
            PromiseStep(.promised, at: at("2026-11-25 24:00") - .seconds(1)),
        ])
    }

    @Test func `holidays at the destination neither count nor bring a delivery`() throws {
        let holiday = try day("2026-11-19")
        let promise = try Promise.make(for: request(ordered: "2026-11-18 09:00") { $0.destination.holidays = [holiday] })
        #expect(try promise.delivery.earliest == day("2026-11-20"))
        #expect(try promise.delivery.latest == day("2026-11-23"))
    }

    @Test func `calendar days count weekends, and delivery waits for its weekday`() throws {
        let promise = try Promise.make(for: request(ordered: "2026-11-18 09:00") {
            $0.service.transit = TransitTime(minimumDays: 3, likelyDays: 4, movesOn: .every, deliversOn: .mondayToFriday)
        })
        #expect(try promise.delivery.earliest == day("2026-11-23"))
        #expect(try promise.delivery.latest == day("2026-11-23"))
        #expect(!promise.steps.contains { $0.what == .mayArrive })
    }

    @Test func `the day promised ends at the destination`() throws {
        let zone = try #require(TimeZoneRule.named("America/Sao_Paulo"))
        let promise = try Promise.make(for: request(ordered: "2026-11-18 09:00") { $0.destination.zone = zone })
        #expect(try promise.promisedBy == at("2026-11-20 24:00", "America/Sao_Paulo") - .seconds(1))
        #expect(promise.promisedBy.description == "2026-11-21T02:59:59Z")
    }

    @Test func `same-day delivery over the date line arrives no earlier than it left`() throws {
        let zone = try #require(TimeZoneRule.named("Australia/Sydney"))
        let promise = try Promise.make(for: request(ordered: "2026-11-18 09:00") {
            $0.service.transit = TransitTime(minimumDays: 0, likelyDays: 0, movesOn: .every, deliversOn: .every)
            $0.destination.zone = zone
        })
        // 17:00 in Berlin is three in the morning of the 19th in Sydney.
        #expect(try promise.delivery.earliest == day("2026-11-19"))
        #expect(promise.earliestDelivery == promise.shipBy)
    }

    @Test func `what cannot be promised says why`() throws {
        let berlin = try #require(TimeZoneRule.named("Europe/Berlin"))
        let closed = try SiteCalendar(zone: berlin, windows: [])
        #expect(throws: NoPromise.siteClosed) {
            try Promise.make(for: request(ordered: "2026-11-18 09:00") { $0.origin.calendar = closed })
        }
        #expect(throws: NoPromise.noDeparture) {
            try Promise.make(for: request(ordered: "2026-11-18 09:00") {
                $0.service.departures = Departures(zone: berlin, weekly: [])
            })
        }
        for (moves, delivers) in [(Weekdays([]), Weekdays.every), (.every, [])] {
            #expect(throws: NoPromise.noDeliveryDay) {
                try Promise.make(for: request(ordered: "2026-11-18 09:00") {
                    $0.service.transit = TransitTime(minimumDays: 1, likelyDays: 2, movesOn: moves, deliversOn: delivers)
                })
            }
        }
        let codes = ["promise.site_closed", "promise.no_departure", "promise.no_delivery_day", "promise.no_capacity"]
        #expect(NoPromise.allCases.map(\.code) == codes)
    }

    @Test("after hand-over the estimate starts from the real departure and never lies in the past", arguments: [
        // departed, now, earliest, latest
        ("2026-11-18 17:00", "2026-11-18 17:00", "2026-11-19", "2026-11-20"),
        ("2026-11-18 21:30", "2026-11-20 23:59", "2026-11-20", "2026-11-20"),
        ("2026-11-19 17:00", "2026-11-19 18:00", "2026-11-20", "2026-11-23"),
        ("2026-11-18 17:00", "2026-11-22 10:00", "2026-11-23", "2026-11-23"),
        ("2026-11-18 17:00", "2026-11-25 10:00", "2026-11-25", "2026-11-25"),
    ])
    func estimate(departed: String, now: String, earliest: String, latest: String) throws {
        let request = try request(ordered: "2026-11-18 09:00")
        let window = try DeliveryWindow.estimate(
            from: at(departed), in: request.origin.calendar.zone, by: request.service.transit, to: request.destination,
            now: at(now))
        #expect(try window.earliest == day(earliest))
        #expect(try window.latest == day(latest))
    }

    @Test func `a later order is never promised earlier, and every promise can be kept`() throws {
        var random = SeededRandom(seed: 71)
        let zones = try ["Europe/Berlin", "America/New_York", "Asia/Tokyo"].map { try #require(TimeZoneRule.named($0)) }
        for _ in 0..<400 {
            let start = try at("2026-03-01 00:00") + .minutes(random.below(300 * 1440))
            var request = try request(ordered: "2026-11-18 09:00") {
                $0.origin.handlingMinutes = random.below(900)
                $0.origin.bufferMinutes = random.below(90)
                $0.destination.zone = zones[random.below(zones.count)]
                $0.service.transit = TransitTime(minimumDays: random.below(2), likelyDays: 1 + random.below(4))
            }
            var last: Promise?
            for step in 0..<20 {
                request.ordered = start + .minutes(step * 97)
                let promise = try Promise.make(for: request)
                #expect(request.ordered <= promise.releaseBy && promise.releaseBy < promise.promisedBy)
                #expect(promise.earliestDelivery < promise.promisedBy)
                #expect(promise.steps.map(\.when) == promise.steps.map(\.when).sorted())
                if let last { #expect(last.promisedBy <= promise.promisedBy && last.shipBy <= promise.shipBy) }
                // Whoever releases at the latest moment still makes the same departure.
                request.ordered = promise.releaseBy
                #expect(try Promise.make(for: request).shipBy == promise.shipBy)
                last = promise
            }
        }
    }
}
