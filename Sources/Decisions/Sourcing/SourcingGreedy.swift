extension SourcingModel {
    /// A draft by rule: again and again the part that ships most for its cost, until all targets are met.
    func greedyDraft(of candidates: [Int]) -> SourcingDraft {
        var cargo = SourcingCargo(self)
        while !cargo.isDone {
            var best: (source: Int, load: SourcingCargo.Load)?
            for source in candidates {
                let load = cargo.load(source, self)
                guard load.steps > 0 else { continue }
                if let best, load.costPerUnit >= best.load.costPerUnit { continue }
                best = (source, load)
            }
            guard let best else { break }
            cargo.take(best.source, best.load, self)
        }
        return cargo.draft
    }

    /// The rule most shops start with: sites by distance, each ships all it has of what is still open, by the
    /// service that takes most of it, then by the cheapest.
    func nearestDraft() -> SourcingDraft {
        var cargo = SourcingCargo(self)
        let order = sites.indices.sorted { (sites[$0].distance, $0) < (sites[$1].distance, $1) }
        for site in order where !cargo.isDone {
            let services = sources.indices.filter { sources[$0].site == site }
            while let best = mostTaken(of: services, cargo) { cargo.take(best.source, best.load, self) }
        }
        return cargo.draft
    }

    private func mostTaken(of services: [Int], _ cargo: SourcingCargo) -> (source: Int, load: SourcingCargo.Load)? {
        var best: (source: Int, load: SourcingCargo.Load)?
        for source in services {
            let load = cargo.load(source, self)
            guard load.steps > 0 else { continue }
            if let best, (-load.steps, load.cost) >= (-best.load.steps, best.load.cost) { continue }
            best = (source, load)
        }
        return best
    }
}

/// What of an order is still open, and a draft for the rest, while a rule makes one.
struct SourcingCargo {
    /// All that a source can ship of what is open.
    struct Load {
        var steps = 0
        var units: Int64 = 0
        /// Scaled.
        var cost: Int64 = 0

        var costPerUnit: Double { Double(cost) / Double(units) }
    }

    private(set) var draft = SourcingDraft()
    /// Steps of each item.
    private var open: [Int]
    private var left: [Int]

    init(_ model: SourcingModel) {
        open = model.items.map(\.target)
        left = model.stock
    }

    var isDone: Bool { !open.contains { $0 > 0 } }

    func load(_ source: Int, _ model: SourcingModel) -> Load {
        var load = Load(), grams: Int64 = 0, volume: Int64 = 0
        for item in open.indices {
            let steps = takable(item, source, model), count = Int64(steps)
            load.steps += steps
            load.units += model.items[item].units * count
            load.cost += model.linear[source * open.count + item] * count
            grams += model.items[item].grams * count
            volume += model.items[item].volume * count
        }
        if load.steps > 0 { load.cost += model.fixedCost(model.sources[source], grams: grams, volume: volume) }
        return load
    }

    mutating func take(_ source: Int, _ load: Load, _ model: SourcingModel) {
        let steps = open.indices.map { takable($0, source, model) }
        for item in open.indices {
            open[item] -= steps[item]
            left[model.sources[source].site * open.count + item] -= steps[item]
        }
        draft.parts.append(.init(source: source, steps: steps))
        draft.cost += load.cost
    }

    private func takable(_ item: Int, _ source: Int, _ model: SourcingModel) -> Int {
        min(open[item], model.room[source * open.count + item],
            left[model.sources[source].site * open.count + item])
    }
}
