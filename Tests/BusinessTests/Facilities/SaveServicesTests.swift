import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct SaveServicesTests {
    @Test(arguments: EngineKind.all)
    func `a service's zones and rates are replaced by those stated`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let id = try stepper.addService()
            let carrier = try #require(try stepper.network().service(id)).carrier
            var changed = NewService.parcel(carrier)
            changed.zones = [ServiceZone("all", upToKm: 500, minimumDays: 1, likelyDays: 3)]
            changed.rates = [ServiceRate(zone: "all", upTo: 2000, price: 100)]
            changed.refuses = [.liquid]
            let saved = try stepper.perform(InPlace { [changed] tx in try SaveServices.run([changed], in: tx) })
            #expect(saved.map(\.id) == [id])
            let network = try stepper.network(), today = day("2026-11-21")
            #expect(network.service(id)?.refuses == [.liquid])
            #expect(network.zone(id, Metres(400_000))?.name == "all")
            #expect(network.rateTable(id, zone: "near", day: today).isEmpty)
            #expect(network.rateTable(id, zone: "all", day: today) == [RateBreak(upTo: 2000, price: 100)])
        }
    }

    @Test func `a service is refused by the first rule it breaks`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            let carrier = try stepper.addCarrier()
            func refused(_ change: (inout NewService) -> Void) -> [String]? {
                var service = NewService.parcel(carrier, code: "NEW")
                change(&service)
                return stepper.refused { [service] tx in try SaveServices.run([.parcel(carrier), service], in: tx) }
            }
            let near = ServiceZone("near", upToKm: 300, minimumDays: 1, likelyDays: 2)
            #expect(refused { $0.carrier = CarrierID(9) } == ["facilities.carrier_unknown", "/services/1/carrier"])
            #expect(refused { $0.code = "" } == ["facilities.code_invalid", "/services/1/code"])
            #expect(refused { $0.name = "" } == ["facilities.name_invalid", "/services/1/name"])
            #expect(
                refused { $0.limits = ParcelLimits(weight: 1, length: 0, girth: 1) }
                    == ["facilities.service_invalid", "/services/1/max_length_mm"])
            #expect(refused { $0.deliversOn = [] } == ["facilities.service_invalid", "/services/1/delivery_weekdays"])
            #expect(refused { $0.attempts = 0 } == ["facilities.service_invalid", "/services/1/attempts"])
            #expect(refused { $0.maxPieces = 0 } == ["facilities.service_invalid", "/services/1/max_pieces"])
            #expect(refused { $0.zones = [] } == ["facilities.service_zone_invalid", "/services/1/zones"])
            #expect(
                refused { $0.zones.append(near) } == ["facilities.service_zone_invalid", "/services/1/zones/2/up_to_km"])
            #expect(
                refused { $0.rates.append(ServiceRate(zone: "moon", upTo: 1, price: 1)) }
                    == ["facilities.rate_invalid", "/services/1/rates/3/zone"])
            #expect(
                refused { $0.rates.append(ServiceRate(zone: "near", upTo: 1000, price: 1)) }
                    == ["facilities.rate_invalid", "/services/1/rates/3/from"])
            #expect(refused { $0.code = "PARCEL" } == ["facilities.service_repeated", "/services/1/code"])
        }
    }

    /// Longest side 1,200 mm, girth 3,000 mm.
    @Test(arguments: [
        (Dimensions.box(1200, 450, 450), true), (.box(450, 1200, 450), true), (.box(1201, 10, 10), false),
        (.box(1200, 451, 450), false),
    ])
    func `a parcel is within a service's limits by its longest side and its girth`(_ size: Dimensions, _ fits: Bool) {
        #expect(ParcelLimits(weight: 1, length: 1200, girth: 3000).holds(size) == fits)
    }

    @Test(arguments: [(Grams(900), Grams(1200)), (1201, 1201)])
    func `volume is charged where it weighs more than the parcel`(_ weight: Grams, _ billable: Grams) {
        let limits = ParcelLimits(weight: 1, length: 1, girth: 1, dimDivisor: 5000)
        #expect(limits.billableWeight(weight, .box(300, 200, 100)) == billable)
        #expect(limits.billableWeight(0, .box(1, 1, 1)) == 1)
    }
}
