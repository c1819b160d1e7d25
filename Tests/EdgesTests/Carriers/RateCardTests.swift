import Edges
import Foundation
import Kernel
import Testing

@Suite struct RateCardTests {
    private static let million: Int64 = 1_000_000

    private func card(
        rounding: RoundingRule = .halfUp, fuel: Int64 = 0, minimum: Int64 = 0, dimensional: DimensionalRule = .none
    ) throws -> RateCard {
        func row(_ upTo: Int64, _ near: Int64, _ far: Int64, perKilogram: Int64) -> RateCard.WeightBreak {
            .init(upTo: Grams(upTo), prices: [near, far].map {
                .init(flat: $0 * Self.million, perKilogram: perKilogram * Self.million)
            })
        }
        return try RateCard(
            currency: #require(Currency("EUR")), zoneNames: ["near", "far"], zones: .regions([
                .init(from: "A", to: "A"): 0, .init(from: "A", to: "B"): 1,
            ]),
            breaks: [
                row(500, 350, 500, perKilogram: 0), row(2000, 420, 650, perKilogram: 0),
                row(30_000, 400, 600, perKilogram: 55),
            ],
            dimensional: dimensional, minimum: minimum, fuelPartsPerMillion: fuel, rounding: rounding)
    }

    @Test("a row holds up to and with its weight; beyond it the next begins", arguments: [
        (0, 0, 350), (500, 0, 350), (501, 0, 420), (2000, 1, 650),
        // 4.00 + 0.55 × 2.001 = 5.10055; 6.00 + 0.55 × 30 = 22.50
        (2001, 0, 510), (30_000, 1, 2250),
    ] as [(Int64, Int, Int64)])
    func rows(weight: Int64, zone: Int, cents: Int64) throws {
        #expect(try card().rate(billableWeight: Grams(weight), zone: zone).minor == cents)
    }

    @Test("too heavy and no such zone are refused")
    func refusals() throws {
        let card = try card()
        #expect(throws: RateRefusal.overweight(30_001, limit: 30_000)) { try card.rate(billableWeight: 30_001, zone: 0) }
        #expect(throws: RateRefusal.notServed) { try card.rate(billableWeight: 1, zone: 2) }
        #expect(throws: RateRefusal.notServed) { try card.rate(billableWeight: 1, zone: -1) }
    }

    @Test("a charge is rounded once, after fuel, by the card's rule", arguments: [
        // 350 × 1.01 = 353.5; 350 × 1.03 = 360.5; 350 × 1.001 = 350.35; 350 × 1 = 350
        (10_000, .halfUp, 354), (10_000, .up, 354), (10_000, .halfEven, 354),
        (30_000, .halfUp, 361), (30_000, .up, 361), (30_000, .halfEven, 360),
        (1000, .halfUp, 350), (1000, .up, 351), (1000, .halfEven, 350),
        (0, .halfUp, 350), (0, .up, 350), (0, .halfEven, 350),
    ] as [(Int64, RoundingRule, Int64)])
    func rounding(fuel: Int64, rule: RoundingRule, cents: Int64) throws {
        #expect(try card(rounding: rule, fuel: fuel).rate(billableWeight: 500, zone: 0).minor == cents)
    }

    @Test("the minimum holds before fuel")
    func minimum() throws {
        #expect(try card(fuel: 100_000, minimum: 400 * Self.million).rate(billableWeight: 100, zone: 0).minor == 440)
        #expect(try card(fuel: 100_000, minimum: 400 * Self.million).rate(billableWeight: 100, zone: 1).minor == 550)
    }

    @Test("decimal arithmetic gives the same price for any rates", arguments: [
        (RoundingRule.halfUp, NSDecimalNumber.RoundingMode.plain), (.up, .up), (.halfEven, .bankers),
    ])
    func oracle(rule: RoundingRule, mode: NSDecimalNumber.RoundingMode) throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2000 {
            let flat = Int64(random.below(2_000_000_000)), perKilogram = Int64(random.below(500_000_000))
            let fuel = Int64(random.below(400_000)), weight = Int64(random.below(30_000))
            let card = try RateCard(
                currency: #require(Currency("USD")), zoneNames: ["1"], zones: .distance([.init(upTo: 1, zone: 0)]),
                breaks: [.init(upTo: 30_000, prices: [.init(flat: flat, perKilogram: perKilogram)])], dimensional: .none,
                fuelPartsPerMillion: fuel, rounding: rule)
            let base = Decimal(flat) / 1_000_000 + Decimal(perKilogram) / 1_000_000 * Decimal(weight) / 1000
            var exact = base * (1 + Decimal(fuel) / 1_000_000), rounded = Decimal()
            NSDecimalRound(&rounded, &exact, 0, mode)
            #expect(try card.rate(billableWeight: Grams(weight), zone: 0).minor == NSDecimalNumber(decimal: rounded).int64Value)
        }
    }

    @Test("a pair of regions holds in its direction only; distance takes the first band that reaches")
    func zones() throws {
        let country = try #require(Country("DE"))
        func place(_ region: String, _ latitude: Int64 = 0) -> CarrierPlace {
            CarrierPlace(
                country: country, region: region, postalCode: "", coordinates: Coordinates(latitude: latitude, longitude: 0))
        }
        let table = try card().zones
        #expect(table.zone(from: place("A"), to: place("B")) == 1)
        #expect(table.zone(from: place("B"), to: place("A")) == nil)
        let bands = ZoneTable.distance([.init(upTo: 120_000, zone: 0), .init(upTo: 500_000, zone: 1)])
        // A degree of latitude is 111.2 km.
        #expect(bands.zone(from: place("", 0), to: place("", 1_000_000)) == 0)
        #expect(bands.zone(from: place("", 0), to: place("", 2_000_000)) == 1)
        #expect(bands.zone(from: place("", 0), to: place("", 9_000_000)) == nil)
        #expect(bands.zone(from: place(""), to: CarrierPlace(country: country, postalCode: "1")) == 1)
    }

    @Test("a card with rows out of order, missing prices or below zero is refused by field")
    func malformed() throws {
        func make(_ breaks: [RateCard.WeightBreak], zone: Int = 0) throws -> RateCard {
            try RateCard(
                currency: #require(Currency("EUR")), zoneNames: ["1"], zones: .distance([.init(upTo: 1, zone: zone)]),
                breaks: breaks, dimensional: .none, rounding: .up)
        }
        func row(_ upTo: Int64, _ flats: [Int64]) -> RateCard.WeightBreak {
            .init(upTo: Grams(upTo), prices: flats.map { .init(flat: $0) })
        }
        let cases: [([RateCard.WeightBreak], Int, String)] = [
            ([], 0, "/breaks"), ([row(0, [1])], 0, "/breaks/0/upTo"), ([row(5, [1]), row(5, [1])], 0, "/breaks/1/upTo"),
            ([row(5, [1, 2])], 0, "/breaks/0/prices"), ([row(5, [-1])], 0, "/breaks/0/prices"), ([row(5, [1])], 1, "/zones"),
        ]
        for (breaks, zone, field) in cases {
            let refusal = #expect(throws: InvalidInput.self) { try make(breaks, zone: zone) }
            #expect(refusal?.field == field)
        }
    }
}
