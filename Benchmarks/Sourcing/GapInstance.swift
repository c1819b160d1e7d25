import Decisions
import Kernel

/// A horizon of demand against stock that no longer lies where it is wanted: orders one after another, nothing comes in.
///
/// Weights are whole half kilograms and prices rise by the same for each, so that cost is linear but for the parcels and a
/// bound can be computed elsewhere. What happened in earlier horizons is the forecast; what will happen is drawn apart.
struct GapInstance {
    struct Order: Hashable {
        var region: Int
        var skus: [Int]
    }

    enum Kind: String, CaseIterable {
        case single
        case multi
    }

    static let periods = 20
    static let pastHorizons = 3
    static let shortageCost: Int64 = 2_000
    static let halfKilo: Int64 = 500
    private static let siteCount = 6, regionCount = 30

    let name: String
    /// Price of a parcel's first and of each half kilogram, handling included: [site][region].
    let parcel: [[Int64]]
    let each: [[Int64]]
    let unit: [Int64]
    /// Half kilograms of each SKU.
    let weights: [Int64]
    /// [site][SKU].
    let stock: [[Int64]]
    let past: [Order]
    /// By period.
    let future: [[Order]]

    init(_ kind: Kind, seed: UInt64, number: Int) {
        name = "\(kind.rawValue)-\(seed)-\(number)"
        var random = SeededRandom(seed: seed).fork("gap \(kind.rawValue) \(number)")
        let sites = (0..<Self.siteCount).map { _ in Self.point(&random) }
        let regions = (0..<Self.regionCount).map { _ in Self.point(&random) }
        let zones = sites.map { site in regions.map { Int64(1 + min(7, Self.distance(site, $0) / 500)) } }
        let handling = sites.map { _ in Int64(80 + random.below(90)) }
        parcel = zip(zones, handling).map { zones, handling in zones.map { 320 + 45 * $0 + handling } }
        each = zones.map { $0.map { 14 + 9 * $0 } }
        unit = sites.map { _ in Int64(15 + random.below(25)) }
        let skus = kind == .single ? 24 : 16
        weights = (0..<skus).map { _ in Int64(1 + random.below(2)) }
        let demand = GapDemand(kind, skus: skus, regions: Self.regionCount, random: &random)
        stock = Self.stock(demand.means, &random)
        var earlier = random.fork("past"), later = random.fork("future")
        past = (0..<Self.pastHorizons * Self.periods).flatMap { _ in demand.period(&earlier) }
        future = (0..<Self.periods).map { _ in demand.period(&later) }
    }

    private static func point(_ random: inout SeededRandom) -> (x: Int, y: Int) { (random.below(4_000), random.below(2_500)) }

    private static func distance(_ a: (x: Int, y: Int), _ b: (x: Int, y: Int)) -> Int { abs(a.x - b.x) + abs(a.y - b.y) }

    /// Between nine tenths and five fourths of the demand expected, spread over the sites without regard to it.
    private static func stock(_ means: [Double], _ random: inout SeededRandom) -> [[Int64]] {
        var stock = [[Int64]](repeating: means.map { _ in 0 }, count: siteCount)
        for (sku, mean) in means.enumerated() {
            let total = mean * Double(90 + random.below(36)) / 100
            let shares = (0..<siteCount).map { _ in Double(1 + random.below(100)) }
            let sum = shares.reduce(0, +)
            for site in 0..<siteCount { stock[site][sku] = Int64(total * shares[site] / sum) }
        }
        return stock
    }

    /// The question that an order is, with what is left and what it is worth where it lies; [site][SKU].
    func problem(_ order: Order, stock: [[Int64]], values: [[Int64]]?) -> SourcingProblem {
        let sites = parcel.indices.map { site in
            let prices = (1...12).map { step in
                SourcingProblem.PriceBreak(
                    upToGrams: Int64(step) * Self.halfKilo,
                    price: parcel[site][order.region] + each[site][order.region] * Int64(step))
            }
            return SourcingProblem.Site(
                id: ID(Int64(site + 1)), available: order.skus.map { stock[site][$0] }, handlingPerUnit: unit[site],
                scarcity: values.map { all in order.skus.map { all[site][$0] } } ?? [],
                options: [.init(service: ID(1), prices: prices, shipBy: .distantPast, arrival: .distantPast)])
        }
        return SourcingProblem(
            lines: order.skus.map { .init(quantity: 1, grams: weights[$0] * Self.halfKilo) }, sites: sites)
    }

    /// For the script that computes bounds.
    var written: JSON {
        func numbers(_ list: [Int64]) -> JSON { .array(list.map { .int($0) }) }
        return [
            "name": .string(name), "parcel": .array(parcel.map(numbers)), "each": .array(each.map(numbers)),
            "unit": numbers(unit), "weights": numbers(weights), "stock": .array(stock.map(numbers)),
            "shortage": .int(Self.shortageCost),
            "orders": .array(future.flatMap { $0 }.map { numbers([Int64($0.region)] + $0.skus.map(Int64.init)) }),
        ]
    }

    /// Tells whether a bound was computed for this instance as it is.
    var digest: String { String(written.text.stableHash, radix: 16) }
}

/// How orders come about: steady over the periods.
struct GapDemand {
    /// Units of each SKU over the horizon.
    let means: [Double]
    private let kind: GapInstance.Kind
    private let ordersAPeriod: Double
    /// Cumulated, of a million.
    private let popularity: [Int]
    private let geography: [[Int]]
    /// Cumulated percents of orders with one, two … lines.
    private static let lines = [30, 60, 80, 92, 100]

    init(_ kind: GapInstance.Kind, skus: Int, regions: Int, random: inout SeededRandom) {
        self.kind = kind
        popularity = Self.cumulated((0..<skus).map { _ in 20 + random.below(80) })
        let people = (0..<regions).map { _ in 5 + random.below(95) }
        geography = (0..<skus).map { _ in Self.cumulated(people.map { $0 * (50 + random.below(100)) / 100 }) }
        ordersAPeriod = kind == .single ? Double(skus) * 8 : 32
        let perOrder = kind == .single ? 1.0 : 2.38
        var means: [Double] = []
        for sku in 0..<skus {
            let share = Double(popularity[sku] - (sku > 0 ? popularity[sku - 1] : 0)) / 1_000_000
            means.append(share * ordersAPeriod * perOrder * Double(GapInstance.periods))
        }
        self.means = means
    }

    func period(_ random: inout SeededRandom) -> [GapInstance.Order] {
        // The sum of many small chances: close to Poisson, and exact on every machine.
        let draws = Int(ordersAPeriod * 4)
        return (0..<draws).filter { _ in random.below(4) == 0 }.map { _ in order(&random) }
    }

    private func order(_ random: inout SeededRandom) -> GapInstance.Order {
        let draw = random.below(100), count = kind == .single ? 1 : 1 + (Self.lines.firstIndex { draw < $0 } ?? 0)
        var skus: [Int] = []
        while skus.count < count {
            let sku = Self.pick(popularity, &random)
            if !skus.contains(sku) { skus.append(sku) }
        }
        return GapInstance.Order(region: Self.pick(geography[skus[0]], &random), skus: skus.sorted())
    }

    private static func cumulated(_ weights: [Int]) -> [Int] {
        let all = weights.reduce(0, +)
        var sum = 0
        return weights.map { weight in
            sum += weight
            return sum * 1_000_000 / all
        }
    }

    private static func pick(_ cumulated: [Int], _ random: inout SeededRandom) -> Int {
        let draw = random.below(1_000_000)
        return cumulated.firstIndex { draw < $0 } ?? cumulated.count - 1
    }
}
