import Decisions
import Kernel

/// Short forms for packing tests.
enum PackingSample {
    static func size(_ length: Int64, _ width: Int64, _ height: Int64) -> Dimensions {
        Dimensions(length: Millimetres(length), width: Millimetres(width), height: Millimetres(height))
    }

    static func item(
        _ index: Int, _ length: Int64, _ width: Int64, _ height: Int64, grams: Int64 = 100, quantity: Int = 1
    ) -> PackingItem {
        PackingItem(index: index, size: size(length, width, height), weight: Grams(grams), quantity: quantity)
    }

    static func carton(
        _ id: Int64, _ length: Int64, _ width: Int64, _ height: Int64, cost: Int64, maxLoad: Int64 = 20_000,
        onHand: Int = .max
    ) -> CartonOption {
        CartonOption(
            id: id, inner: size(length, width, height), maxLoad: Grams(maxLoad), tare: 50, costMinor: cost, onHand: onHand)
    }

    /// Three cartons of one, two and eight litres.
    static let range = [
        carton(1, 100, 100, 100, cost: 20), carton(2, 200, 100, 100, cost: 30), carton(3, 200, 200, 200, cost: 60),
    ]

    static let rules = PackingRules(tariff: .billable(perParcelMinor: 400, perKilogramMinor: 50, divisor: 5_000))

    /// A random order and everything about it, from a seed.
    struct Scene {
        var items: [PackingItem]
        var cartons: [CartonOption]
        var rules: PackingRules
    }

    static func scene(seed: UInt64, mostUnits: Int) -> Scene {
        var random = SeededRandom(seed: seed)
        let lines = 1 + random.below(mostUnits)
        let items = (0..<lines).map { randomItem($0, &random) }
        let cartons = (0..<(1 + random.below(10))).map { place in
            let (l, w, h) = (80 + random.below(420), 80 + random.below(320), 50 + random.below(300))
            return CartonOption(
                id: Int64(100 + place), inner: size(Int64(l), Int64(w), Int64(h)),
                outer: size(Int64(l + 6), Int64(w + 6), Int64(h + 6)), maxLoad: Grams(Int64(1_000 + random.below(25_000))),
                tare: Grams(Int64(random.below(400))), costMinor: Int64(10 + l * w * h / 100_000 + random.below(40)),
                onHand: random.chance(partsPerMillion: 700_000) ? .max : random.below(4))
        }
        return Scene(items: items, cartons: cartons, rules: randomRules(&random))
    }

    private static func randomItem(_ index: Int, _ random: inout SeededRandom) -> PackingItem {
        let sides = (0..<3).map { _ in Int64(15 + random.below(random.chance(partsPerMillion: 100_000) ? 400 : 150)) }
        return PackingItem(
            index: index * 3, size: size(sides[0], sides[1], sides[2]), weight: Grams(Int64(20 + random.below(3_000))),
            quantity: random.chance(partsPerMillion: 300_000) ? random.below(6) : 1,
            thisSideUp: random.chance(partsPerMillion: 200_000), bears: BearingRule.allCases[max(0, random.below(8) - 5)],
            shipsInOwnContainer: random.chance(partsPerMillion: 80_000),
            groups: random.chance(partsPerMillion: 150_000) ? .group(1) : [],
            keepsApartFrom: random.chance(partsPerMillion: 60_000) ? .group(1) : [])
    }

    private static func randomRules(_ random: inout SeededRandom) -> PackingRules {
        let limits = ParcelLimits(
            maxGross: random.chance(partsPerMillion: 500_000) ? Grams(Int64(2_000 + random.below(20_000))) : nil,
            maxLength: random.chance(partsPerMillion: 300_000) ? Millimetres(Int64(200 + random.below(400))) : nil,
            maxLengthPlusGirth: random.chance(partsPerMillion: 300_000) ? Millimetres(Int64(700 + random.below(900))) : nil)
        return PackingRules(
            padding: Millimetres(Int64(random.below(8))), minSupportPPM: [0, 700_000, 800_000, 1_000_000][random.below(4)],
            limits: limits,
            tariff: .billable(
                perParcelMinor: Int64(random.below(500)), perKilogramMinor: Int64(random.below(300)),
                divisor: [0, 4_000, 5_000][random.below(3)]))
    }
}
