import Decisions
import Kernel
import Testing

@Suite("Cartonization, against trying everything")
struct PackingProofTests {
    #if DEBUG
    static let seeds: UInt64 = 15
    #else
    static let seeds: UInt64 = 500
    #endif

    /// Two to five bricks of one to three millimetres and three cartons of up to four (64 cells, a bit each): small enough
    /// to try every place on the grid and every partition.
    @Test("a proven plan costs what trying everything finds", arguments: 0..<2)
    func optimality(block: Int) {
        var proven: UInt64 = 0
        for seed in UInt64(block) * Self.seeds..<UInt64(block + 1) * Self.seeds {
            let (items, cartons) = Self.instance(seed)
            let plan = Cartonizer().pack(items, cartons: cartons, rules: Self.rules)
            guard plan.unfit.isEmpty else { continue }
            let least = TryEverything(items, cartons).leastCost()
            #expect(plan.costMinor >= least, "seed \(seed)")
            if plan.proof == .proven {
                proven += 1
                #expect(plan.costMinor == least, "seed \(seed)")
            }
        }
        #expect(proven * 2 > Self.seeds)
    }

    /// No support asked for, as the reference asks for none.
    private static let rules = PackingRules(minSupportPPM: 0)

    private static func instance(_ seed: UInt64) -> ([PackingItem], [CartonOption]) {
        var random = SeededRandom(seed: seed)
        let items = (0..<(2 + random.below(4))).map {
            PackingSample.item($0, Int64(1 + random.below(3)), Int64(1 + random.below(3)), Int64(1 + random.below(3)))
        }
        let cartons = (0..<3).map { place in
            let sides = (0..<3).map { _ in Int64(2 + random.below(3)) }
            let cost = 10 + sides.reduce(1, *) / 3 + Int64(random.below(20))
            return PackingSample.carton(Int64(place), sides[0], sides[1], sides[2], cost: cost)
        }
        return (items, cartons)
    }
}

/// The least cost by brute force: every partition, every turn, every whole-millimetre place.
private struct TryEverything {
    private let items: [PackingItem]
    private let cartons: [CartonOption]

    init(_ items: [PackingItem], _ cartons: [CartonOption]) { (self.items, self.cartons) = (items, cartons) }

    /// The cheapest partition of the units into cartons.
    func leastCost() -> Int64 {
        let whole = 1 << items.count, never = Int64.max / 4
        var alone = [Int64](repeating: never, count: whole)
        for carton in cartons {
            let places = items.map { masks($0.size, in: carton.inner) }
            for set in 1..<whole where carton.costMinor < alone[set] {
                let units = places.indices.filter { set & 1 << $0 != 0 }.map { places[$0] }
                if fit(units[...], taken: 0) { alone[set] = carton.costMinor }
            }
        }
        var least = alone
        for set in 1..<whole {
            for part in 1..<set where part & set == part { least[set] = min(least[set], alone[part] + least[set & ~part]) }
        }
        return least[whole - 1]
    }

    /// `units` holds, for each unit, the cells it fills in each of its turns and places.
    private func fit(_ units: ArraySlice<[UInt64]>, taken: UInt64) -> Bool {
        guard let unit = units.first else { return true }
        return unit.contains { $0 & taken == 0 && fit(units.dropFirst(), taken: taken | $0) }
    }

    private func masks(_ size: Dimensions, in room: Dimensions) -> [UInt64] {
        let (unit, room) = (sides(size), sides(room))
        let turns = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].map { $0.map { unit[$0] } }
        return turns.filter { zip($0, room).allSatisfy { $0 <= $1 } }.flatMap { turn in
            corners(zip(room, turn).map { $0 - $1 + 1 }).map { corner in
                corners(turn).reduce(0) { $0 | 1 << UInt64(cell(zip($1, corner).map { $0 + $1 })) }
            }
        }
    }

    private func sides(_ size: Dimensions) -> [Int] {
        [size.length, size.width, size.height].map { Int($0.rawValue) }
    }

    /// All whole places in a box of these sides.
    private func corners(_ sides: [Int]) -> [[Int]] {
        (0..<sides[0]).flatMap { x in (0..<sides[1]).flatMap { y in (0..<sides[2]).map { [x, y, $0] } } }
    }

    private func cell(_ place: [Int]) -> Int { place[0] * 16 + place[1] * 4 + place[2] }
}
