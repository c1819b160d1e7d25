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

    @Test(arguments: EngineKind.all)
    func `ways lead over the fewest lanes that run that day to where the service collects`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let service = try stepper.addService(), from = try stepper.addSite()
            let sort = try stepper.addSite("SORT", kind: .sortCenter), hub = try stepper.addSite("HUB1", kind: .hub)
            func lane(_ origin: SiteID, _ destination: SiteID?, _ minutes: Int, _ validity: Validity = .always) -> NewLane {
                NewLane(
                    origin: origin, destination: destination, service: service, transitMinutes: minutes, parcelCost: 25,
                    validity: validity, departures: [LaneDeparture(weekday: 1, leaves: clock("20:00"))])
            }
            let lanes = [
                lane(from, sort, 60), lane(sort, hub, 240), lane(from, hub, 500, Validity(from: day("2027-01-01"))),
                lane(hub, nil, 0),
            ]
            let ids = try stepper.perform(InPlace { tx in try SaveLanes.run(lanes, in: tx).map(\.id) })
            let network = try stepper.network()
            #expect(network.services(from: from).isEmpty)
            #expect(network.services(reaching: from).map(\.id) == [service])
            let before = network.ways(from: from, by: service, on: day("2026-12-31"))
            #expect(before.map { $0.lanes.map(\.id) } == [[ids[0], ids[1]]])
            let costs = network.sites.filter { [sort, hub].contains($0.id) }.reduce(0) { $0 + $1.parcelCost }
            #expect(before.first?.parcelCost == 50 + costs)
            let after = network.ways(from: from, by: service, on: day("2027-01-01"))
            #expect(after.map { $0.lanes.map(\.id) } == [[ids[2]]])
            #expect(network.ways(from: hub, by: service, on: day("2026-12-31")).map(\.lanes.count) == [0])
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
            #expect(refused { $0.parcelCost = -1 } == ["facilities.negative", "/lanes/1/parcel_cost"])
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
