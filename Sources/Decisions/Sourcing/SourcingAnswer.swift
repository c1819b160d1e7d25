import Kernel

extension SourcingModel {
    /// Writes a draft as a plan, with the alternatives beside it.
    func plan(_ draft: SourcingDraft, proven: Bool, nearest: SourcingDraft) -> SourcingPlan {
        let order = draft.parts.indices.sorted { (draft.parts[$0].source, $0) < (draft.parts[$1].source, $1) }
        let parts = order.map { written(draft.parts[$0]) }
        let unfilled = problem.lines.indices.map { line in
            parts.reduce(max(0, problem.lines[line].quantity)) { $0 - $1.quantities[line] }
        }
        return SourcingPlan(
            parts: parts, unfilled: unfilled, cost: total(of: parts), considered: alternatives(nearest),
            provenOptimal: proven)
    }

    private func written(_ part: SourcingDraft.Part) -> SourcingPlan.Part {
        let source = sources[part.source], site = sites[source.site], option = site.options[source.option]
        var quantities = [Int64](repeating: 0, count: problem.lines.count)
        var grams: Int64 = 0, volume: Int64 = 0
        for (item, steps) in zip(items, part.steps) where steps > 0 {
            for line in linesOf[item.index] { quantities[line] = Int64(steps) * perStep(line) }
            grams += item.grams * Int64(steps)
            volume += item.volume * Int64(steps)
        }
        let billable = source.billable(grams: grams, volume: volume), parcels = source.parcels(billable)
        let scarcity = site.scarcity.isEmpty ? 0 : zip(site.scarcity, quantities).reduce(0) { $0 + $1.0 * $1.1 }
        return SourcingPlan.Part(
            site: site.id, service: option.service, quantities: quantities, parcels: parcels, billableGrams: billable,
            shipping: price(source, billable),
            handling: site.handlingPerParcel * parcels + site.handlingPerUnit * quantities.reduce(0, +),
            lateness: source.late, scarcity: scarcity, shipBy: option.shipBy, arrival: option.arrival)
    }

    private func total(of parts: [SourcingPlan.Part]) -> SourcingPlan.Cost {
        var cost = SourcingPlan.Cost(), parcels: Int64 = 0
        for part in parts {
            cost.shipping += part.shipping
            cost.handling += part.handling
            cost.lateness += part.lateness
            cost.scarcity += part.scarcity
            parcels += part.parcels
        }
        cost.split = problem.splitCost * max(0, parcels - 1)
        return cost
    }

    private func alternatives(_ nearest: SourcingDraft) -> [SourcingPlan.Alternative] {
        let all = items.map(\.target)
        var best = [(cost: Int64, source: Int)](repeating: (Self.never, 0), count: sites.count)
        for source in sources.indices {
            let cost = cost(source, all), site = sources[source].site
            if cost < best[site].cost { best[site] = (cost, source) }
        }
        var list: [SourcingPlan.Alternative] = []
        list.reserveCapacity(sites.count + 1)
        for site in sites.indices {
            list.append(.init(rule: .onlySite(sites[site].id), outcome: alone(site, best[site])))
        }
        if !nearest.parts.isEmpty { list.append(.init(rule: .nearestFirst, outcome: outcome(of: nearest))) }
        return list
    }

    private func alone(_ site: Int, _ best: (cost: Int64, source: Int)) -> SourcingPlan.Alternative.Outcome {
        if best.cost < Self.never {
            let part = SourcingDraft.Part(source: best.source, steps: items.map(\.target))
            return outcome(of: SourcingDraft(parts: [part], cost: best.cost))
        }
        var short: Int64 = 0
        for (index, item) in items.enumerated() {
            short += Int64(max(0, item.target - stock[site * items.count + index])) * item.units
        }
        return short > 0 ? .short(units: short) : .noService
    }

    /// A draft's cost without its first split, in minor units.
    private func outcome(of draft: SourcingDraft) -> SourcingPlan.Alternative.Outcome {
        var parcels: Int64 = 0
        for part in draft.parts {
            var grams: Int64 = 0, volume: Int64 = 0
            for (index, item) in items.enumerated() {
                grams += item.grams * Int64(part.steps[index])
                volume += item.volume * Int64(part.steps[index])
            }
            parcels += sources[part.source].parcels(sources[part.source].billable(grams: grams, volume: volume))
        }
        return .cost(draft.cost / Self.scale - problem.splitCost, parcels: parcels)
    }
}
