import Decisions
import Foundation
import Kernel

/// Sources a seeded suite of orders and compares each plan with the nearest-site rule's on the same order.
///
/// There are no published instances with records for this decision, so the suite is made from a seed. Prints one
/// JSON object a class and a summary; ratios are parts per million of the nearest-site rule's figure.
package enum SourcingBench {
    /// - Parameter paths: none; a seed may stand as the only one (default 1), or `export`, which prints the instances that
    ///   bounds are computed for.
    package static func run(paths: [String]) throws {
        if paths == ["export"] { return GapBench.export() }
        guard paths.count <= 1, let seed = UInt64(paths.first ?? "1") else {
            throw InvalidInput(field: "/paths", "The sourcing suite takes one number, its seed.")
        }
        var all = SourcingTally()
        for wanted in SourcingSuite.classes {
            let tally = try measure(wanted, seed: seed)
            print(tally.summary(["lines": .int(Int64(wanted.lines)), "sites": .int(Int64(wanted.sites))]).text)
            if wanted.lines <= 5 { all.add(tally) }
        }
        let gap = try GapBench.run()
        let head: [String: JSON] = ["summary": "up to 5 lines and 10 sites", "seed": .int(Int64(clamping: seed))]
        print(all.summary(head.merging(gap) { _, new in new }).text)
    }

    private static func measure(_ wanted: SourcingClass, seed: UInt64) throws -> SourcingTally {
        var suite = SourcingSuite(wanted, seed: seed), tally = SourcingTally()
        for _ in 0..<wanted.orders {
            let problem = suite.order(lines: wanted.lines)
            let (start, used) = (ContinuousClock.now, processorNanos())
            let plan = problem.sourced()
            let cpuNanos = processorNanos() - used
            let nanos = (ContinuousClock.now - start).components.attoseconds / 1_000_000_000
            if let fault = SourcingVerifier.fault(in: plan, of: problem) {
                throw InvalidInput(field: "/plan", "A plan of the class \(wanted) is wrong: \(fault).")
            }
            tally.add(plan, nanos: nanos, cpuNanos: cpuNanos)
        }
        return tally
    }
}

/// What this thread has had of the processor: what others run meanwhile does not count.
private func processorNanos() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Sums over the orders of a class.
struct SourcingTally {
    private var orders: Int64 = 0
    private var proven: Int64 = 0
    private var cost: Int64 = 0
    private var nearestCost: Int64 = 0
    private var parcels: Int64 = 0
    private var nearestParcels: Int64 = 0
    private var splits: Int64 = 0
    private var nearestSplits: Int64 = 0
    private var nanos: [Int64] = []
    private var cpuNanos: [Int64] = []

    mutating func add(_ plan: SourcingPlan, nanos: Int64, cpuNanos: Int64) {
        self.nanos.append(nanos)
        self.cpuNanos.append(cpuNanos)
        guard case .cost(let nearest, let count) = plan.considered.last?.outcome else { return }
        orders += 1
        proven += plan.provenOptimal ? 1 : 0
        cost += plan.cost.total
        nearestCost += nearest
        parcels += plan.parcels
        nearestParcels += count
        splits += max(0, plan.parcels - 1)
        nearestSplits += max(0, count - 1)
    }

    mutating func add(_ other: SourcingTally) {
        orders += other.orders
        proven += other.proven
        cost += other.cost
        nearestCost += other.nearestCost
        parcels += other.parcels
        nearestParcels += other.nearestParcels
        splits += other.splits
        nearestSplits += other.nearestSplits
        nanos += other.nanos
        cpuNanos += other.cpuNanos
    }

    func summary(_ head: [String: JSON]) -> JSON {
        let sorted = nanos.sorted(), cpu = cpuNanos.sorted()
        let figures: [String: JSON] = [
            "subject": "sourcing", "orders": .int(orders), "proven": .int(proven), "cost": .int(cost),
            "nearestCost": .int(nearestCost), "costRatioPpm": .int(ratio(cost, nearestCost)),
            "parcels": .int(parcels), "nearestParcels": .int(nearestParcels),
            "parcelRatioPpm": .int(ratio(parcels, nearestParcels)), "splits": .int(splits),
            "nearestSplits": .int(nearestSplits), "splitRatioPpm": .int(ratio(splits, nearestSplits)),
            "p50Nanos": .int(sorted.isEmpty ? 0 : sorted[sorted.count / 2]),
            "p99Nanos": .int(sorted.isEmpty ? 0 : sorted[sorted.count * 99 / 100]),
            "maxNanos": .int(sorted.last ?? 0),
            "p99CPUNanos": .int(cpu.isEmpty ? 0 : cpu[cpu.count * 99 / 100]),
        ]
        return .object(figures.merging(head) { _, new in new })
    }

    private func ratio(_ ours: Int64, _ theirs: Int64) -> Int64 { theirs == 0 ? 1_000_000 : ours * 1_000_000 / theirs }
}
