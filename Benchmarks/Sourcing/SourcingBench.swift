import Decisions
import Kernel

/// Sources a seeded suite of orders and compares each plan with the nearest-site rule's on the same order.
///
/// There are no published instances with records for this decision, so the suite is made from a seed. Prints one
/// JSON object a class and a summary; ratios are parts per million of the nearest-site rule's figure.
package enum SourcingBench {
    /// - Parameter paths: none; a seed may stand as the only one (default 1).
    package static func run(paths: [String]) throws {
        guard paths.count <= 1, let seed = UInt64(paths.first ?? "1") else {
            throw InvalidInput(field: "/paths", "The sourcing suite takes one number, its seed.")
        }
        var all = SourcingTally()
        for wanted in SourcingSuite.classes {
            let tally = try measure(wanted, seed: seed)
            print(tally.summary(["lines": .int(Int64(wanted.lines)), "sites": .int(Int64(wanted.sites))]).text)
            if wanted.lines <= 5 { all.add(tally) }
        }
        print(all.summary(["summary": "up to 5 lines and 10 sites", "seed": .int(Int64(clamping: seed))]).text)
    }

    private static func measure(_ wanted: SourcingClass, seed: UInt64) throws -> SourcingTally {
        var suite = SourcingSuite(wanted, seed: seed), tally = SourcingTally()
        for _ in 0..<wanted.orders {
            let problem = suite.order(lines: wanted.lines)
            let start = ContinuousClock.now
            let plan = problem.sourced()
            let nanos = (ContinuousClock.now - start).components.attoseconds / 1_000_000_000
            if let fault = SourcingVerifier.fault(in: plan, of: problem) {
                throw InvalidInput(field: "/plan", "A plan of the class \(wanted) is wrong: \(fault).")
            }
            tally.add(plan, nanos: nanos)
        }
        return tally
    }
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

    mutating func add(_ plan: SourcingPlan, nanos: Int64) {
        self.nanos.append(nanos)
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
    }

    func summary(_ head: [String: JSON]) -> JSON {
        let sorted = nanos.sorted()
        let figures: [String: JSON] = [
            "subject": "sourcing", "orders": .int(orders), "proven": .int(proven), "cost": .int(cost),
            "nearestCost": .int(nearestCost), "costRatioPpm": .int(ratio(cost, nearestCost)),
            "parcels": .int(parcels), "nearestParcels": .int(nearestParcels),
            "parcelRatioPpm": .int(ratio(parcels, nearestParcels)), "splits": .int(splits),
            "nearestSplits": .int(nearestSplits), "splitRatioPpm": .int(ratio(splits, nearestSplits)),
            "p50Nanos": .int(sorted.isEmpty ? 0 : sorted[sorted.count / 2]),
            "p99Nanos": .int(sorted.isEmpty ? 0 : sorted[sorted.count * 99 / 100]),
            "maxNanos": .int(sorted.last ?? 0),
        ]
        return .object(figures.merging(head) { _, new in new })
    }

    private func ratio(_ ours: Int64, _ theirs: Int64) -> Int64 { theirs == 0 ? 1_000_000 : ours * 1_000_000 / theirs }
}
