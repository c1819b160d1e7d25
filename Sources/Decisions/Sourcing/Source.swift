extension SourcingProblem {
    /// Sources the order: fills as many units as the sites have, and among such plans takes a cheapest one.
    ///
    /// A part is what one site ships by one service; a site may ship several parts, and a line may be divided
    /// over parts. Exact for the usual order; of two plans of equal cost the one with fewer parts wins, then the
    /// one that the search meets first with sites in the order of their ids, so the answer never depends on the
    /// order in which sites are given.
    ///
    /// - Parameter effort: steps of search allowed; the default bounds a decision to a few milliseconds, and most
    ///   take microseconds. An order that needs more is searched with whole lines and improved locally, and is
    ///   then not called proven.
    package func sourced(effort: Int = 400_000) -> SourcingPlan {
        let model = SourcingModel(self)
        guard !model.items.isEmpty, allowPartial || model.fillsAll else {
            return model.plan(SourcingDraft(), proven: true, nearest: SourcingDraft())
        }
        let nearest = model.nearestDraft()
        let (draft, proven) = model.cheapest(knowing: nearest, effort: effort)
        return model.plan(draft, proven: proven, nearest: nearest)
    }
}

extension SourcingModel {
    /// The cheapest draft found, and whether it is proven to be cheapest.
    func cheapest(knowing nearest: SourcingDraft, effort: Int) -> (SourcingDraft, proven: Bool) {
        let candidates = usefulSources()
        let single = bestSinglePart(of: candidates)
        if let single, single.cost <= splitBound(of: candidates) { return (single, true) }
        let greedy = greedyDraft(of: candidates)
        let first = [nearest, greedy].reduce(single ?? nearest) { $1.cost < $0.cost ? $1 : $0 }
        guard SourcingLattice.effort(self) <= effort else {
            return (improved(coarseDraft(candidates, effort) ?? first, orCheaper: first, candidates), false)
        }
        var search = SourcingSearch(self, sources: candidates, effort: effort)
        let (found, finished) = search.run(below: first.cost)
        let best = found ?? first
        return (finished ? best : improved(best, candidates: candidates), finished)
    }

    private func improved(_ a: SourcingDraft, orCheaper b: SourcingDraft, _ candidates: [Int]) -> SourcingDraft {
        let one = improved(a, candidates: candidates), other = improved(b, candidates: candidates)
        return other.cost < one.cost ? other : one
    }

    /// The best draft that divides no line it need not divide; nil where even that is too much work.
    private func coarseDraft(_ candidates: [Int], _ effort: Int) -> SourcingDraft? {
        let (model, batch) = coarse()
        guard SourcingLattice.effort(model) <= effort else { return nil }
        var search = SourcingSearch(model, sources: candidates, effort: effort)
        guard let draft = search.run(below: Self.never).draft else { return nil }
        let parts = draft.parts.map { part in
            SourcingDraft.Part(source: part.source, steps: zip(part.steps, batch).map { $0 * $1 })
        }
        return SourcingDraft(parts: parts, cost: draft.cost)
    }
}
