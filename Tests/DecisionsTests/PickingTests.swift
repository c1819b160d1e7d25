import Decisions
import Kernel
import Testing

private func randomStops(_ random: inout SeededRandom, _ count: Int, _ layout: PickLayout) -> [PickStop] {
    (0..<count).map { number in
        PickStop(
            task: ID(Int64(number + 1)), quantity: Int64(1 + random.below(9)), aisle: random.below(layout.aisles),
            position: Millimetres(Int64(random.below(Int(layout.aisleLength.rawValue) / 500 + 1)) * 500),
            side: random.below(2) == 0 ? .left : .right, sequence: Int64(random.below(50)))
    }
}

private func randomLayout(_ random: inout SeededRandom) -> PickLayout {
    let aisles = 1 + random.below(6)
    return PickLayout(
        aisles: aisles, aisleLength: Millimetres(Int64(1 + random.below(20)) * 500),
        aisleSpacing: Millimetres(Int64(random.below(8)) * 500), depotAisle: random.below(aisles))
}

/// The shortest walk by trying every order; legs are measured on the graph of aisles and cross aisles.
private func shortestByTrial(_ stops: [PickStop], _ layout: PickLayout) -> Int64 {
    func leg(_ a: (Int, Int64), _ b: (Int, Int64)) -> Int64 {
        if a.0 == b.0 { return abs(a.1 - b.1) }
        let across = Int64(abs(a.0 - b.0)) * layout.aisleSpacing.rawValue, end = layout.aisleLength.rawValue
        return across + min(a.1 + b.1, (end - a.1) + (end - b.1))
    }
    func walk(_ at: (Int, Int64), _ left: [(Int, Int64)]) -> Int64 {
        if left.isEmpty { return leg(at, (layout.depotAisle, 0)) }
        return left.indices.map { index in
            var rest = left
            let next = rest.remove(at: index)
            return leg(at, next) + walk(next, rest)
        }.min() ?? 0
    }
    return walk((layout.depotAisle, 0), stops.map { ($0.aisle, $0.position.rawValue) })
}

@Suite struct PickingTests {
    @Test("no order of the stops is shorter, and the order walked is as long as told", arguments: 0..<8)
    func noOrderIsShorter(batch: Int) {
        for number in 0..<100 {
            var random = SeededRandom(seed: UInt64(batch * 1_000 + number))
            let layout = randomLayout(&random)
            let stops = randomStops(&random, number % 10 == 0 ? 6 : 1 + random.below(5), layout)
            let route = PickRoute.shortest(stops, in: layout)
            #expect(route.length?.rawValue == shortestByTrial(stops, layout), "seed \(batch * 1_000 + number)")
            #expect(layout.length(of: route.stops) == route.length, "seed \(batch * 1_000 + number)")
        }
    }

    @Test("every task is walked to once, with its quantity", arguments: [1, 15, 60])
    func everyTaskOnce(count: Int) throws {
        for seed in 0..<50 {
            var random = SeededRandom(seed: UInt64(seed))
            let layout = PickLayout(aisles: 10, aisleLength: 25_000, aisleSpacing: 2_500, depotAisle: 4)
            let stops = randomStops(&random, count, layout)
            let best = PickRoute.shortest(stops, in: layout), easy = PickRoute.sShape(stops, in: layout)
            for route in [best, easy, PickRoute.bySequence(stops)] {
                #expect(route.stops.sorted { $0.task < $1.task } == stops)
            }
            #expect(layout.length(of: best.stops) == best.length)
            #expect(try #require(best.length) <= (try #require(easy.length)))
        }
    }

    @Test("the S walks up one aisle and down the next, and turns back in the last")
    func sShape() {
        let layout = PickLayout(aisles: 4, aisleLength: 10_000, aisleSpacing: 3_000)
        let places: [(Int, Int64)] = [(0, 2_000), (2, 9_000), (0, 8_000), (2, 1_000), (3, 4_000)]
        let stops = places.enumerated().map {
            PickStop(task: ID(Int64($0.offset)), quantity: 1, aisle: $0.element.0, position: Millimetres($0.element.1))
        }
        let route = PickRoute.sShape(stops, in: layout)
        #expect(route.stops.map(\.task.raw) == [0, 2, 1, 3, 4])
        #expect(route.length == Millimetres(46_000))
    }

    @Test("an area that was never measured is walked in its own order, ties by task")
    func bySequence() {
        let stops = [(3, 7), (1, 9), (2, 7)].map { PickStop(task: ID($0.0), quantity: 1, sequence: $0.1) }
        let route = PickRoute.bySequence(stops)
        #expect(route.stops.map(\.task.raw) == [2, 3, 1])
        #expect(route.length == nil)
    }

    @Test("nothing to pick is no walk")
    func nothingToPick() {
        let layout = PickLayout(aisles: 2, aisleLength: 5_000, aisleSpacing: 2_000)
        #expect(PickRoute.shortest([], in: layout) == PickRoute.sShape([], in: layout))
        #expect(PickRoute.shortest([], in: layout).length == .zero)
    }
}
