import Decisions
import Kernel

/// Measures container loading on published instances, or cartonization on a generated set.
package enum PackingBench {
    /// Prints one JSON object a line per instance or class, and a summary as the last line.
    ///
    /// - Parameters:
    ///   - paths: OR-Library "thpack" files; none means the generated orders of seed 1.
    ///   - placements: the search budget a container; 100,000 take about a second on one core.
    ///   - most: instances of each file to take, from its start.
    package static func run(paths: [String], placements: Int = 100_000, most: Int = .max) throws {
        if paths.isEmpty { return generated(seed: 1) }
        var total = ContainerTally()
        for path in paths {
            for instance in try PublishedContainers.read(path).prefix(most) {
                let start = ContinuousClock.now
                let loading = ContainerLoader(placements: placements).load(instance.problem)
                let ms = (ContinuousClock.now - start).nanoseconds / 1_000_000
                let isRight = ContainerCheck(instance.problem).faults(of: loading).isEmpty
                total.add(instance, loading, ms: ms, isRight: isRight)
                print(JSON.object([
                    "instance": .string(instance.name), "fill_ppm": .int(Int64(loading.fillPPM)),
                    "best_known_ppm": instance.bestKnownPPM.map { .int(Int64($0)) } ?? .null,
                    "boxes": .int(Int64(loading.units.count)), "ms": .int(ms), "verified": .bool(isRight),
                ]).text)
            }
        }
        print(total.summary(placements: placements).text)
    }

    /// Orders of one to eight units, of a shop's usual mix, and some larger ones.
    private static func generated(seed: UInt64) {
        var suite = PackingOrderSuite(seed: seed), all = CartonTally()
        let classes = [("usual", 0, 2_000)] + (1...8).map { ("\($0) units", $0, 500) }
            + [("20 units", 20, 50), ("60 units", 60, 20)]
        for (name, units, orders) in classes {
            var tally = CartonTally()
            for _ in 0..<orders { tally.pack(suite.order(units: units == 0 ? suite.usualUnits() : units), suite) }
            print(tally.summary(["class": .string(name)]).text)
            all.add(tally)
        }
        print(all.summary(["summary": "generated orders", "seed": .int(Int64(clamping: seed))]).text)
    }
}

extension Duration {
    /// Whole nanoseconds.
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

/// Sums over container instances.
private struct ContainerTally {
    private var instances: Int64 = 0
    private var fill: Int64 = 0
    private var bestKnown: Int64 = 0
    /// Fill of the instances that have a best-known value.
    private var comparedFill: Int64 = 0
    private var ms: Int64 = 0
    private var wrong: Int64 = 0

    mutating func add(_ instance: PublishedContainers.Instance, _ loading: ContainerLoading, ms: Int64, isRight: Bool) {
        instances += 1
        fill += Int64(loading.fillPPM)
        if let best = instance.bestKnownPPM {
            bestKnown += Int64(best)
            comparedFill += Int64(loading.fillPPM)
        }
        self.ms += ms
        wrong += isRight ? 0 : 1
    }

    func summary(placements: Int) -> JSON {
        let count = max(1, instances)
        return [
            "summary": "published containers", "instances": .int(instances), "mean_fill_ppm": .int(fill / count),
            "ratio_to_best_known_ppm": bestKnown > 0 ? .int(comparedFill * 1_000_000 / bestKnown) : .null,
            "mean_ms": .int(ms / count), "placements": .int(Int64(placements)), "wrong": .int(wrong),
        ]
    }
}

/// Sums over orders, ours beside those of `FirstFitPacking`.
private struct CartonTally {
    private var orders: Int64 = 0
    private var proven: Int64 = 0
    private var wrong: Int64 = 0
    private var parcels: (ours: Int64, reference: Int64) = (0, 0)
    private var cost: (ours: Int64, reference: Int64) = (0, 0)
    private var fill: Int64 = 0
    private var nanos: [Int64] = []

    mutating func pack(_ order: [PackingItem], _ suite: PackingOrderSuite) {
        let start = ContinuousClock.now
        let plan = Cartonizer().pack(order, cartons: suite.cartons, rules: suite.rules)
        nanos.append((ContinuousClock.now - start).nanoseconds)
        let reference = FirstFitPacking(suite.cartons, suite.rules).pack(order)
        let check = PackingCheck(order, cartons: suite.cartons, rules: suite.rules)
        orders += 1
        proven += plan.proof == .proven ? 1 : 0
        wrong += check.faults(of: plan).isEmpty && check.faults(of: reference).isEmpty ? 0 : 1
        parcels = (parcels.ours + Int64(plan.parcels.count), parcels.reference + Int64(reference.parcels.count))
        cost = (cost.ours + plan.costMinor, cost.reference + reference.costMinor)
        fill += plan.parcels.reduce(0) { $0 + Int64($1.fillPPM) }
    }

    mutating func add(_ other: CartonTally) {
        orders += other.orders
        proven += other.proven
        wrong += other.wrong
        parcels = (parcels.ours + other.parcels.ours, parcels.reference + other.parcels.reference)
        cost = (cost.ours + other.cost.ours, cost.reference + other.cost.reference)
        fill += other.fill
        nanos += other.nanos
    }

    func summary(_ head: [String: JSON]) -> JSON {
        let times = nanos.sorted()
        func micros(_ permille: Int) -> JSON {
            .int(times.isEmpty ? 0 : times[(times.count - 1) * permille / 1_000] / 1_000)
        }
        let mine: [String: JSON] = [
            "orders": .int(orders), "proven": .int(proven), "wrong": .int(wrong), "parcels": .int(parcels.ours),
            "first_fit_parcels": .int(parcels.reference), "cost_minor": .int(cost.ours),
            "first_fit_cost_minor": .int(cost.reference),
            "cost_ratio_ppm": .int(cost.ours * 1_000_000 / max(1, cost.reference)),
            "mean_fill_ppm": .int(fill / max(1, parcels.ours)), "p50_us": micros(500), "p99_us": micros(990),
            "mean_us": .int(nanos.reduce(0, +) / 1_000 / max(1, orders)),
        ]
        return .object(head.merging(mine) { first, _ in first })
    }
}
