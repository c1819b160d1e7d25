import Decisions
import Kernel
import Sourcing

extension SourcingProblem {
    /// The cheapest plan that a merchant's rule allows; which sites may ship was seen to before.
    func sourced(by rule: SourcingRule?) -> SourcingPlan {
        guard let rule else { return sourced() }
        var problem = self
        problem.allowPartial = allowPartial && !rule.isWhole
        if rule.neverSplits { return problem.fromOneSite(rule.priority) }
        return problem.byPriority(rule.priority)
    }

    /// Sites are added in their order until they fill the order; the last set is all of them.
    private func byPriority(_ priority: [SiteID]) -> SourcingPlan {
        for count in priority.indices {
            let plan = only(priority[...count]).sourced()
            if !plan.parts.isEmpty, plan.unfilled.allSatisfy({ $0 == 0 }) { return plan }
        }
        return sourced()
    }

    /// The first in order of priority that ships all of it as one part, else the cheapest that does.
    private func fromOneSite(_ priority: [SiteID]) -> SourcingPlan {
        let plans = sites.map(\.id).sorted().compactMap { site -> (rank: Int, plan: SourcingPlan)? in
            let plan = only([site]).sourced()
            guard plan.parts.count == 1, plan.unfilled.allSatisfy({ $0 == 0 }) else { return nil }
            return (priority.firstIndex(of: site) ?? priority.count, plan)
        }
        return plans.min { ($0.rank, $0.plan.cost.total) < ($1.rank, $1.plan.cost.total) }?.plan ?? only([]).sourced()
    }

    private func only(_ some: some Sequence<SiteID>) -> SourcingProblem {
        var problem = self
        let some = Set(some)
        problem.sites.removeAll { !some.contains($0.id) }
        return problem
    }
}
