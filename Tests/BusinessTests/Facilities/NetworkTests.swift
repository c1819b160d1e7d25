import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct NetworkTests {
    @Test(arguments: EngineKind.all)
    func `a rate holds from its first day until the day that it no longer holds on`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            var service = NewService.parcel(try stepper.addCarrier())
            service.rates = [
                ServiceRate(zone: "near", upTo: 5000, price: 500),
                ServiceRate(zone: "near", upTo: 1000, price: 390, validity: Validity(until: day("2027-01-01"))),
                ServiceRate(zone: "near", upTo: 1000, price: 420, validity: Validity(from: day("2027-01-01"))),
            ]
            let id = try stepper.perform(InPlace { [service] tx in try SaveServices.run([service], in: tx)[0].id })
            let network = try stepper.network()
            let last = RateBreak(upTo: 5000, price: 500)
            #expect(
                network.rateTable(id, zone: "near", day: day("2026-12-31")) == [RateBreak(upTo: 1000, price: 390), last])
            #expect(
                network.rateTable(id, zone: "near", day: day("2027-01-01")) == [RateBreak(upTo: 1000, price: 420), last])
        }
    }

    @Test(arguments: [(Metres(0), "near"), (300_000, "near"), (300_001, "far"), (1_200_000, "far"), (1_200_001, nil)])
    func `a distance falls into the first zone that reaches it`(_ distance: Metres, _ zone: String?) throws {
        try withNetwork(.sqliteMemory) { stepper in
            let service = try stepper.addService()
            #expect(try stepper.network().zone(service, distance)?.name == zone)
        }
    }

    @Test(arguments: EngineKind.all)
    func `last miles are collections, and lanes lead to other sites`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let service = try stepper.addService(), site = try stepper.addSite(), hub = try stepper.addSite("HUB1")
            let lanes = [
                NewLane(origin: site, service: service, departures: [LaneDeparture(weekday: 1, leaves: clock("17:00"))]),
                NewLane(
                    origin: site, destination: hub, service: service, transitMinutes: 240,
                    departures: [LaneDeparture(weekday: 1, leaves: clock("20:00"))]),
            ]
            let saved = try stepper.perform(InPlace { tx in try SaveLanes.run(lanes, in: tx) })
            let again = try stepper.perform(InPlace { tx in try SaveLanes.run(lanes, in: tx) })
            #expect(again.map(\.id) == saved.map(\.id))
            let network = try stepper.network()
            #expect(network.services(from: site).map(\.id) == [service])
            #expect(network.services(from: hub).isEmpty)
            #expect(network.collections(site, service)?.departures.weekly.count == 1)
            #expect(network.collections(hub, service) == nil)
            #expect(network.lanes(from: site).map(\.id) == [saved[1].id])
            #expect(network.lane(saved[1].id)?.transitMinutes == 240)
        }
    }

    @Test func `a lane is refused by the first rule it breaks`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            let service = try stepper.addService(), site = try stepper.addSite()
            let good = NewLane(origin: site, service: service, departures: [])
            func refused(_ change: (inout NewLane) -> Void) -> [String]? {
                var lane = good
                lane.validity = Validity(from: day("2027-01-01"))
                change(&lane)
                return stepper.refused { [lane] tx in try SaveLanes.run([good, lane], in: tx) }
            }
            func departing(_ departures: LaneDeparture...) -> [String]? { refused { $0.departures = departures } }
            #expect(refused { $0.origin = SiteID(9) } == ["facilities.site_unknown", "/lanes/1/origin"])
            #expect(refused { $0.destination = SiteID(9) } == ["facilities.site_unknown", "/lanes/1/destination"])
            #expect(refused { $0.destination = site } == ["facilities.lane_circular", "/lanes/1/destination"])
            #expect(refused { $0.service = ServiceID(9) } == ["facilities.service_unknown", "/lanes/1/service"])
            #expect(refused { $0.transitMinutes = -1 } == ["facilities.negative", "/lanes/1/transit_minutes"])
            #expect(refused { $0.validity.until = day("2026-01-01") } == ["facilities.never_valid", "/lanes/1/until"])
            let leaves = LaneDeparture(weekday: 1, leaves: clock("17:00"))
            #expect(
                departing(LaneDeparture(weekday: 8, leaves: clock("17:00")))
                    == ["facilities.departure_invalid", "/lanes/1/departures/0/weekday"])
            #expect(
                departing(LaneDeparture(weekday: 1, leaves: .endOfDay))
                    == ["facilities.departure_invalid", "/lanes/1/departures/0/leaves"])
            #expect(departing(leaves, leaves) == ["facilities.departure_invalid", "/lanes/1/departures/1/leaves"])
            #expect(refused { $0.validity = .always } == ["facilities.lane_repeated", "/lanes/1"])
        }
    }
}
