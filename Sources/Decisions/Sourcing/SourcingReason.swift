import Kernel

extension SourcingPlan {
    /// Why this plan, for the record kept with the order: what was chosen, its cost by cause, and up to three
    /// other plans, the cheapest first and those that cannot fill the order last. Costs are minor units.
    package var reason: JSON {
        [
            "chosen": .array(parts.map(\.reason)),
            "cost": [
                "shipping": .int(cost.shipping), "handling": .int(cost.handling), "split": .int(cost.split),
                "lateness": .int(cost.lateness), "scarcity": .int(cost.scarcity), "total": .int(cost.total),
            ],
            "unfilled": .int(unfilled.reduce(0, +)),
            "proven": .bool(provenOptimal),
            "alternatives": .array(closest.prefix(3).map(\.reason)),
        ]
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

extension SourcingPlan.Part {
    fileprivate var reason: JSON {
        [
            "site": .id(site), "service": .id(service), "units": .int(units), "parcels": .int(parcels),
            "arrival": .string(arrival.description),
        ]
    }
}

extension SourcingPlan.Alternative {
    fileprivate var reason: JSON {
        var members: [String: JSON] = [:]
        switch rule {
        case .onlySite(let site): members["site"] = .id(site)
        case .nearestFirst: members["rule"] = "nearest first"
        }
        switch outcome {
        case .cost(let cost, let parcels):
            members["cost"] = .int(cost)
            members["parcels"] = .int(parcels)
        case .short(let units): members["short"] = .int(units)
        case .noService: members["impossible"] = "no service takes all of it"
        }
        return .object(members)
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
