import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Sourcing
import Store
import Warehouse

/// Finds other goods for claims that a fact has broken: another bin's supply, another site, or the next supply.
package struct ResourceBrokenClaims: Follower {
    package let name = "flows.resource"
    package let types: Set<String> = [NewEvent.claimsBrokenType]
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let ids = events.flatMap { event in
            (event.payload["reservations"]?.array ?? []).compactMap { $0.string.flatMap { ReservationID($0) } }
        }
        let broken = try Reservations.load(Set(ids).sorted(), in: tx).filter { $0.state == .breaking }
        guard !broken.isEmpty else { return }
        let wanted = try WithdrawFromPartners.run(broken, in: tx)
        try ResourceClaims(desk: desk).run(wanted, in: tx)
    }
}

/// Takes breaking claims off their sites, and looks for goods elsewhere.
struct ResourceClaims {
    let desk: OrderDesk

    /// - Parameter ending: what a handoff comes to of which nothing was sent and nothing is left.
    func run(_ broken: [Reservation], ending: HandoffState = .withdrawn, in tx: Transaction) throws {
        guard !broken.isEmpty else { return }
        try release(broken, ending, in: tx)
        let pools = try Supply.pools(of: broken.map(\.supply), in: tx)
        let shortages = broken.map {
            Shortage(
                id: tx.id(), owner: $0.owner, sku: $0.sku, order: $0.order, component: $0.component,
                pool: pools[$0.supply] ?? Pool.main, quantity: $0.quantity, kind: .broken, deadline: tx.now + desk.policy.shortageDeadline)
        }
        try Shortages.open(shortages, in: tx)
        try FillShortages(desk: desk).fill(shortages, in: tx)
    }

    /// Takes the claims off their supply and their fulfillment orders; their units wait again.
    private func release(_ broken: [Reservation], _ ending: HandoffState, in tx: Transaction) throws {
        try Reservations.release(broken, as: .broken, in: tx)
        let heads = try Fulfillments.heads(of: broken.map(\.line), in: tx)
        try Fulfillments.add(dropped: broken.map { ($0.line, $0.quantity) }, in: tx)
        try OrderProgress.move(
            broken.map { (component: $0.component, quantity: $0.quantity) }, from: .reserved, to: .waiting, in: tx)
        for one in broken {
            tx.emit(
                .orderMoved(
                    one.order, one.owner, site: one.site, from: .reserved, to: .waiting, quantity: one.quantity, at: tx.now))
        }
        let ids = Set(heads.values).sorted()
        try FinishPicking.run(ids, in: tx)
        try FinishHandoff.run(ids, ending: ending, in: tx)
        let empty = try Fulfillments.load(ids, in: tx).filter { one in
            one.state == .open && one.lines.allSatisfy { $0.quantity == 0 }
        }
        try Fulfillments.change(empty.map(\.id), to: .cancelled, in: tx)
        try OrderClocks.dropped(empty.map(\.id), in: tx)
        try FreeCapacity.run(ids, in: tx)
    }
}

/// Gives new supply to those who wait for it, oldest first.
package struct FillBackorders: Follower {
    package let name = "flows.backorders"
    package let types: Set<String> = [NewEvent.supplyGrewType]
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let skus = Set(events.compactMap { SKUID($0.key) }).sorted()
        // Who has a date already comes before those who have none.
        try PutOff.run(Preorders.cover(skus, in: tx), in: tx)
        try FillShortages(desk: desk).fill(Shortages.waiting(for: skus, in: tx), in: tx)
    }
}

/// Sources what waits.
struct FillShortages {
    let desk: OrderDesk

    func fill(_ waiting: [Shortage], in tx: Transaction) throws {
        guard !waiting.isEmpty else { return }
        let orders = try OrderRecords.load(waiting.map(\.order), in: tx)
        let whole = try wholeOrders(orders, in: tx)
        let shortages = try completed(waiting, whole.keys.sorted(), in: tx)
        let skus = Set(shortages.map(\.sku)).sorted()
        let supplies = try Supply.load(of: skus, locked: true, in: tx)
        guard supplies.values.contains(where: { $0.contains { $0.available > 0 } }) else { return }
        let facts = try Catalog.facts(of: skus, in: tx)
        let outbound = try OutboundOrders.load(shortages.map(\.order), in: tx)
        let network = try desk.network.network(in: tx)
        let failed = try excluded(orders.keys.sorted(), in: tx)
        let grounds = try SourcingGrounds(of: orders.values.map(\.merchant), supplies, in: tx)
        let sourcer = Sourcer(network: network, policy: desk.policy, grounds: grounds)
        var capacity = try CapacityLedger(network, locked: true, in: tx)
        var ledger = SupplyLedger(supplies), results: [(OrderRecord, Sourced)] = []
        for (order, group) in Dictionary(grouping: shortages, by: \.order).sorted(by: { $0.value[0].id < $1.value[0].id }) {
            guard let record = orders[order] else { throw StoreError.unexpected("\(order) is gone") }
            let demands = group.compactMap { one in
                facts[one.sku].map { Demand(component: one.component, facts: $0, quantity: one.quantity, kit: nil) }
            }
            var bounds = SourcingBounds(outbound[order])
            // Who has bought of a pool and lost its goods may have what is in none.
            if outbound[order]?.condition == nil { bounds.pools = Set(group.map(\.pool)).subtracting([Pool.main]).sorted() + [Pool.main] }
            bounds.except = failed[order] ?? []
            bounds.site = bounds.site ?? whole[order] ?? nil
            bounds.books = record.payment.allowsRelease
            let sourced = bounds.purpose == .disposal
                ? sourcer.claim(
                    order: order, merchant: record.merchant, demands: demands, bounds: bounds,
                    by: tx.now + PlaceOutbound.disposalTerm, ledger: &ledger, in: tx)
                : sourcer.source(
                    order: order, merchant: record.merchant, demands: demands, to: record.destination, ordered: tx.now,
                    deadline: record.promisedBy, bounds: bounds, ledger: &ledger, capacity: &capacity, in: tx)
            if !sourced.reservations.isEmpty {
                results.append((record, sourced))
                try settle(group, sourced, in: tx)
            }
        }
        try write(results, in: tx)
        try capacity.write(in: tx)
    }

    /// The sales that are filled whole by their merchants' rules; with the site that ships what they have already, where
    /// they may not be split.
    private func wholeOrders(_ orders: [OrderID: OrderRecord], in tx: Transaction) throws -> [OrderID: SiteID?] {
        let today = TimeZoneRule.utc.day(of: tx.now)
        let rules = try SourcingRules.holding(of: orders.values.map(\.merchant), on: today, in: tx).filter(\.value.isWhole)
        let whole = orders.values.filter { $0.purpose == .sale && rules[$0.merchant] != nil }.sorted { $0.id < $1.id }
        guard !whole.isEmpty else { return [:] }
        let bound = whole.filter { rules[$0.merchant]?.neverSplits == true }.map(\.id)
        let begun = bound.isEmpty ? [] : try Fulfillments.of(bound, in: tx).filter { $0.state != .cancelled }
        let sites = Dictionary(begun.map { ($0.order, $0.site) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(uniqueKeysWithValues: whole.map { ($0.id, sites[$0.id]) })
    }

    /// All that waits of orders that are filled whole, beside what there may be goods for now.
    private func completed(_ waiting: [Shortage], _ whole: [OrderID], in tx: Transaction) throws -> [Shortage] {
        guard !whole.isEmpty else { return waiting }
        let known = Set(waiting.map(\.id))
        let rest = try Shortages.waiting(of: whole, in: tx).filter { !known.contains($0.id) }
        return (waiting + rest).sorted { $0.id < $1.id }
    }

    /// A site that could not keep what it was asked for is not asked again the same day.
    private func excluded(_ orders: [OrderID], in tx: Transaction) throws -> [OrderID: Set<SourcingExclusion>] {
        let failed = try HandoffFacts.failed(orders, since: tx.now - .days(1), in: tx)
        return Dictionary(grouping: failed, by: \.order).mapValues { all in
            Set(all.map { SourcingExclusion(sku: $0.sku, site: $0.site) })
        }
    }

    private func settle(_ shortages: [Shortage], _ sourced: Sourced, in tx: Transaction) throws {
        var filled: [ComponentID: Quantity] = [:]
        for one in sourced.reservations { filled[one.component, default: 0] += one.quantity }
        for shortage in shortages {
            let part = min(shortage.quantity, filled[shortage.component] ?? 0)
            guard part > 0 else { continue }
            filled[shortage.component, default: 0] -= part
            try OrderClocks.settle(shortage, part, as: "filled", in: tx)
        }
    }

    private func write(_ results: [(OrderRecord, Sourced)], in tx: Transaction) throws {
        let fulfillments = results.flatMap(\.1.fulfillments)
        try Fulfillments.add(fulfillments, in: tx)
        try Reservations.add(results.flatMap(\.1.reservations), in: tx)
        try OrderProgress.move(
            results.flatMap { $0.1.reservations.map { (component: $0.component, quantity: $0.quantity) } }, from: .waiting,
            to: .reserved, in: tx)
        try SourcingDecisions.add(results.map { ($0.0.id, $0.0.merchant, $0.1.why) }, in: tx)
        try OrderClocks.set([], results.filter { $0.0.payment.allowsRelease }.flatMap(\.1.fulfillments), in: tx)
        try SessionHold.renew(results.map(\.0.id), in: tx)
        for (record, sourced) in results {
            for part in sourced.fulfillments {
                tx.emit(
                    .orderReserved(
                        record.id, record.merchant, site: part.site, quantity: part.lines.reduce(0) { $0 + $1.quantity },
                        at: tx.now))
            }
            if record.purpose.hasPromise, let estimate = sourced.deliverBy { try OrderRecords.estimate([(record.id, estimate)], in: tx) }
            try promise(record, sourced, in: tx)
        }
    }

    /// An order that had no date yet has its first one now.
    private func promise(_ record: OrderRecord, _ sourced: Sourced, in tx: Transaction) throws {
        guard record.purpose.hasPromise, record.promisedBy == nil, record.payment.allowsRelease, let date = sourced.deliverBy,
            try Shortages.waiting(of: record.id, in: tx).isEmpty
        else { return }
        try OrderRecords.promise([(record, date)], in: tx)
        try OrderClocks.setPromised([(record, date)], in: tx)
    }
}
