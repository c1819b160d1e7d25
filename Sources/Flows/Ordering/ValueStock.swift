import Decisions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Sourcing
import Store

/// Values SKUs where they lie: what serving the demand to come would cost more with one unit less there.
///
/// The demand to come is drawn from the latest orders, as often as they came, until the next supply arrives; nothing of the
/// future is seen. A durable job in steps of `budget` SKUs.
package struct ValueStock: ClockHandler {
    package let kinds = [ValueStock.clock]
    static let clock = "stock.value"
    /// SKUs that one transaction values.
    package static let budget = 8
    /// How long a step waits for the one before it: what is worth what is never in a hurry, and orders are.
    static let pause = Duration.seconds(1)
    /// The latest orders that are looked at, and how many of one SKU's are priced.
    static let sample = (orders: 2_000, ofSKU: 16)
    /// Until when goods must last where nothing is on its way.
    static let horizon = Duration.days(14)
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let skus = try StockValues.asked(limit: Self.budget, in: tx)
        guard !skus.isEmpty else { return clocks.map { _ in "done" } }
        let demand = try RecentDemand.load(of: skus, among: Self.sample.orders, each: Self.sample.ofSKU, in: tx)
        let all = Set(skus).union(demand.orders.values.flatMap { $0.lines.map(\.sku) }).sorted()
        let supplies = try Supply.load(of: all, locked: false, in: tx)
        let outlooks = StockOutlooks(
            network: try desk.network.network(in: tx), policy: desk.policy, now: tx.now, supplies: supplies,
            facts: try Catalog.facts(of: all, in: tx), known: try StockValues.load(of: all, in: tx), demand: demand)
        var values: [SKUID: [SiteID: Int64]] = [:]
        for sku in skus { values[sku] = outlooks.values(of: sku) }
        try StockValues.set(values, in: tx)
        if skus.count == Self.budget { try tx.schedule(Self.clock, source: "sourcing", due: [(0, nil, tx.now + Self.pause, [:])]) }
        return clocks.map { _ in "valued" }
    }
}

/// The outlooks of some SKUs, as recent demand and the books show them.
struct StockOutlooks {
    let network: Network
    let policy: SourcingPolicy
    let now: Instant
    let supplies: [SKUID: [Supply]]
    let facts: [SKUID: SKUFacts]
    let known: [SKUID: StockValue]
    let demand: RecentDemand

    /// By site; only those above nothing.
    func values(of sku: SKUID) -> [SiteID: Int64] {
        let here = (supplies[sku] ?? []).filter { ($0.kind == .onHand || $0.kind == .partner) && $0.available > 0 }
        let sites = Set(here.map(\.site)).sorted()
        guard sites.count > 1, let sampled = demand.bySKU[sku], sampled.seen > 0, let fact = facts[sku], fact.isMeasured else { return [:] }
        let stock = sites.map { site in here.filter { $0.site == site }.reduce(Int64(0)) { $0 + $1.available.rawValue } }
        let expected = units(of: sampled, stock.reduce(0, +))
        // Where no site can run out nothing is worth keeping.
        guard expected + 4 * expected.squareRoot() > Double(stock.min() ?? 0) else { return [:] }
        let each = expected / Double(max(1, sampled.orders.count))
        let streams = sampled.orders.compactMap { stream($0, sku, sites, each: each) }
        let outlook = StockOutlook(stock: stock, streams: streams, shortageCost: policy.shortageCost)
        let seed = UInt64(bitPattern: sku.raw) ^ UInt64(bitPattern: now.micros)
        return Dictionary(uniqueKeysWithValues: zip(sites, outlook.values(seed: seed)).filter { $0.1 > 0 })
    }

    /// How many units are expected to be asked for until more comes. What is beyond twice the stock tells nothing more about
    /// where it is short.
    private func units(of sampled: RecentDemand.Sample, _ stock: Int64) -> Double {
        let day = Double(Duration.days(1).micros)
        let coming = (supplies[sampled.sku] ?? []).filter { !$0.kind.isHere && $0.kind != .partner && $0.availableFrom > now }
        let until = coming.map(\.availableFrom).min() ?? now + ValueStock.horizon
        let horizon = Double((until - now).micros) / day
        return min(Double(sampled.seen) / max(Double(demand.span.micros) / day, 1) * horizon, 2 * Double(stock))
    }

    private func stream(_ order: OrderID, _ sku: SKUID, _ sites: [SiteID], each expected: Double) -> StockOutlook.Stream? {
        guard let asked = demand.orders[order] else { return nil }
        let demands = asked.lines.enumerated().compactMap { index, line in
            facts[line.sku].flatMap {
                $0.isMeasured ? Demand(component: ComponentID(Int64(index)), facts: $0, quantity: line.quantity, kit: nil) : nil
            }
        }
        var grounds = SourcingGrounds()
        grounds.values = known
        // What the SKU itself still has does not matter here, only what a unit of it would cost from each site.
        let offered = supplies.merging([sku: PartialProblem.plenty(of: sku, at: sites, supplies)]) { _, plenty in plenty }
        var capacity = CapacityLedger(unlimitedAt: now)
        let problem = PartialProblem(
            network: network, policy: policy, demands: demands, destination: asked.destination, ordered: now, deadline: nil,
            onHand: true, bounds: SourcingBounds(), ledger: SupplyLedger(offered), capacity: &capacity, grounds: grounds)
        guard let line = problem.skus.firstIndex(of: sku) else { return nil }
        let costs = Dictionary(zip(problem.sites.map(\.id), problem.sourcing.costs(ofLine: line)), uniquingKeysWith: { first, _ in first })
        return StockOutlook.Stream(expected: expected, costs: sites.map { costs[$0] ?? nil })
    }
}

extension PartialProblem {
    /// Supplies of a SKU as if each site had any number of it.
    static func plenty(of sku: SKUID, at sites: [SiteID], _ supplies: [SKUID: [Supply]]) -> [Supply] {
        sites.compactMap { site in
            guard var one = (supplies[sku] ?? []).first(where: { $0.site == site && $0.available > 0 }) else { return nil }
            one.sellable = one.held + one.reserved + 1_000_000
            return one
        }
    }
}
