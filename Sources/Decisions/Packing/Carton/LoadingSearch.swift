import Kernel

/// Whether given units fit one carton.
enum LoadingAnswer {
    case fits([LoadedUnit])
    /// Ruled out: see `PackingProof.proven`.
    case cannot
    /// Not found within the budget.
    case unresolved
}

/// Answers whether given units fit one carton: greedy loadings first, then refutation and drawn loadings by
/// turns, then an exhaustive search.
struct LoadingSearch {
    /// What the searches of this order may still do, in placements of a unit.
    private(set) var nodesLeft: Int
    private var load = CartonLoad()
    private var exhaustive = ExhaustiveLoading()
    private var sequences: [[Int]] = []
    /// Greedy loadings drawn so far in this test.
    private var random = SeededRandom(seed: 0)

    /// More units than this are loaded greedily only.
    static let mostExhaustiveUnits = 12
    /// Steps of a refutation that take as long as one placement.
    private static let stepsANode = 32

    init(nodes: Int) { nodesLeft = nodes }

    /// The counts must share, weigh little enough, and fit by volume and one by one; only the geometry is decided here.
    mutating func decide(_ goods: Goods, _ counts: [Int], carton: Extent) -> LoadingAnswer {
        let units = counts.reduce(0, +)
        if units == 1, let single = single(goods, counts, carton) { return .fits([single]) }
        if let found = greedy(goods, counts, carton, units) { return .fits(found) }
        guard units <= Self.mostExhaustiveUnits, nodesLeft > 0 else { return .unresolved }
        return searched(goods, counts, carton)
    }

    private func single(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> LoadedUnit? {
        guard let kind = counts.firstIndex(of: 1),
            let turn = goods.kinds[kind].turns.first(where: { goods.turns[$0].fits(in: carton) })
        else { return nil }
        return LoadedUnit(kind: kind, box: Cuboid(x: 0, y: 0, z: 0, extent: goods.turns[turn]))
    }

    private mutating func greedy(_ goods: Goods, _ counts: [Int], _ carton: Extent, _ units: Int) -> [LoadedUnit]? {
        if sequences.isEmpty { sequences = LoadingOrder.allCases.map { goods.sequence($0) } }
        let side = goods.leastSide(counts), volume = goods.leastVolume(counts)
        for (at, sequence) in sequences.enumerated() where !sequences[..<at].contains(sequence) {
            for taste in LoadingTaste.allCases {
                load.reset(carton, leastSide: side, leastVolume: volume)
                if load.fill(goods, counts, sequence, taste, maxLoadGrams: .max, wholly: true) == units {
                    return load.units
                }
            }
        }
        return nil
    }

    /// Short attempts to refute and to find, then longer ones.
    private mutating func searched(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> LoadingAnswer {
        let units = counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
        random = SeededRandom(seed: 7)
        var refuted: Bool?
        for (steps, attempts) in [(4_000, 50), (64_000, 150)] {
            if refuted == nil { refuted = refutes(goods, units, carton, steps: steps) }
            if refuted == true { return .cannot }
            if let found = drawn(goods, counts, units, carton, attempts: attempts) { return .fits(found) }
        }
        return exhausted(goods, counts, carton)
    }

    private mutating func refutes(_ goods: Goods, _ units: [Int], _ carton: Extent, steps: Int) -> Bool? {
        let steps = min(steps, Self.stepsANode * max(0, nodesLeft))
        var refutation = AxisRefutation(goods, units, carton: carton, steps: steps)
        let refuted = refutation.refutes()
        nodesLeft -= (steps - refutation.remainingSteps) / Self.stepsANode
        return refuted
    }

    /// Greedy loadings in orders drawn about the order by volume, with turns and tastes drawn as well.
    private mutating func drawn(
        _ goods: Goods, _ counts: [Int], _ units: [Int], _ carton: Extent, attempts: Int
    ) -> [LoadedUnit]? {
        let side = goods.leastSide(counts), volume = goods.leastVolume(counts)
        for _ in 0..<attempts where nodesLeft > 0 {
            let keyed = units.map { ($0, Double(goods.kinds[$0].volume) * Double(16 + random.below(100))) }
            let order = keyed.sorted { $0.1 > $1.1 }.map(\.0)
            load.reset(carton, leastSide: side, leastVolume: volume)
            let isLoaded = load.fillAtRandom(goods, order, &random)
            nodesLeft -= load.units.count
            if isLoaded { return load.units }
        }
        return nil
    }

    /// Half of what is left of the budget, so that no single carton uses it up.
    private mutating func exhausted(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> LoadingAnswer {
        let nodes = max(0, nodesLeft / 2)
        let found = exhaustive.search(goods, counts, carton: carton, load: &load, nodes: nodes)
        nodesLeft -= nodes - exhaustive.nodesLeft
        switch found {
        case true?: return .fits(load.units)
        case false?: return .cannot
        case nil: return .unresolved
        }
    }
}
