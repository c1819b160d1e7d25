import Decisions
import Kernel
import Testing

@Suite("Cartonization, against trying everything")
struct PackingProofTests {
    /// Two to four bricks of one to four millimetres and three cartons of up to six: small enough to try every
    /// place on the grid and every partition.
    @Test("a proven plan costs what trying everything finds", arguments: 0..<4)
    func optimality(block: Int) {
        var proven = 0
        for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
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
        #expect(proven > 50)
    }

    /// No support asked for, as the reference asks for none.
    private static let rules = PackingRules(minSupportPPM: 0)

    private static func instance(_ seed: UInt64) -> ([PackingItem], [CartonOption]) {
        var random = SeededRandom(seed: seed)
        let items = (0..<(2 + random.below(3))).map {
            Sample.item($0, Int64(1 + random.below(4)), Int64(1 + random.below(4)), Int64(1 + random.below(4)))
        }
        let cartons = (0..<3).map { place in
            let sides = (0..<3).map { _ in Int64(2 + random.below(5)) }
            return Sample.carton(Int64(place), sides[0], sides[1], sides[2], cost: 10 + sides.reduce(1, *) / 3 + Int64(random.below(20)))
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
        let whole = 1 << items.count
        var least = [Int64](repeating: .max / 4, count: whole)
        least[0] = 0
        for set in 1..<whole {
            for part in 1...set where part & set == part {
                let cost = cartons.filter { isPackable(part, $0) }.map(\.costMinor).min() ?? .max / 4
                least[set] = min(least[set], least[set & ~part] + cost)
            }
        }
        return least[whole - 1]
    }

    private func isPackable(_ set: Int, _ carton: CartonOption) -> Bool {
        let units = items.indices.filter { set & 1 << $0 != 0 }.map { sides(items[$0].size) }
        let room = sides(carton.inner)
        guard units.map({ $0.reduce(1, *) }).reduce(0, +) <= room.reduce(1, *) else { return false }
        var taken = Set<[Int]>()
        return places(units[...], room, &taken)
    }

    private func sides(_ size: Dimensions) -> [Int] {
        [size.length, size.width, size.height].map { Int($0.rawValue) }
    }

    /// `taken` holds the unit cells that are filled.
    private func places(_ units: ArraySlice<[Int]>, _ room: [Int], _ taken: inout Set<[Int]>) -> Bool {
        guard let unit = units.first else { return true }
        for turn in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let size = turn.map { unit[$0] }
            guard zip(size, room).allSatisfy({ $0 <= $1 }) else { continue }
            for x in 0...(room[0] - size[0]) {
                for y in 0...(room[1] - size[1]) {
                    for z in 0...(room[2] - size[2]) {
                        let cells = cells(at: [x, y, z], size)
                        guard taken.isDisjoint(with: cells) else { continue }
                        taken.formUnion(cells)
                        if places(units.dropFirst(), room, &taken) { return true }
                        taken.subtract(cells)
                    }
                }
            }
        }
        return false
    }

    private func cells(at corner: [Int], _ size: [Int]) -> [[Int]] {
        (0..<size[0]).flatMap { x in
            (0..<size[1]).flatMap { y in (0..<size[2]).map { z in [corner[0] + x, corner[1] + y, corner[2] + z] } }
        }
    }
}
