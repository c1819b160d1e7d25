extension SourcingProblem {
    /// What a unit of a line adds to the cost of the order from each site, others served as they would be then; nil where
    /// no service takes it there. In the order of `sites`; whether the site has the goods is of no account, nor what they
    /// are worth there.
    package func costs(ofLine line: Int) -> [Int64?] {
        var without = self
        without.lines[line].quantity = 0
        let rest = without.sourced(effort: 20_000).cost.total, quantity = max(1, lines[line].quantity)
        return sites.indices.map { site in
            var only = self
            for other in sites.indices {
                only.sites[other].available[line] = other == site ? quantity : 0
                if !sites[other].scarcity.isEmpty { only.sites[other].scarcity[line] = 0 }
            }
            let plan = only.sourced(effort: 20_000)
            return plan.unfilled[line] > 0 ? nil : max(0, plan.cost.total - rest) / quantity
        }
    }
}
