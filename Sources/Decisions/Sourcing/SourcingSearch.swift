/// Branch and bound over parts: the first open item of what is left goes into some part, and the lattice's
/// cover bounds the rest.
struct SourcingSearch {
    private let model: SourcingModel
    private let sources: [Int]
    private let lattice: SourcingLattice
    private var left: [Int]
    private var parts: [SourcingDraft.Part] = []
    private var best: SourcingDraft?
    private var limit: Int64 = 0
    private var effortLeft: Int

    init(_ model: SourcingModel, sources: [Int], effort: Int) {
        self.model = model
        self.sources = sources
        effortLeft = effort
        lattice = SourcingLattice(model, sources: sources)
        left = model.stock
    }

    /// The cheapest draft below `known`, or nil; and whether the search came to its end.
    ///
    /// The bound is tried as the limit first: where stock does not bind over parts that walks straight to the
    /// optimum.
    mutating func run(below known: Int64) -> (draft: SourcingDraft?, finished: Bool) {
        let whole = lattice.states - 1
        guard lattice.cover[whole] < known else { return (nil, true) }
        for limit in [lattice.cover[whole] + 1, known] where best == nil && effortLeft > 0 {
            self.limit = limit
            descend(whole, 0)
        }
        return (best, effortLeft > 0)
    }

    private mutating func descend(_ rest: Int, _ cost: Int64) {
        guard rest > 0 else {
            best = SourcingDraft(parts: parts, cost: cost)
            limit = cost
            return
        }
        var walk = SubvectorWalk(radix: lattice.radix, strides: lattice.strides)
        walk.start(rest)
        repeat {
            let after = cost + lattice.cover[rest - walk.vector]
            guard after + lattice.part[walk.vector] < limit else { continue }
            effortLeft -= sources.count
            let steps = steps(walk.vector)
            for source in sources where effortLeft > 0 {
                let part = self.cost(source, steps, walk.vector)
                if after + part < limit { take(source, steps, rest - walk.vector, cost + part) }
            }
        } while effortLeft > 0 && walk.next()
        effortLeft -= 1
    }

    private mutating func take(_ source: Int, _ steps: [Int], _ rest: Int, _ cost: Int64) {
        let site = model.sources[source].site * steps.count
        for item in steps.indices { left[site + item] -= steps[item] }
        parts.append(.init(source: source, steps: steps))
        descend(rest, cost)
        parts.removeLast()
        for item in steps.indices { left[site + item] += steps[item] }
    }

    private func steps(_ vector: Int) -> [Int] {
        lattice.strides.indices.map { vector / lattice.strides[$0] % lattice.radix[$0] }
    }

    /// The part's scaled cost, or `never` where the source, or what is left at its site, has too little.
    private func cost(_ source: Int, _ steps: [Int], _ vector: Int) -> Int64 {
        let row = source * steps.count, site = model.sources[source].site * steps.count
        var sum: Int64 = 0
        for item in steps.indices where steps[item] > 0 {
            if steps[item] > model.room[row + item] || steps[item] > left[site + item] { return SourcingModel.never }
            sum += model.linear[row + item] * Int64(steps[item])
        }
        return sum + model.fixedCost(
            model.sources[source], grams: lattice.grams[vector], volume: lattice.volumes[vector])
    }
}
