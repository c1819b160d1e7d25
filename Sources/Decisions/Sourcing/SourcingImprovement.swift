extension SourcingModel {
    /// Local search: as long as one of these makes the draft cheaper, do it: move a part to another source, move
    /// an item from one part to another (all that the other has; a part left empty is gone), open a part for an item.
    func improved(_ draft: SourcingDraft, candidates: [Int]) -> SourcingDraft {
        var now = draft
        while let better = firstBetter(than: now, candidates) { now = better }
        return now
    }

    private func firstBetter(than draft: SourcingDraft, _ candidates: [Int]) -> SourcingDraft? {
        for from in draft.parts.indices {
            for source in candidates where source != draft.parts[from].source {
                var next = draft.parts
                next[from].source = source
                if let better = checked(next), better.cost < draft.cost { return better }
            }
            for into in draft.parts.indices where into != from {
                if let better = moves(draft, from, into) { return better }
            }
            for item in items.indices where draft.parts[from].steps[item] > 0 {
                for source in candidates {
                    if let better = opened(draft, from, item, source) { return better }
                }
            }
        }
        return nil
    }

    private func moves(_ draft: SourcingDraft, _ from: Int, _ into: Int) -> SourcingDraft? {
        var all = draft.parts
        for item in items.indices { shift(item, from, into, &all) }
        if let better = checked(all), better.cost < draft.cost { return better }
        for item in items.indices {
            var one = draft.parts
            shift(item, from, into, &one)
            if let better = checked(one), better.cost < draft.cost { return better }
        }
        return nil
    }

    private func opened(_ draft: SourcingDraft, _ from: Int, _ item: Int, _ source: Int) -> SourcingDraft? {
        var next = draft.parts
        next.append(.init(source: source, steps: items.map { _ in 0 }))
        shift(item, from, next.count - 1, &next)
        guard let better = checked(next), better.cost < draft.cost else { return nil }
        return better
    }

    private func shift(_ item: Int, _ from: Int, _ into: Int, _ parts: inout [SourcingDraft.Part]) {
        let source = parts[into].source
        let free = stockLeft(after: parts)[sources[source].site * items.count + item]
        let sameSite = sources[source].site == sources[parts[from].source].site
        let fits = min(room[source * items.count + item] - parts[into].steps[item], sameSite ? .max : free)
        let count = min(parts[from].steps[item], max(0, fits))
        parts[from].steps[item] -= count
        parts[into].steps[item] += count
    }

    /// The draft of these parts without the empty ones; nil where a site would ship what it has not got.
    private func checked(_ parts: [SourcingDraft.Part]) -> SourcingDraft? {
        let kept = parts.filter { $0.steps.contains { $0 > 0 } }
        guard stockLeft(after: kept).allSatisfy({ $0 >= 0 }) else { return nil }
        let cost = kept.reduce(0) { min(Self.never, $0 + self.cost($1.source, $1.steps)) }
        return cost < Self.never ? SourcingDraft(parts: kept, cost: cost) : nil
    }
}
