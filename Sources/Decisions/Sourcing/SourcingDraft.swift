/// A plan while it is being made: parts in the model's terms.
struct SourcingDraft {
    struct Part {
        /// Index in the model's sources.
        var source: Int
        /// Steps of each item.
        var steps: [Int]
    }

    var parts: [Part] = []
    /// Scaled; the split cost of every parcel is in it, the first one's too.
    var cost: Int64 = 0
}

extension SourcingModel {
    /// Scaled cost of a source shipping these steps; `never` where it has not got them.
    func cost(_ source: Int, _ steps: [Int]) -> Int64 {
        var grams: Int64 = 0, volume: Int64 = 0, sum: Int64 = 0
        for item in items.indices where steps[item] > 0 {
            let at = source * items.count + item, count = Int64(steps[item])
            if steps[item] > room[at] { return Self.never }
            grams += items[item].grams * count
            volume += items[item].volume * count
            sum += linear[at] * count
        }
        return sum + fixedCost(sources[source], grams: grams, volume: volume)
    }

    /// The cheapest way to ship everything in one part, from any of these sources; nil where none has it all.
    func bestSinglePart(of candidates: [Int]) -> SourcingDraft? {
        let all = items.map(\.target)
        var best: SourcingDraft?
        for source in candidates {
            let cost = cost(source, all)
            guard cost < best?.cost ?? Self.never else { continue }
            best = SourcingDraft(parts: [.init(source: source, steps: all)], cost: cost)
        }
        return best
    }

    /// A bound below every plan of two parts or more: each step at its cheapest; of k parts one has at least
    /// the k-th part of the weight and the others the lightest step; volume left out.
    func splitBound(of candidates: [Int]) -> Int64 {
        var weight: Int64 = 0, lightest = Int64.max, sum: Int64 = 0
        for (index, item) in items.enumerated() {
            weight += Int64(item.target) * item.grams
            lightest = min(lightest, item.grams)
            var least = Self.never
            for source in candidates where room[source * items.count + index] > 0 {
                least = min(least, linear[source * items.count + index])
            }
            sum += least * Int64(item.target)
        }
        let light = cheapest(lightest, candidates)
        let two = cheapest((weight + 1) / 2, candidates) + light
        let three = cheapest((weight + 2) / 3, candidates) + 2 * light
        return sum + min(two, three, 4 * light)
    }

    private func cheapest(_ grams: Int64, _ candidates: [Int]) -> Int64 {
        candidates.reduce(Self.never) { min($0, fixedCost(sources[$1], grams: grams, volume: 0)) }
    }

    /// Stock left at each site once the draft is shipped: [site × items + item].
    func stockLeft(after parts: [SourcingDraft.Part]) -> [Int] {
        var left = stock
        for part in parts {
            for item in items.indices { left[sources[part.source].site * items.count + item] -= part.steps[item] }
        }
        return left
    }
}
