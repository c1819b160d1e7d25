import Decisions
import Kernel

/// Orders of a general merchandiser, from a seed: a catalogue of 2,000 SKUs, twelve cartons, and orders of any size.
///
/// Every unit fits the largest carton in any turn.
struct PackingOrderSuite {
    let cartons: [CartonOption]
    let rules: PackingRules
    private var catalogue: [PackingItem] = []
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        cartons = Self.range
        rules = PackingRules(
            padding: 5, limits: ParcelLimits(maxGross: 31_500, maxLength: 1_200, maxLengthPlusGirth: 3_000),
            tariff: .billable(perParcelMinor: 390, perKilogramMinor: 45, divisor: 5_000))
        for index in 0..<2_000 { catalogue.append(drawItem(index)) }
    }

    /// One order with so many units of, as a rule, different SKUs.
    mutating func order(units: Int) -> [PackingItem] {
        var lines: [PackingItem] = [], left = units
        while left > 0 {
            var line = catalogue[random.below(catalogue.count)]
            line.index = lines.count
            line.quantity = min(left, random.chance(partsPerMillion: 250_000) ? 2 + random.below(3) : 1)
            left -= line.quantity
            lines.append(line)
        }
        return lines
    }

    /// A number of units as shops see it: 60 % one, 20 % two, the rest three to eight.
    mutating func usualUnits() -> Int {
        let share = random.below(100)
        return share < 60 ? 1 : share < 80 ? 2 : share < 92 ? 3 : 4 + random.below(5)
    }

    private mutating func drawItem(_ index: Int) -> PackingItem {
        let scale = 30 + random.below(random.chance(partsPerMillion: 150_000) ? 300 : 120)
        let sides = (0..<3).map { _ in Int64(min(440, max(12, scale * (40 + random.below(160)) / 100))) }
        let volume = sides.reduce(1, *)
        let densityPerMille = Int64(100 + random.below(500))
        let fragile = random.below(100)
        return PackingItem(
            index: index,
            size: Dimensions(length: Millimetres(sides[0]), width: Millimetres(sides[1]), height: Millimetres(sides[2])),
            weight: Grams(min(25_000, max(10, volume * densityPerMille / 1_000_000))),
            thisSideUp: random.chance(partsPerMillion: 100_000),
            bears: fragile < 5 ? .nothing : fragile < 15 ? .nothingHeavier : .anything)
    }

    /// Twelve cartons, from a book's to a kettle's and beyond; the outside is 6 mm more.
    private static let range: [CartonOption] = {
        let sizes: [(Int64, Int64, Int64, Int64)] = [
            (180, 130, 60, 22), (220, 160, 80, 28), (250, 180, 100, 34), (260, 220, 130, 41), (310, 220, 150, 48),
            (350, 260, 120, 52), (340, 240, 200, 58), (400, 300, 200, 71), (450, 350, 250, 95), (500, 400, 300, 124),
            (600, 400, 400, 165), (780, 550, 450, 260),
        ]
        return sizes.enumerated().map { place, size in
            let (l, w, h) = (Millimetres(size.0), Millimetres(size.1), Millimetres(size.2))
            return CartonOption(
                id: Int64(place + 1), inner: Dimensions(length: l, width: w, height: h),
                outer: Dimensions(length: l + 6, width: w + 6, height: h + 6), maxLoad: 30_000,
                tare: Grams(Int64(40 + place * place * 7)), costMinor: size.3)
        }
    }()
}
