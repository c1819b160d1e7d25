import Decisions
import Kernel

/// Serves an instance's orders one by one as they come, and adds up what that costs.
struct GapRun {
    private let instance: GapInstance
    private var stock: [[Int64]]
    /// What a unit is worth where it lies: [site][SKU]; nil for the myopic rule, which asks no such thing.
    private var values: [[Int64]]?
    private(set) var cost: Int64 = 0
    private(set) var parcels: Int64 = 0
    private(set) var nanos: [Int64] = []
    private(set) var pricing = Duration.zero

    init(_ instance: GapInstance, pricing: Bool) {
        self.instance = instance
        stock = instance.stock
        values = pricing ? instance.stock.map { $0.map { _ in 0 } } : nil
    }

    mutating func run() {
        let classes = Dictionary(instance.past.map { ($0, 1) }, uniquingKeysWith: +).sorted {
            ([$0.key.region] + $0.key.skus).lexicographicallyPrecedes([$1.key.region] + $1.key.skus)
        }
        for (period, orders) in instance.future.enumerated() {
            let start = ContinuousClock.now
            // What one SKU is worth depends on what others are: at the start nothing is known of any.
            if values != nil { for _ in 0..<(period == 0 ? 4 : 1) { price(classes, period) } }
            pricing += ContinuousClock.now - start
            for order in orders { serve(order) }
        }
    }

    private mutating func serve(_ order: GapInstance.Order) {
        let problem = instance.problem(order, stock: stock, values: values)
        let start = ContinuousClock.now
        let plan = problem.sourced()
        nanos.append((ContinuousClock.now - start).components.attoseconds / 1_000_000_000)
        for part in plan.parts {
            for (line, units) in part.quantities.enumerated() { stock[Int(part.site.raw) - 1][order.skus[line]] -= units }
        }
        cost += plan.cost.total - plan.cost.scarcity + plan.unfilled.reduce(0, +) * GapInstance.shortageCost
        parcels += plan.parcels
    }

    /// Values every SKU anew: from orders of the past alone, as often as they came, over what is left of the horizon.
    private mutating func price(_ classes: [(key: GapInstance.Order, value: Int)], _ period: Int) {
        let share = Double(GapInstance.periods - period) / Double(GapInstance.periods * GapInstance.pastHorizons)
        for sku in instance.weights.indices {
            let streams = classes.compactMap { order, count -> StockOutlook.Stream? in
                guard let line = order.skus.firstIndex(of: sku) else { return nil }
                let problem = instance.problem(order, stock: stock, values: values)
                return .init(expected: Double(count) * share, costs: problem.costs(ofLine: line))
            }
            let outlook = StockOutlook(
                stock: stock.map { $0[sku] }, streams: streams, shortageCost: GapInstance.shortageCost)
            for (site, value) in outlook.values(seed: UInt64(period)).enumerated() { values?[site][sku] = value }
        }
    }
}
