import Kernel

/// Whether given units fit one carton.
enum LoadingAnswer {
    case fits([LoadedUnit])
    /// Ruled out: see `PackingProof.proven`.
    case cannot
    /// Not found within the budget.
    case unresolved
}

/// Answers whether given units fit one carton: greedy loadings first, then a refutation, then an exhaustive search.
struct LoadingSearch {
    /// Placements that the exhaustive searches of this order may still try.
    var nodesLeft: Int
    private var load = CartonLoad()
    private var exhaustive = ExhaustiveLoading()
    private var sequences: [[Int]] = []

    /// More units than this are loaded greedily only.
    static let mostExhaustiveUnits = 12

    init(nodes: Int) { nodesLeft = nodes }

    /// The counts must share, weigh little enough, and fit by volume and one by one; only the geometry is decided here.
    mutating func decide(_ goods: Goods, _ counts: [Int], carton: Extent) -> LoadingAnswer {
        let units = counts.reduce(0, +)
        if units == 1, let single = single(goods, counts, carton) { return .fits([single]) }
        if let found = greedy(goods, counts, carton, units) { return .fits(found) }
        guard units <= Self.mostExhaustiveUnits, nodesLeft > 0 else { return .unresolved }
        if refuted(goods, counts, carton) { return .cannot }
        if let found = drawn(goods, counts, carton) { return .fits(found) }
        return exhausted(goods, counts, carton)
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

    /// A refutation step is far cheaper than a placement: eight cost as much as one.
    private mutating func refuted(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> Bool {
        let kinds = counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
        let steps = 8 * min(nodesLeft, 200_000)
        var refutation = AxisRefutation(goods, kinds, carton: carton, steps: steps)
        let r0 = refutation.refutes()
        let refuted = r0 ?? false
        print("R", kinds.count, r0 == nil ? "out" : r0! ? "refuted" : "allowed", steps - refutation.remainingSteps, "fill", counts.indices.reduce(0) { $0 + goods.kinds[$1].volume * Int64(counts[$1]) } * 100 / carton.volume)
        nodesLeft -= (steps - refutation.remainingSteps) / 8
        return refuted
    }

    /// Greedy loadings in orders drawn about the order by volume, with turns and tastes drawn as well.
    private mutating func drawn(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> [LoadedUnit]? {
        let units = counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
        let side = goods.leastSide(counts), volume = goods.leastVolume(counts)
        var random = SeededRandom(seed: 7)
        for attempt in 0..<Self.drawnAttempts {
            let keyed = units.map { kind in
                (kind, Double(goods.kinds[kind].volume) * Double(16 + random.below(100)))
            }
            let order = keyed.sorted { $0.1 > $1.1 }.map(\.0)
            load.reset(carton, leastSide: side, leastVolume: volume)
            if load.fillAtRandom(goods, order, &random) { print("F", attempt); return load.units }
        }
        print("F none")
        return nil
    }
    static let drawnAttempts = 1000

    private mutating func exhausted(_ goods: Goods, _ counts: [Int], _ carton: Extent) -> LoadingAnswer {
        let nodes = max(0, nodesLeft)
        let found = exhaustive.search(goods, counts, carton: carton, load: &load, nodes: nodes)
        nodesLeft -= nodes - max(0, exhaustive.nodesLeft)
        print("D", found == nil ? "out" : found! ? "fits" : "cannot", nodes - max(0, exhaustive.nodesLeft))
        switch found {
        case true?: return .fits(load.units)
        case false?: return .cannot
        case nil: return .unresolved
        }
    }
}
