import Facilities
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Store

/// What placing orders needs beside the database.
package struct OrderDesk: Sendable {
    package let network: NetworkCache
    package let vault: Vault
    package let policy: SourcingPolicy
    package let catalog: CatalogCache

    package init(
        network: NetworkCache, vault: Vault, policy: SourcingPolicy = SourcingPolicy(), catalog: CatalogCache = CatalogCache()
    ) {
        self.network = network
        self.vault = vault
        self.policy = policy
        self.catalog = catalog
    }
}

/// Takes an order: promises it, chooses sites, reserves the goods. The hot path; see `BatchFlow`.
///
/// *Place* may be refused (`PlaceOrderRefused`). *Record* is never refused for stock: what cannot be reserved becomes
/// a shortage with a deadline and an owner. The same number with the same content answers the first order.
package struct PlaceOrder: AheadFlow {
    package typealias Answer = PlacedOrder

    package let request: OrderRequest
    let desk: OrderDesk
    let contentHash: String
    let actor: String

    package init(_ request: OrderRequest, desk: OrderDesk, actor: String = "system") {
        self.request = request
        self.desk = desk
        self.actor = actor
        contentHash = request.contentHash
    }

    package var lane: Int64 { request.merchant.raw }

    package struct Loaded: Sendable {
        let network: Network
        /// The version of the catalogue of each.
        let merchants: [MerchantID: Int64]
        let goods: GoodsFacts
        let quotes = QuoteBook()
        var ledger: SupplyLedger
        let grounds: SourcingGrounds
        var claims: OrderClaims
        var capacity: CapacityLedger
        var known: [OrderKey: (order: OrderID, contentHash: String)]
        let earlier: [OrderID: PlacedOrder]
        var answers: [OrderID: PlacedOrder] = [:]
        var taken: [Taken] = []
        let desk: OrderDesk
    }

    struct Taken: Sendable {
        var order: NewOrder
        let person: Person?
        let sourced: Sourced
        let shortages: [Shortage]
        let actor: String
    }

    package static func load(_ flows: [PlaceOrder], in tx: Transaction) throws -> Loaded {
        guard let desk = flows.first?.desk, let loaded = try load(flows, desk, locked: true, in: tx)
        else { preconditionFailure("a batch holds a flow") }
        return loaded
    }

    package static func look(_ flows: [PlaceOrder], in tx: Transaction) throws -> Loaded? {
        try flows.first.flatMap { try load(flows, $0.desk, locked: false, in: tx) }
    }

    /// Nil where not locked and not plain: what else than stock limits a promise is decided on locked rows.
    static func load(_ flows: [PlaceOrder], _ desk: OrderDesk, locked: Bool, in tx: Transaction) throws -> Loaded? {
        let network = try desk.network.network(in: tx)
        guard locked || network.limitedSites.isEmpty && flows.allSatisfy(\.request.holds.isEmpty) else { return nil }
        let merchants = try Merchant.find(Set(flows.map(\.request.merchant)).sorted(), in: tx)
        let codes = Set(flows.flatMap { flow in flow.request.lines.map { SKUCode(flow.request.merchant, $0.sku) } })
        let goods = try desk.catalog.facts(codes, of: merchants, in: tx)
        let claims = try OrderClaims(flows.map(\.request), goods.stocked.sorted(), in: tx)
        guard locked || claims.isPlain else { return nil }
        let supplies = try Supply.load(of: goods.stocked, locked: locked, in: tx)
        // After the locks, for which the same order through another node may have made this one wait.
        let known = try OrderNumbers.known(flows.map(\.request.key), in: tx)
        return Loaded(
            network: network, merchants: merchants.mapValues(\.catalog), goods: goods, ledger: SupplyLedger(supplies),
            grounds: try SourcingGrounds(of: flows.map(\.request.merchant), supplies, in: tx), claims: claims,
            capacity: try CapacityLedger(network, locked: locked, in: tx), known: known,
            earlier: try PlacedOrder.load(known.values.map(\.order).sorted(), in: tx), desk: desk)
    }

    /// Locks the supplies that were taken from. What waits for goods is decided where no goods can come in between.
    package static func stillHolds(_ loaded: Loaded, in tx: Transaction) throws -> Bool {
        guard loaded.taken.allSatisfy(\.shortages.isEmpty) else { return false }
        guard try loaded.desk.network.network(in: tx).version == loaded.network.version,
            try Merchant.find(loaded.merchants.keys.sorted(), in: tx).mapValues(\.catalog) == loaded.merchants
        else { return false }
        return try loaded.ledger.stillHas(loaded.taken.flatMap(\.sourced.reservations), in: tx)
    }

    package func decide(_ loaded: inout Loaded, in tx: Transaction) throws -> PlacedOrder {
        if let known = loaded.known[request.key] {
            guard known.contentHash == contentHash, let first = loaded.answers[known.order] ?? loaded.earlier[known.order]
            else { throw PlaceOrderRefused.numberUsed(request.number) }
            return first.repeated
        }
        try request.check(loaded.merchants)
        let pools = try loaded.claims.pools(of: request)
        let holds = try loaded.claims.holds(of: request)
        let id = tx.id(OrderID.self)
        let lines = try OrderLines(request, loaded, in: tx)
        loaded.ledger.mark()
        let sourced = source(id, lines, pools.drawn, holds, &loaded, in: tx)
        do throws(PlaceOrderRefused) {
            if !request.mayWait { try lines.refuseShort(sourced, request) }
            try lines.refuseWaiting(sourced, request, &loaded.claims)
        } catch {
            loaded.ledger.undo()
            loaded.capacity.giveBack(id)
            throw error
        }
        loaded.claims.confirm(holds, by: id)
        let taken = take(id, lines.lines, sourced, holds.first?.pool ?? pools.home, in: tx)
        let answer = PlacedOrder(
            order: id, number: request.number, isRepeat: false, shipBy: sourced.shipBy,
            promisedBy: taken.order.promisedBy, reserved: sourced.quantity,
            waiting: sourced.unfilled.values.reduce(0, +), sites: sourced.fulfillments.map(\.site))
        loaded.known[request.key] = (id, contentHash)
        loaded.answers[id] = answer
        loaded.taken.append(taken)
        return answer
    }

    /// Units that its holds keep come first; with those alone, where they are as many as it wants.
    private func source(
        _ id: OrderID, _ lines: OrderLines, _ pools: [String], _ holds: [Hold], _ loaded: inout Loaded,
        in tx: Transaction
    ) -> Sourced {
        let sourcer = Sourcer(
            network: loaded.network, policy: loaded.desk.policy, grounds: loaded.grounds, quotes: loaded.quotes)
        var bounds = SourcingBounds()
        bounds.pools = pools
        bounds.mayOverbook = request.way == .record
        bounds.books = request.payment.allowsRelease
        bounds.limits = loaded.claims.limits(
            of: request, wanted: lines.wanted.keys, pools: pools, holds: holds, loaded.ledger)
        if !holds.isEmpty { loaded.ledger.give(holds.flatMap(\.claims), wanted: lines.wanted) }
        func once() -> Sourced {
            sourcer.source(
                order: id, merchant: request.merchant, demands: lines.demands, to: request.destination,
                ordered: request.placedAt, deadline: request.deliverBy, bounds: bounds, ledger: &loaded.ledger,
                capacity: &loaded.capacity, in: tx)
        }
        var sourced = once()
        if !holds.isEmpty, !sourced.unfilled.isEmpty {
            // No service goes there from where they lie: other goods that it may take serve as well.
            loaded.ledger.undo()
            loaded.capacity.giveBack(id)
            loaded.ledger.give(holds.flatMap(\.claims), wanted: lines.wanted)
            loaded.ledger.uncover()
            sourced = once()
        }
        loaded.ledger.settle()
        return sourced
    }

    private func take(
        _ id: OrderID, _ lines: [NewLine], _ sourced: Sourced, _ pool: String, in tx: Transaction
    ) -> Taken {
        var lines = lines
        for line in lines.indices {
            for at in lines[line].components.indices {
                lines[line].components[at].waiting = sourced.unfilled[lines[line].components[at].id] ?? 0
            }
        }
        // What is not paid for has no date yet: the days until it is are not ours.
        let isCertain = sourced.unfilled.isEmpty && request.payment.allowsRelease
        let order = NewOrder(
            id: id, merchant: request.merchant, channel: request.channel, number: request.number, contentHash: contentHash,
            way: request.way, payment: request.payment, currency: request.currency, recipient: nil,
            destination: request.destination, lines: lines, placedAt: request.placedAt, shipBy: sourced.shipBy,
            promisedBy: isCertain ? request.deliverBy ?? sourced.deliverBy : request.deliverBy,
            estimatedBy: sourced.deliverBy, sourcing: sourced.why, importID: request.importID, labelIssuer: request.labelIssuer)
        let kind: ShortageKind = request.way == .record ? .oversold : .backorder
        let shortages = lines.flatMap(\.components).filter { $0.waiting > 0 }.map {
            Shortage(
                id: tx.id(), owner: request.merchant, sku: $0.sku, order: id, component: $0.id, pool: pool, quantity: $0.waiting,
                kind: kind, deadline: tx.now + desk.policy.shortageDeadline)
        }
        return Taken(order: order, person: request.person, sourced: sourced, shortages: shortages, actor: actor)
    }

    package static func write(_ loaded: Loaded, in tx: Transaction) throws {
        var taken = loaded.taken
        guard !taken.isEmpty else { return }
        let people = taken.compactMap { one in one.person.map { (one.order.merchant, $0) } }
        let told = taken.filter { $0.person != nil }.map(\.order.id)
        let sealing = try Recipients.begin(people, for: told, loaded.desk.vault, in: tx)
        var recipients = sealing.ids.makeIterator()
        for index in taken.indices where taken[index].person != nil { taken[index].order.recipient = recipients.next() }
        for (actor, group) in Dictionary(grouping: taken, by: \.actor).sorted(by: { $0.key < $1.key }) {
            try WriteOrders.run(group.map(\.order), actor: actor, in: tx)
        }
        try Fulfillments.add(taken.flatMap(\.sourced.fulfillments), in: tx)
        try loaded.claims.reserve(taken.flatMap(\.sourced.reservations), in: tx)
        try loaded.capacity.write(in: tx)
        try Shortages.open(taken.flatMap(\.shortages), in: tx)
        try loaded.grounds.ask(in: tx)
        try OrderClaims.learn(taken, in: tx)
        try OrderClocks.set(
            taken.map(\.order), taken.filter(\.order.payment.allowsRelease).flatMap(\.sourced.fulfillments), in: tx)
        try sealing.write(in: tx)
    }
}

extension PlacedOrder {
    var repeated: PlacedOrder {
        PlacedOrder(
            order: order, number: number, isRepeat: true, shipBy: shipBy, promisedBy: promisedBy, reserved: reserved,
            waiting: waiting, sites: sites)
    }
}
