import Facilities
import Kernel
import Store
import TestGround
import Testing

/// The clock of a test begins on Saturday 2026-11-21 at 08:00 in Lisbon, which is on UTC in winter.
@Suite struct CollectionsTests {
    private func collections(
        _ departures: [LaneDeparture], closed: [CivilDate] = [], validity: Validity = .always
    ) throws -> Collections {
        try withNetwork(.sqliteMemory) { stepper in
            let service = try stepper.addService(), site = try stepper.addSite()
            let lane = NewLane(origin: site, service: service, validity: validity, departures: departures)
            let closures = closed.map { SiteClosure(site: site, day: $0, reason: "Closed") }
            try stepper.perform(InPlace { tx in
                _ = try SaveLanes.run([lane], in: tx)
                try SetClosures.run(closures, in: tx)
            })
            return try #require(try stepper.network().collections(site, service))
        }
    }

    private func next(_ collections: Collections, _ ready: String) throws -> [String]? {
        let instant = try #require(Instant(ready))
        return collections.next(readyAt: instant).map { [$0.cutOff.description, $0.departs.description] }
    }

    @Test func `what is ready at the cut-off leaves, and a second later it waits for the next`() throws {
        let collections = try collections([
            LaneDeparture(weekday: 6, leaves: clock("17:00"), cutOffMinutes: 60),
            LaneDeparture(weekday: 1, leaves: clock("12:00"), cutOffMinutes: 60),
        ])
        #expect(
            try next(collections, "2026-11-21T16:00:00Z") == ["2026-11-21T16:00:00Z", "2026-11-21T17:00:00Z"])
        #expect(
            try next(collections, "2026-11-21T16:00:01Z") == ["2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"])
        #expect(collections.longestCutOffMinutes == 60)
    }

    /// The noon departure closes at 08:00, that of 11:00 at 05:00, so from 05:00 on the later one is the first to leave.
    @Test func `a departure whose own cut-off has passed is not taken`() throws {
        let collections = try collections([
            LaneDeparture(weekday: 6, leaves: clock("12:00"), cutOffMinutes: 240),
            LaneDeparture(weekday: 6, leaves: clock("11:00"), cutOffMinutes: 360),
        ])
        #expect(try next(collections, "2026-11-21T05:00:00Z")?[1] == "2026-11-21T11:00:00Z")
        #expect(try next(collections, "2026-11-21T05:00:01Z")?[1] == "2026-11-21T12:00:00Z")
    }

    @Test func `a cut-off may lie on the day before, closed or not`() throws {
        let collections = try collections(
            [LaneDeparture(weekday: 7, leaves: clock("01:00"), cutOffMinutes: 120)], closed: [day("2026-11-21")])
        #expect(
            try next(collections, "2026-11-21T22:00:00Z") == ["2026-11-21T23:00:00Z", "2026-11-22T01:00:00Z"])
    }

    @Test func `nothing leaves on a day that the site is closed, or after the lane ended`() throws {
        let collections = try collections(
            [LaneDeparture(weekday: 6, leaves: clock("17:00"))], closed: [day("2026-11-21")],
            validity: Validity(until: day("2026-12-01")))
        #expect(try next(collections, "2026-11-21T08:00:00Z")?[1] == "2026-11-28T17:00:00Z")
        #expect(try next(collections, "2026-11-29T08:00:00Z") == nil)
    }
}
