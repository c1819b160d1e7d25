import Decisions
import Kernel

/// One class of the suite: so many orders of so many lines against so many sites.
struct SourcingClass {
    var lines: Int
    var sites: Int
    var orders: Int
}

/// The seeded suite: sites and recipients on a map of 4,000 × 2,500 km, two services a site priced by distance
/// zone and half kilograms, stock that is often short. The same seed gives the same orders on every machine.
struct SourcingSuite {
    static let classes: [SourcingClass] =
        [5, 10].flatMap { sites in (1...5).map { SourcingClass(lines: $0, sites: sites, orders: 4_000) } }
        + [SourcingClass(lines: 8, sites: 12, orders: 1_000)]

    private var random: SeededRandom
    private let sites: [(x: Int, y: Int, parcel: Int64, unit: Int64)]

    init(_ wanted: SourcingClass, seed: UInt64) {
        random = SeededRandom(seed: seed).fork("\(wanted.lines) lines \(wanted.sites) sites")
        var made: [(x: Int, y: Int, parcel: Int64, unit: Int64)] = []
        for _ in 0..<wanted.sites {
            let x = random.below(4_000), y = random.below(2_500)
            made.append((x, y, Int64(80 + random.below(90)), Int64(15 + random.below(25))))
        }
        sites = made
    }

    mutating func order(lines count: Int) -> SourcingProblem {
        let lines = (0..<count).map { _ in line() }
        let x = random.below(4_000), y = random.below(2_500)
        var offers: [SourcingProblem.Site] = []
        for (index, site) in sites.enumerated() {
            let distance = abs(site.x - x) + abs(site.y - y)
            offers.append(SourcingProblem.Site(
                id: ID(Int64(index + 1)), distance: Int64(distance),
                available: lines.map { _ in random.below(100) < 65 ? Int64(1 + random.below(6)) : 0 },
                handlingPerParcel: site.parcel, handlingPerUnit: site.unit,
                scarcity: lines.map { _ in Int64(random.below(4) == 0 ? random.below(150) : 0) },
                options: options(distance)))
        }
        return SourcingProblem(
            lines: lines, sites: offers, splitCost: 120, deadline: Self.start + .days(2 + random.below(4)),
            latenessPerDay: 250)
    }

    private mutating func line() -> SourcingProblem.Line {
        let draw = random.below(100), grams = Int64(40 + random.below(400) * (1 + random.below(6)))
        return SourcingProblem.Line(
            quantity: draw < 80 ? 1 : draw < 95 ? 2 : 3, grams: grams,
            volume: grams * Int64(2_000 + random.below(7_000)))
    }

    private static let start = Instant(micros: 1_780_000_000_000_000)

    private func options(_ distance: Int) -> [SourcingProblem.Option] {
        let zone = Int64(1 + min(7, distance / 500)), transit = 1 + distance / 700
        let ground = prices(first: 320 + 45 * zone, each: 14 + 9 * zone)
        let air = prices(first: 780 + 60 * zone, each: 60 + 12 * zone)
        return [
            .init(service: ID(1), prices: ground, dimDivisor: 5_000, shipBy: Self.start + .hours(12),
                arrival: Self.start + .hours(12 + 24 * transit)),
            .init(service: ID(2), prices: air, dimDivisor: 5_000, shipBy: Self.start + .hours(12),
                arrival: Self.start + .hours(36)),
        ]
    }

    /// Twenty steps of half a kilogram.
    private func prices(first: Int64, each: Int64) -> [SourcingProblem.PriceBreak] {
        (1...20).map { .init(upToGrams: $0 * 500, price: first + $0 * each) }
    }
}
