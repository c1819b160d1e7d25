import Kernel
import Testing

@testable import Decisions

/// The least cost of a demand by trying everything; for small numbers.
private func cheapest(_ outlook: StockOutlook, _ demand: [Int64]) -> Int64 {
    guard let stream = demand.firstIndex(where: { $0 > 0 }) else { return 0 }
    var rest = demand
    rest[stream] -= 1
    var best = outlook.shortageCost + cheapest(outlook, rest)
    for site in outlook.stock.indices where outlook.stock[site] > 0 {
        guard let cost = outlook.streams[stream].costs[site] else { continue }
        var less = outlook
        less.stock[site] -= 1
        best = min(best, cost + cheapest(less, rest))
    }
    return best
}

private func randomOutlook(_ random: inout SeededRandom) -> StockOutlook {
    let sites = 2 + random.below(2)
    return StockOutlook(
        stock: (0..<sites).map { _ in Int64(random.below(3)) },
        streams: (0..<3).map { _ in
            .init(
                expected: Double(random.below(30)) / 10,
                costs: (0..<sites).map { _ in random.below(8) == 0 ? nil : Int64(100 + random.below(400)) })
        }, shortageCost: 900)
}

@Suite struct StockOutlookTests {
    @Test("the loss of a site's last unit is what serving the same demand without it costs more, for 300 random cases")
    func lossesAreExact() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<300 {
            let outlook = randomOutlook(&random), demand = [3, 2, 2].map { Int64(random.below($0)) }
            let losses = StockFlow(outlook, serving: demand).losses
            for site in outlook.stock.indices where outlook.stock[site] > 0 {
                var less = outlook
                less.stock[site] -= 1
                #expect(losses[site] == cheapest(less, demand) - cheapest(outlook, demand), "\(outlook) \(demand)")
            }
        }
    }

    @Test("stock far from its demand is worth nothing, and the last units near it are")
    func nearAndFar() {
        let outlook = StockOutlook(
            stock: [2, 40], streams: [.init(expected: 10, costs: [300, 800])], shortageCost: 2_000)
        let values = outlook.values(seed: 1)
        #expect(values[1] == 0)
        #expect(values[0] > 350 && values[0] <= 500)
    }

    @Test("a value is the mean over futures: where demand may or may not come it lies between nothing and all")
    func mean() {
        let outlook = StockOutlook(
            stock: [1, 9], streams: [.init(expected: 0.7, costs: [300, 800])], shortageCost: 2_000)
        let value = outlook.values(futures: 400, seed: 3)[0]
        // One or more comes with a probability of 0.503.
        #expect((210...290).contains(value))
    }

    @Test("the same outlook and seed give the same values, and one site or no stock is worth nothing")
    func repeatable() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<20 {
            let outlook = randomOutlook(&random)
            #expect(outlook.values(seed: 5) == outlook.values(seed: 5))
            for (site, value) in outlook.values(seed: 5).enumerated() where outlook.stock[site] == 0 { #expect(value == 0) }
        }
        let alone = StockOutlook(stock: [5, 0], streams: [.init(expected: 9, costs: [1, 2])], shortageCost: 9)
        #expect(alone.values(seed: 1) == [0, 0])
    }

    @Test("of more demand than stock an even share is served, and never so much that nothing is left")
    func moreThanThereIs() {
        let outlook = StockOutlook(
            stock: [30, 30], streams: [.init(expected: 5_000, costs: [100, 500]), .init(expected: 5_000, costs: [500, 100])],
            shortageCost: 2_000)
        // Both halves are wanted by those near them alike: neither is worth much more than the other.
        #expect(outlook.values(seed: 2).allSatisfy { $0 <= 330 })
    }

    @Test("Poisson numbers have their mean and variance", arguments: [0.4, 3, 45, 2_500])
    func poisson(mean: Double) {
        var random = SeededRandom(seed: 9)
        let draws = (0..<20_000).map { _ in Double(random.poisson(mean)) }
        let average = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 20_000
        #expect(abs(average - mean) < 0.03 * mean + 0.02)
        #expect(abs(variance - mean) < 0.06 * mean + 0.02)
    }

    @Test("a line's cost from a site is what it adds to the order, others going with it where that is cheaper")
    func lineCosts() {
        let option = SourcingProblem.Option(
            service: ID(1), prices: [.init(upToGrams: 1_000, price: 400), .init(upToGrams: 2_000, price: 450)],
            shipBy: .distantPast, arrival: .distantPast)
        let problem = SourcingProblem(
            lines: [.init(quantity: 1, grams: 800), .init(quantity: 1, grams: 800)],
            sites: [
                .init(id: ID(1), available: [0, 5], options: [option]), .init(id: ID(2), available: [5, 0], options: [option]),
                .init(id: ID(3), available: [5, 5], options: []),
            ])
        // With the other line's parcel 50 more, from the other site a parcel of its own, from the third nothing leaves.
        #expect(problem.costs(ofLine: 0) == [50, 400, nil])
    }
}
