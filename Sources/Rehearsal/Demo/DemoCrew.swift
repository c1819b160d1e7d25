import Edges
import Facilities
import Flows
import Foundation
import Identity
import Inventory
import Kernel
import Logging
import Merchants
import Orders
import Store
import Synchronization
import Transport
import Warehouse

/// The people of the demo: shoppers, pickers, packers and drivers who keep orders flowing through the same flows that the
/// API uses.
package final class DemoCrew: Sendable {
    private let network: RunningNetwork
    private let logger: Logger
    private let stopping = Mutex(false)
    private let finished = DispatchSemaphore(value: 0)
    private let interval: Double

    /// Starts a thread that works every `interval` seconds until `stop`.
    package init(_ network: RunningNetwork, interval: Double = 1, logger: Logger) {
        self.network = network
        self.logger = logger
        self.interval = interval
        let thread = Thread { [self] in
            var shift = DemoShift(network)
            while !stopping.withLock({ $0 }) {
                do { try shift.work() } catch StoreError.closed { break } catch {
                    logger.error("the demo's crew stumbled", metadata: ["error": "\(error)"])
                }
                Thread.sleep(forTimeInterval: interval)
            }
            finished.signal()
        }
        thread.name = "waybill demo crew"
        thread.start()
    }

    package func stop() {
        stopping.withLock { $0 = true }
        finished.wait()
    }
}

/// What the crew does in one turn.
struct DemoShift {
    private let network: RunningNetwork
    private let world = DemoNetwork.world
    private var random: SeededRandom
    private var lastTracked: Instant
    private var orders = 0
    private var partners: [SiteID: PartnerSite] = [:]
    private var lastReport = Instant.distantPast
    private var dock: DemoDock
    private var returns: DemoReturns
    /// When somebody with a scanner was last seen at a site: by the network's clock, and by the wall's.
    private var hands: [SiteID: (seen: Instant, at: ContinuousClock.Instant)] = [:]
    /// The crew leaves the floor to people for so long after their last scan.
    private static let courtesy = Duration.seconds(60)

    init(_ network: RunningNetwork) {
        self.network = network
        random = SeededRandom(seed: UInt64(bitPattern: network.store.clock().micros))
        lastTracked = network.store.clock() - .days(3)
        dock = DemoDock(network, random: random.fork("dock"))
        returns = DemoReturns(network, random: random.fork("returns"))
    }

    private var store: Store { network.store }
    private var now: Instant { store.clock() }

    mutating func work() throws {
        let plan = try store.readBlocking { [cache = network.assembly.network] in try cache.network(in: $0) }
        try shop()
        for site in plan.sites where site.kind == .fulfillmentCenter && site.mode == .own {
            guard plan.calendar(site.id)?.isOpen(at: now) ?? false else { continue }
            if try store.readBlocking({ try ReleasePauses.find(site.id, in: $0) }) == nil {
                _ = try store.performBlocking(ReleaseWave(site: site.id, until: now + .hours(12), limit: 20))
            }
            if try !isWorked(site.id) {
                try pick(site.id)
                try pack(site.id)
                try dock.receive(at: site.id)
                try returns.look(at: site.id)
            }
            try dock.announce(at: site.id)
            for service in plan.services(from: site.id) {
                _ = try store.performBlocking(
                    HandOver(
                        site: site.id, service: service.id, until: now, network: network.assembly.network, occurred: now,
                        actor: "driver"))
            }
        }
        for site in plan.sites where site.mode != .own { try workPartner(site.id) }
        try workYards(plan)
        try track()
        try returns.send()
        try returns.pay()
    }

    /// Whether somebody does the work of hands themselves.
    private mutating func isWorked(_ site: SiteID) throws -> Bool {
        let seen = try store.readBlocking { try FloorWorkers.present(at: site, since: .distantPast, in: $0).map(\.seen).max() }
        guard let seen else { return false }
        if hands[site]?.seen != seen { hands[site] = (seen, .now) }
        return hands[site].map { ContinuousClock.now - $0.at < Self.courtesy } ?? false
    }

    /// Trucks leave and arrive when they are due; at the end of our own network the courier takes what has come.
    private func workYards(_ plan: Network) throws {
        let crew = YardCrew(ground: store, desk: network.assembly.orders), now = now
        _ = try store.performBlocking(PlanTrips(until: now + .days(1), network: network.assembly.network))
        let leaving = try store.readBlocking {
            try Trips.load(where: "state IN ('planned', 'loading') AND departs_at <= \(now)", in: $0)
        }
        for trip in leaving { _ = try crew.leave(trip.id) }
        let coming = try store.readBlocking { try Trips.load(where: "state = 'departed' AND arrives_at <= \(now)", in: $0) }
        for trip in coming { try crew.arrive(trip.id) }
        for site in plan.sites where site.kind == .sortCenter || site.kind == .hub {
            try crew.pull(at: site.id)
            for service in plan.services(from: site.id) {
                _ = try store.performBlocking(
                    HandOver(
                        site: site.id, service: service.id, until: now, network: network.assembly.network, occurred: now,
                        actor: "driver"))
            }
            let dock = try store.readBlocking { try Locations.find(["DOCK"], at: site.id, in: $0)["DOCK"] }
            if let dock { try crew.putBack(at: site.id, to: dock.id) }
        }
    }

    /// A partner answers and sends in each turn, and counts every ten minutes.
    private mutating func workPartner(_ site: SiteID) throws {
        var partner: PartnerSite
        if let known = partners[site] { partner = known } else { partner = try openPartner(site) }
        try partner.answer(on: store)
        try partner.ship(on: store)
        try partner.track(on: store)
        if now > lastReport + .minutes(10) {
            partner.restock(below: 8, by: 30)
            try partner.report(on: store)
            lastReport = now
        }
        partners[site] = partner
    }

    /// What its last report said is what lies on its shelves.
    private func openPartner(_ site: SiteID) throws -> PartnerSite {
        var partner = PartnerSite(
            site: site, desk: network.assembly.orders, rates: PartnerRates(), patience: .hours(12),
            random: SeededRandom(seed: UInt64(bitPattern: now.micros)).fork("partner"))
        for supply in try store.readBlocking({ try PartnerSupply.all(at: site, in: $0) }) {
            partner.put(supply.sellable.rawValue, of: supply.sku, supply.owner)
        }
        return partner
    }

    /// One order every other turn; sometimes a shopper changes their mind.
    private mutating func shop() throws {
        guard random.chance(partsPerMillion: 550_000) else { return }
        var draw = random
        let sample = SampleWorld.make(orders: 1, days: 1, start: world.zone.day(of: now), seed: draw.next())
        random = draw
        guard let order = sample.orders.first else { return }
        let merchants = try store.readBlocking { [codes = sample.merchants.map(\.code)] in try Merchant.find(codes: codes, in: $0) }
        guard let merchant = merchants[sample.merchants[order.merchant].code] else { return }
        orders += 1
        let request = OrderRequest(
            merchant: merchant.id, channel: "demo", number: "D-\(now.micros / 1000)", way: .place, currency: sample.currency,
            person: Person(
                name: "Sam Sample", street: ["Musterweg \(1 + random.below(99))"], city: order.city,
                region: order.region, postalCode: order.postalArea + "115", country: sample.country),
            destination: Destination(
                country: sample.country.code, region: order.region, city: order.city, postalArea: order.postalArea,
                latitude: order.place?.latitude, longitude: order.place?.longitude),
            lines: order.lines.map {
                .init(sku: sample.items[$0.item].code, quantity: Quantity($0.quantity), unitPrice: $0.unitPrice, shipping: $0.shipping)
            },
            placedAt: now, backorder: true)
        let placed = try store.performBlocking(PlaceOrder(request, desk: network.assembly.orders, actor: "demo shopper"))
        if random.chance(partsPerMillion: 30_000) {
            _ = try store.performBlocking(
                CancelOrder(placed.order, merchant: nil, reason: "changed their mind", actor: "demo shopper"))
        }
    }

    private mutating func pick(_ site: SiteID) throws {
        let open = try store.readBlocking { try Tasks.open(.pick, at: site, limit: 12, in: $0) }
        if !open.isEmpty {
            let tote = try store.performBlocking(MakeTotes(site: site, count: 1, occurred: now))[0]
            let picks = open.map { task in
                let isShort = random.chance(partsPerMillion: 3000)
                return PickResult(task: task.id, quantity: isShort ? task.quantity - 1 : task.quantity)
            }
            try store.performBlocking(ConfirmPicks(picks, into: tote, occurred: now, actor: "picker"))
        }
        let back = try store.readBlocking { tx in
            try Tasks.open(.unpick, at: site, limit: 20, in: tx) + Tasks.open(.putaway, at: site, limit: 20, in: tx)
        }
        guard !back.isEmpty else { return }
        let bins = try store.readBlocking { try Locations.all(at: site, kind: .bin, in: $0) }
        for task in back where !bins.isEmpty {
            try store.performBlocking(
                PutBack(task.id, to: bins[random.below(bins.count)].id, occurred: now, actor: "picker"))
        }
    }

    private func pack(_ site: SiteID) throws {
        let picked = try store.readBlocking { try Fulfillments.picked(at: site, limit: 10, in: $0) }
        if !picked.isEmpty {
            _ = try store.performBlocking(
                PackOrders(picked, network: network.assembly.network, occurred: now, actor: "packer"))
        }
        let unweighed = try store.readBlocking { try Parcels.unweighed(at: site, limit: 50, in: $0) }
        guard !unweighed.isEmpty else { return }
        _ = try store.performBlocking(
            WeighParcels(unweighed.map { ($0.id, $0.expected) }, occurred: now, actor: "scale"))
    }

    private mutating func track() throws {
        let until = now
        let numbers = try store.readBlocking { try Labels.underWay(limit: 2000, in: $0) }
        let updates = try network.courier.track(numbers, since: lastTracked, now: until).filter { $0.code != .labelCreated }
        if !updates.isEmpty { _ = try store.performBlocking(RecordTracking(issuer: "courier", updates)) }
        lastTracked = until - .minutes(30)
    }
}
