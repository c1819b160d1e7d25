import Kernel

extension SourcingPlan {
    /// Why this plan, for the record kept with the order: what was chosen, its cost by cause, and up to three
    /// other plans, the cheapest first and those that cannot fill the order last. Costs are minor units.
    ///
    /// - Parameters:
    ///   - ruledOut: sites that were not weighed, with the cause of each.
    ///   - rule: the merchant's rule that it went by, as it is written outside.
    package func reason(ruledOut: [JSONMembers] = [], rule: String? = nil) -> JSONMembers {
        JSONMembers {
            $0.add("alternatives", closest.prefix(3).map(\.reason))
            $0.add("chosen", parts.map(\.reason))
            $0.add("cost", cost.reason)
            $0.add("proven", provenOptimal)
            if let rule { $0.add("rule", rule) }
            if !ruledOut.isEmpty { $0.add("ruled_out", ruledOut) }
            $0.add("unfilled", unfilled.reduce(0, +))
        }
    }

    private var closest: [Alternative] {
        let only = parts.count == 1 ? Alternative.Rule.onlySite(parts[0].site) : nil
        return considered.enumerated().filter { $0.element.rule != only }
            .sorted {
                let a = $0.element.outcome.rank, b = $1.element.outcome.rank
                return (a.0, a.1, $0.offset) < (b.0, b.1, $1.offset)
            }.map(\.element)
    }
}

extension SourcingPlan.Cost {
    fileprivate var reason: JSONMembers {
        JSONMembers {
            $0.add("handling", handling)
            $0.add("lateness", lateness)
            $0.add("scarcity", scarcity)
            $0.add("shipping", shipping)
            $0.add("split", split)
            $0.add("total", total)
        }
    }
}

extension SourcingPlan.Part {
    fileprivate var reason: JSONMembers {
        JSONMembers {
            $0.add("arrival", arrival.description)
            $0.add("parcels", parcels)
            $0.add("service", service)
            $0.add("site", site)
            $0.add("units", units)
        }
    }
}

extension SourcingPlan.Alternative {
    fileprivate var reason: JSONMembers {
        JSONMembers {
            if case .cost(let cost, _) = outcome { $0.add("cost", cost) }
            if case .noService = outcome { $0.add("impossible", "no service takes all of it") }
            if case .cost(_, let parcels) = outcome { $0.add("parcels", parcels) }
            if case .nearestFirst = rule { $0.add("rule", "nearest first") }
            if case .short(let units) = outcome { $0.add("short", units) }
            if case .onlySite(let site) = rule { $0.add("site", site) }
        }
    }
}

extension SourcingPlan.Alternative.Outcome {
    /// Possible plans by cost, then those without a service, then those short of stock by how much.
    fileprivate var rank: (Int, Int64) {
        switch self {
        case .cost(let cost, _): (0, cost)
        case .noService: (1, 0)
        case .short(let units): (2, units)
        }
    }
}
