import Decisions
import Kernel

/// Random orders that are nasty for their size: short stock, steep and falling price lists, volume weight,
/// services that refuse lines, kits, small parcels.
func randomSourcing(_ random: inout SeededRandom, units: Int, sites: Int, options: Int) -> SourcingProblem {
    var lines: [SourcingProblem.Line] = [], left = units
    while left > 0 {
        let quantity = 1 + random.below(left)
        lines.append(.init(
            quantity: Int64(quantity), grams: Int64(random.below(900)), volume: Int64(random.below(4_000_000)),
            keepTogether: random.below(4) == 0 ? random.below(2) : nil))
        left -= quantity
    }
    let split = Int64([0, 50, 300][random.below(3)])
    let made = (0..<sites).map { site in
        SourcingProblem.Site(
            id: ID(Int64(site * 7 % 11 + 1)), distance: Int64(random.below(900)),
            available: lines.map { _ in Int64(random.below(units + 1)) },
            handlingPerParcel: Int64(random.below(3) * 40), handlingPerUnit: Int64(random.below(3) * 9),
            scarcity: random.below(2) == 0 ? [] : lines.map { _ in Int64(random.below(120)) },
            options: (0..<options).map { randomOption(&random, Int64($0 + 1), lines.count) })
    }
    return SourcingProblem(
        lines: lines, sites: made, splitCost: split,
        deadline: random.below(2) == 0 ? nil : Instant(micros: 0) + .days(3),
        latenessPerDay: Int64(random.below(3) * 150), allowPartial: random.below(3) > 0)
}

private func randomOption(_ random: inout SeededRandom, _ service: Int64, _ lines: Int) -> SourcingProblem.Option {
    var weight: Int64 = 0, price = Int64(200 + random.below(300)), prices: [SourcingProblem.PriceBreak] = []
    for _ in 0...random.below(5) {
        weight += Int64(100 + random.below(900))
        price += Int64(random.below(400) - 60)
        prices.append(.init(upToGrams: weight, price: max(0, price)))
    }
    return SourcingProblem.Option(
        service: ID(service), prices: prices, dimDivisor: Int64([0, 5000, 6000][random.below(3)]),
        maxGrams: random.below(3) == 0 ? Int64(300 + random.below(1500)) : .max,
        accepts: random.below(2) == 0 ? [] : (0..<lines).map { _ in random.below(4) > 0 },
        shipBy: Instant(micros: 0) + .days(1), arrival: Instant(micros: 0) + .hours(24 + random.below(120)))
}
