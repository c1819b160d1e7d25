import Edges
import Kernel
import Testing

@Suite struct BuiltInTariffTests {
    @Test("prices rise with zone, weight and service in currencies of any digits", arguments: [
        ("USD", 1, 353), ("JPY", 150, 529), ("KWD", 1, 3526),
    ] as [(String, Int64, Int64)])
    func rises(code: String, times: Int64, least: Int64) throws {
        let services = try BuiltInTariff.services(currency: #require(Currency(code)), times: times)
        // Economy, zone 1, up to 250 g: (3.10 + a quarter of 0.60) × 1.085 = 3.52625
        let first = try services[0].cards[0].rate(billableWeight: 250, zone: 0).minor
        #expect(first == least)
        for service in services {
            let card = service.cards[0]
            #expect(service.transitDays.count == card.zoneNames.count)
            for zone in 1..<card.zoneNames.count {
                for (weight, heavier) in [(Grams(250), Grams(251)), (1000, 1001), (20_000, 30_000)] {
                    let price = try card.rate(billableWeight: weight, zone: zone).minor
                    #expect(try price > card.rate(billableWeight: weight, zone: zone - 1).minor)
                    #expect(try price < card.rate(billableWeight: heavier, zone: zone).minor)
                }
            }
        }
    }
}
