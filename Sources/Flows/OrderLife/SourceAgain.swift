import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Sourcing
import Store

/// Promises what waits of an order anew, by the same sourcing as when it was placed.
///
/// Made before anything is given back: how much a channel may be promised is reckoned from what others leave, and what
/// was its own stays its own.
struct SourceAgain {
    let desk: OrderDesk
    private let pools: [String]
    private let home: String
    private var limits: [SKUID: Quantity]
    private var claims: OrderClaims
    private let asked: OrderRequest

    /// - Parameters:
    ///   - others: whose goods join it.
    ///   - skus: all that lies on shelves of what is wanted.
    ///   - sold: sold by its channel already: nothing is refused.
    init(
        _ work: OpenWork, beside others: [OpenWork] = [], skus: [SKUID], backorder: Bool, sold: Bool, desk: OrderDesk,
        in tx: Transaction
    ) throws {
        self.desk = desk
        let record = work.record, works = [work] + others, own = works.flatMap(\.claims)
        asked = OrderRequest(
            merchant: record.merchant, channel: record.channel, number: record.number, way: sold ? .record : record.way,
            payment: record.payment, currency: record.currency, person: nil, destination: record.destination, lines: [],
            placedAt: record.placedAt, backorder: backorder)
        claims = try OrderClaims([asked], skus, in: tx)
        let known = try Supply.pools(of: own.map(\.supply), in: tx)
        let drawn = Set(known.values).union(works.flatMap { $0.shortages.map(\.pool) }).subtracting([Pool.main])
        let channel = try claims.pools(of: asked)
        // What it took from, whatever became of the pool since.
        pools = drawn.isEmpty ? channel.drawn : drawn.sorted() + channel.drawn.filter { !drawn.contains($0) }
        home = drawn.sorted().first ?? channel.home
        let ledger = SupplyLedger(try Supply.load(of: skus, locked: true, in: tx))
        limits = claims.limits(of: asked, wanted: skus, pools: pools, holds: [], ledger)
        for one in own { if let limit = limits[one.sku] { limits[one.sku] = limit + one.quantity } }
    }

    /// What came of it. Units that found nothing and did not wait before stand in `short`.
    struct Answer {
        let sourced: Sourced
        let short: [ComponentID: Quantity]
    }

    /// - Parameter record: as it stands now.
    mutating func run(_ record: OrderRecord, in tx: Transaction) throws -> Answer {
        let shortages = try Shortages.waiting(of: record.id, in: tx)
        let components = try OrderRecords.components(of: [record.id], in: tx).filter { $0.waiting > 0 }
        guard !components.isEmpty else { return Answer(sourced: Sourced(), short: [:]) }
        let skus = Set(components.map(\.sku)).sorted()
        let supplies = try Supply.load(of: skus, locked: true, in: tx)
        let network = try desk.network.network(in: tx)
        let grounds = try SourcingGrounds(of: [record.merchant], supplies, in: tx)
        var ledger = SupplyLedger(supplies), capacity = try CapacityLedger(network, locked: true, in: tx)
        let sourcer = Sourcer(network: network, policy: desk.policy, grounds: grounds)
        let sourced = sourcer.source(
            order: record.id, merchant: record.merchant, demands: try demands(components, of: record, in: tx),
            to: record.destination, ordered: tx.now, deadline: record.promisedBy,
            bounds: try bounds(record, grounds.rules[record.merchant], in: tx), ledger: &ledger, capacity: &capacity, in: tx)
        var waited: [ComponentID: Quantity] = [:]
        for one in shortages { waited[one.component, default: 0] += one.quantity }
        let short = sourced.unfilled.compactMapValues { $0 }.reduce(into: [ComponentID: Quantity]()) { sum, one in
            let new = one.value - (waited[one.key] ?? 0)
            if new > 0 { sum[one.key] = new }
        }
        try write(sourced, record, in: tx)
        try capacity.write(in: tx)
        try settle(shortages, sourced, in: tx)
        return Answer(sourced: sourced, short: short)
    }

    private func bounds(_ record: OrderRecord, _ rule: SourcingRule?, in tx: Transaction) throws -> SourcingBounds {
        var bounds = SourcingBounds()
        bounds.pools = pools
        bounds.limits = limits
        bounds.mayOverbook = asked.way == .record
        bounds.books = record.payment.allowsRelease
        let failed = try HandoffFacts.failed([record.id], since: tx.now - .days(1), in: tx)
        bounds.except = Set(failed.map { SourcingExclusion(sku: $0.sku, site: $0.site) })
        if rule?.neverSplits == true {
            bounds.site = try Fulfillments.of([record.id], in: tx).first { $0.state != .cancelled }?.site
        }
        return bounds
    }

    private func demands(_ components: [ComponentRecord], of record: OrderRecord, in tx: Transaction) throws -> [Demand] {
        let lines = try OrderEdits.lines(of: record.id, in: tx)
        let facts = try Catalog.facts(of: Set(components.map(\.sku) + lines.map(\.sku)).sorted(), in: tx)
        let places = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.id, (index: $0, sku: $1.sku)) })
        let ranked = components.sorted { (places[$0.line]?.index ?? 0, $0.id) < (places[$1.line]?.index ?? 0, $1.id) }
        return ranked.compactMap { one in
            guard let own = facts[one.sku] else { return nil }
            let place = places[one.line], whole = place.flatMap { facts[$0.sku] }
            let staysTogether = whole.map { $0.isKit && !$0.maySplit } ?? false
            return Demand(component: one.id, facts: own, quantity: one.waiting, kit: staysTogether ? place?.index : nil)
        }
    }

    private func write(_ sourced: Sourced, _ record: OrderRecord, in tx: Transaction) throws {
        guard !sourced.reservations.isEmpty else { return }
        try Fulfillments.add(sourced.fulfillments, in: tx)
        try Reservations.add(sourced.reservations, in: tx)
        try OrderProgress.move(
            sourced.reservations.map { (component: $0.component, quantity: $0.quantity) }, from: .waiting, to: .reserved, in: tx)
        try SourcingDecisions.add([(record.id, record.merchant, sourced.why)], in: tx)
        if record.payment.allowsRelease { try OrderClocks.set([], sourced.fulfillments, in: tx) }
        if let date = sourced.deliverBy { try OrderRecords.estimate([(record.id, date)], in: tx) }
    }

    /// What waited and has goods now waits no more.
    private func settle(_ shortages: [Shortage], _ sourced: Sourced, in tx: Transaction) throws {
        var left = sourced.unfilled
        for shortage in shortages {
            let still = min(shortage.quantity, left[shortage.component] ?? 0)
            left[shortage.component, default: 0] -= still
            if still < shortage.quantity { try OrderClocks.settle(shortage, shortage.quantity - still, as: "filled", in: tx) }
        }
    }

    /// Lets units wait that found nothing.
    /// - Throws: `PlaceOrderRefused.backorderFull`, named by the line of the component.
    mutating func wait(
        _ short: [ComponentID: Quantity], of record: OrderRecord, naming name: (ComponentID) -> (line: Int, sku: String),
        in tx: Transaction
    ) throws {
        guard !short.isEmpty else { return }
        let components = try OrderRecords.components(of: [record.id], in: tx).filter { short[$0.id] != nil }
        let waiting = components.map { (sku: $0.sku, quantity: short[$0.id] ?? 0) }
        if let full = claims.wait(waiting, for: asked), let first = components.first(where: { $0.sku == full.sku }) {
            let named = name(first.id)
            throw PlaceOrderRefused.backorderFull(line: named.line, sku: named.sku, cap: full.cap, waiting: full.waiting)
        }
        try Shortages.open(
            components.map {
                Shortage(
                    id: tx.id(), owner: record.merchant, sku: $0.sku, order: record.id, component: $0.id, pool: home,
                    quantity: short[$0.id] ?? 0, kind: asked.way == .record ? .oversold : .backorder,
                    deadline: tx.now + desk.policy.shortageDeadline)
            }, in: tx)
    }
}

/// Gives an order that had no date yet, and waits for nothing, its first one.
enum FirstPromise {
    static func run(_ record: OrderRecord, in tx: Transaction) throws {
        guard record.promisedBy == nil, record.payment.allowsRelease, try Shortages.waiting(of: record.id, in: tx).isEmpty
        else { return }
        let open = try Fulfillments.of([record.id], in: tx).filter { $0.state != .cancelled }
        guard let date = open.map(\.deliverBy).max() else { return }
        try OrderRecords.promise([(record, date)], in: tx)
        try OrderClocks.setPromised([(record, date)], in: tx)
    }
}
