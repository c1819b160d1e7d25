import Decisions
import Kernel

/// Prices a plan from the problem's own words; shares no code with the solver.
enum SourcingVerifier {
    /// Why the plan is wrong; nil where it is possible, fills what can be filled and costs what it says.
    static func fault(in plan: SourcingPlan, of problem: SourcingProblem) -> String? {
        var total: Int64 = 0, parcels: Int64 = 0
        var shipped = problem.lines.map { _ in Int64(0) }
        for site in problem.sites {
            var taken = shipped.map { _ in Int64(0) }
            for part in plan.parts where part.site == site.id {
                guard let option = site.options.first(where: { $0.service == part.service }) else {
                    return "site \(site.id) has no service \(part.service)"
                }
                let (cost, count) = price(part.quantities, site, option, problem)
                total += cost
                parcels += count
                for line in taken.indices { taken[line] += part.quantities[line] }
            }
            for line in taken.indices {
                if taken[line] > site.available[line] { return "site \(site.id) ships more than it has" }
                shipped[line] += taken[line]
            }
        }
        for (index, line) in problem.lines.enumerated() {
            let fillable = min(line.quantity, problem.sites.reduce(0) { $0 + $1.available[index] })
            if shipped[index] != fillable { return "line \(index) ships \(shipped[index]) of \(fillable)" }
        }
        total += problem.splitCost * max(0, parcels - 1)
        return total == plan.cost.total ? nil : "the plan costs \(total) and says \(plan.cost.total)"
    }

    private static func price(
        _ quantities: [Int64], _ site: SourcingProblem.Site, _ option: SourcingProblem.Option,
        _ problem: SourcingProblem
    ) -> (cost: Int64, parcels: Int64) {
        var cost: Int64 = 0, grams: Int64 = 0, volume: Int64 = 0
        for (index, line) in problem.lines.enumerated() {
            cost += quantities[index] * (site.handlingPerUnit + site.scarcity[index])
            grams += quantities[index] * line.grams
            volume += quantities[index] * line.volume
        }
        var rest = max(grams, (volume + option.dimDivisor - 1) / option.dimDivisor), parcels: Int64 = 0
        let heaviest = option.prices.map(\.upToGrams).max() ?? 0
        while rest > 0 {
            let parcel = min(rest, heaviest)
            cost += site.handlingPerParcel + (option.prices.filter { $0.upToGrams >= parcel }.map(\.price).min() ?? 0)
            parcels += 1
            rest -= parcel
        }
        var day = problem.deadline ?? .distantFuture
        while day < option.arrival {
            cost += problem.latenessPerDay
            day = day + .days(1)
        }
        return (cost, parcels)
    }
}
