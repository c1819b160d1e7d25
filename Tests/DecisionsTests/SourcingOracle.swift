import Decisions
import Kernel

/// Prices plans from the problem's own words and finds the best by trying every way to put every unit somewhere.
/// Shares no code with the solver.
struct SourcingOracle {
    struct Part {
        var site: Int
        var option: Int
        var quantities: [Int64]
    }

    struct Score: Comparable {
        var filled: Int64
        var cost: Int64
        static func < (a: Self, b: Self) -> Bool { a.filled != b.filled ? a.filled > b.filled : a.cost < b.cost }
    }

    let problem: SourcingProblem

    /// Nil where a site ships what it has not got, a service what it does not take, or a kit is torn.
    func score(_ parts: [Part]) -> Score? {
        var left = problem.sites.map { $0.available.map { max(0, $0) } }
        var cost: Int64 = 0, parcels: Int64 = 0, filled: Int64 = 0
        for part in parts {
            guard let (price, count) = price(part) else { return nil }
            for line in part.quantities.indices {
                left[part.site][line] -= part.quantities[line]
                if left[part.site][line] < 0 { return nil }
            }
            cost += price
            parcels += count
            filled += part.quantities.reduce(0, +)
        }
        return Score(filled: filled, cost: cost + problem.splitCost * max(0, parcels - 1))
    }

    private func price(_ part: Part) -> (Int64, parcels: Int64)? {
        let site = problem.sites[part.site], option = site.options[part.option]
        var grams: Int64 = 0, volume: Int64 = 0, cost: Int64 = 0
        let limit = min(option.maxGrams, option.prices.last?.upToGrams ?? 0)
        for (index, line) in problem.lines.enumerated() where part.quantities[index] > 0 {
            if !option.accepts.isEmpty && !option.accepts[index] { return nil }
            if billable(line.grams, line.volume, option) > limit { return nil }
            grams += line.grams * part.quantities[index]
            volume += line.volume * part.quantities[index]
            cost += part.quantities[index] * (site.handlingPerUnit + (site.scarcity.isEmpty ? 0 : site.scarcity[index]))
            if let kit = line.keepTogether {
                let torn = problem.lines.indices.contains {
                    problem.lines[$0].keepTogether == kit && part.quantities[$0] != problem.lines[$0].quantity
                }
                if torn { return nil }
            }
        }
        var rest = billable(grams, volume, option), parcels: Int64 = 0
        repeat {
            let parcel = min(rest, limit)
            cost += option.prices.filter { $0.upToGrams >= parcel }.map(\.price).min() ?? 0
            cost += site.handlingPerParcel
            parcels += 1
            rest -= parcel
        } while rest > 0
        if let deadline = problem.deadline, option.arrival > deadline {
            var late = deadline
            while late < option.arrival {
                cost += problem.latenessPerDay
                late = late + .days(1)
            }
        }
        return (cost, parcels)
    }

    private func billable(_ grams: Int64, _ volume: Int64, _ option: SourcingProblem.Option) -> Int64 {
        guard option.dimDivisor > 0 else { return grams }
        return max(grams, volume / option.dimDivisor + (volume % option.dimDivisor > 0 ? 1 : 0))
    }

    /// The best score over every assignment of every unit (a kit counts as one) to a part or to nothing.
    func best() -> Score {
        var tokens: [[Int64]] = [], kits: [Int: Int] = [:]
        for (index, line) in problem.lines.enumerated() where line.quantity > 0 {
            var one = problem.lines.map { _ in Int64(0) }
            one[index] = line.keepTogether == nil ? 1 : line.quantity
            if let kit = line.keepTogether {
                if let at = kits[kit] {
                    tokens[at][index] = line.quantity
                    continue
                }
                kits[kit] = tokens.count
            }
            for _ in 0..<(line.keepTogether == nil ? line.quantity : 1) { tokens.append(one) }
        }
        var best = Score(filled: 0, cost: 0), parts: [Part] = []
        place(tokens[...], &parts, &best)
        let wanted = problem.lines.reduce(0) { $0 + max(0, $1.quantity) }
        return problem.allowPartial || best.filled == wanted ? best : Score(filled: 0, cost: 0)
    }

    private func place(_ tokens: ArraySlice<[Int64]>, _ parts: inout [Part], _ best: inout Score) {
        guard let token = tokens.first else {
            if let score = score(parts), score < best { best = score }
            return
        }
        for at in parts.indices {
            let before = parts[at].quantities
            parts[at].quantities = zip(before, token).map { $0 + $1 }
            place(tokens.dropFirst(), &parts, &best)
            parts[at].quantities = before
        }
        for site in problem.sites.indices {
            for option in problem.sites[site].options.indices {
                parts.append(Part(site: site, option: option, quantities: token))
                place(tokens.dropFirst(), &parts, &best)
                parts.removeLast()
            }
        }
        place(tokens.dropFirst(), &parts, &best)
    }
}

extension SourcingOracle {
    /// The oracle's score of a plan as the solver wrote it.
    func score(_ plan: SourcingPlan) -> Score? {
        var parts: [Part] = []
        for part in plan.parts {
            guard let site = problem.sites.firstIndex(where: { $0.id == part.site }),
                let option = problem.sites[site].options.firstIndex(where: { $0.service == part.service })
            else { return nil }
            parts.append(Part(site: site, option: option, quantities: part.quantities))
        }
        return score(parts)
    }
}
