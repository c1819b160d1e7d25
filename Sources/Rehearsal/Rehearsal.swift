import Edges
import Facilities
import Flows
import Identity
import Kernel
import Store

/// What to rehearse.
package struct RehearsalPlan: Sendable {
    package var world: World
    package var sites: Int
    package var seed: UInt64
    /// How often things go wrong, in parts per million.
    package var troubles: Troubles
    /// How many of the sites a partner runs; one at least is our own.
    package var partnerSites: Int

    package init(world: World, sites: Int, seed: UInt64, troubles: Troubles = Troubles(), partnerSites: Int = 1) {
        self.partnerSites = max(0, min(partnerSites, sites - 1))
        self.world = world
        self.sites = sites
        self.seed = seed
        self.troubles = troubles
    }
}

/// How often things go wrong, in parts per million of the things named.
package struct Troubles: Sendable {
    package var shortPicks = 1_500
    package var wrongWeights = 3_000
    package var lateDeliveries = 60_000
    package var journey = JourneyRates(
        notHome: 60_000, addressNotFound: 2_000, refused: 3_000, lost: 800, damaged: 400, delayed: 30_000)
    package var partner = PartnerRates()
    package var labels = CourierFaults(refused: 0, unavailable: 2_000, unknown: 1_000)

    /// Of orders: wanted elsewhere after all, within four days.
    package var movedOrders = 4_000

    /// Of delivered parcels: something of them is to be sent back.
    package var returns = 50_000
    /// Of returns: the goods are never handed in.
    package var returnsNeverSent = 60_000
    /// Of the items in a box: another SKU, nothing, one more, a counterfeit; of boxes: nothing written on it.
    package var returnsWrong = 20_000
    package var returnsMissing = 20_000
    package var returnsExtra = 10_000
    package var returnsCounterfeit = 5_000
    package var returnsUncoded = 10_000

    /// Of parcels that stand ready when a truck leaves: not loaded.
    package var missedTrucks = 500
    /// Of bags on a truck: not there when it is unloaded; of those, found again the next day.
    package var lostBags = 0
    package var foundBags = 500_000
    /// Of bags on a truck: damaged when it is unloaded.
    package var damagedBags = 0
    /// Of bags that end where a truck is unloaded: opened and counted one by one; of what they hold: not in there.
    package var countedBags = 50_000
    package var lostFromBags = 0

    package init() {}

    /// Everything goes wrong that can: what a network has to live through.
    package static var faulty: Troubles {
        var troubles = Troubles()
        (troubles.shortPicks, troubles.wrongWeights, troubles.lateDeliveries) = (10_000, 20_000, 200_000)
        (troubles.missedTrucks, troubles.lostBags, troubles.damagedBags) = (50_000, 60_000, 80_000)
        (troubles.countedBags, troubles.lostFromBags) = (300_000, 30_000)
        troubles.labels = CourierFaults(refused: 20_000, unavailable: 100_000, unknown: 50_000)
        troubles.movedOrders = 40_000
        troubles.journey.refused = 20_000
        troubles.journey.lost = 8_000
        (troubles.returns, troubles.returnsWrong, troubles.returnsMissing) = (120_000, 100_000, 100_000)
        (troubles.returnsExtra, troubles.returnsCounterfeit, troubles.returnsUncoded) = (60_000, 60_000, 60_000)
        (troubles.partner.late, troubles.partner.rejected, troubles.partner.short) = (150_000, 60_000, 40_000)
        return troubles
    }
}

/// Production code under a virtual clock: agents place, pay, cancel, receive, pick, pack, weigh, collect and deliver through
/// the same flows, from a seed. One thread; the same seed gives the same log to the byte.
package final class Rehearsal {
    enum Entry {
        case shoppers
        case payments
        case cancellation(Int)
        case moving(Int)
        case delivery(Int)
        case shift(site: Int, Work)
        case partner(site: Int, Visit)
        case tracking
        case desk
        case returns
        case day
        case planner
        case outboundWork
        case trucks
        case truck(TripID, Truck)
        case gate(SiteID)
        case found(UnitID, TripID)
    }

    enum Truck {
        case leave
        case arrive
    }

    enum Work {
        case release
        case pick
        case pack
        case collect
    }

    let plan: RehearsalPlan
    let stepper: Stepper
    let assembly: Assembly
    let clock: VirtualClock
    /// Its sites are the fulfillment centers.
    let made: SaveNetwork.Made
    /// Sort centers and hubs.
    let yards: [SiteID]
    let network: Network
    let courier: CourierSimulator
    let stock: StockPlan
    var agenda = Agenda<Entry>()
    var random: SeededRandom
    var moves: SeededRandom
    var catalog = WorldCatalog()
    var orders = OrderBook()
    var pending = PendingTracking()
    var returning: ReturnsWork
    var results = RunningResults()
    var planner = PlannerBook()
    /// How often a label was asked for again, by parcel.
    var tried: [String: Int] = [:]
    /// By index of their sites.
    var partners: [Int: PartnerSite] = [:]
    private let progress: (Double, String) -> Void

    /// Opens an empty database and writes the network, the merchants, their goods and the opening stock.
    ///
    /// Throws `StoreError.unsuitable` where the database holds anything.
    package init(
        _ plan: RehearsalPlan, engine: any Engine, progress: @escaping (Double, String) -> Void = { _, _ in }
    ) throws {
        guard let first = plan.world.orders.first else { throw InvalidInput(field: "/orders", "There is no order to rehearse.") }
        let start = plan.world.zone.instant(plan.world.zone.day(of: first.placed) + -7, .midnight)
        self.plan = plan
        self.progress = progress
        random = SeededRandom(seed: plan.seed).fork("agents")
        moves = SeededRandom(seed: plan.seed).fork("moves")
        returning = ReturnsWork(random: SeededRandom(seed: plan.seed).fork("returns"))
        clock = VirtualClock(start)
        stepper = try Stepper(engine: engine, migrations: Assembly.migrations, now: start)
        try Self.refuseUsed(stepper)
        let bins = max(50, (plan.world.items.count + 7) / 8)
        var made = try stepper.perform(
            SaveNetwork(
                WorldNetwork.plan(plan.world, sites: plan.sites, partners: plan.partnerSites, sorts: true, binsPerSite: bins)))
        let cache = NetworkCache()
        let network = try stepper.read { try cache.network(in: $0) }
        self.network = network
        yards = made.sites.filter { network.site($0)?.kind != .fulfillmentCenter }
        made.sites.removeAll { network.site($0)?.kind != .fulfillmentCenter }
        self.made = made
        let places = made.sites.compactMap { network.site($0)?.place }
        stock = StockPlan(plan.world, sites: places, start: start)
        let vault = Vault(try MasterKey.rehearsal(seed: plan.seed), random: SeededBytes(seed: plan.seed).next)
        courier = try BuiltInCourier.make(
            network, day: plan.world.zone.day(of: start), zone: plan.world.zone, seed: plan.seed, rates: plan.troubles.journey,
            faults: plan.troubles.labels, ledger: InMemoryCarrierLedger())
        assembly = Assembly(
            network: cache, orders: OrderDesk(network: cache, vault: vault),
            carriers: CarrierDesk(network: cache, vault: vault, client: courier, clock: clock.now))
        for index in made.sites.indices where network.site(made.sites[index])?.mode == .partner {
            partners[index] = PartnerSite(
                site: made.sites[index], desk: assembly.orders, rates: plan.troubles.partner,
                random: SeededRandom(seed: plan.seed).fork("partner \(index)"))
        }
    }

    private static func refuseUsed(_ stepper: Stepper) throws {
        let events = try stepper.read { try $0.value("SELECT COUNT(*) FROM (SELECT seq FROM event LIMIT 1) AS e", as: Int.self) }
        guard events == 0 else {
            throw StoreError.unsuitable(
                "\(stepper.engine.address) holds a network already. A rehearsal writes to an empty database only.")
        }
    }

    /// Runs to the last event of the last order.
    package func run() throws -> RehearsalOutcome {
        try stepper.lease(assembly.followers)
        progress(0, "stocking the sites")
        try openBusiness()
        try stockPlanner()
        schedule()
        var done = 0
        while let (at, entry) = agenda.take() {
            try advance(to: at)
            try perform(entry)
            done += 1
            if done % 500 == 0 { progress(share(at), String(plan.world.zone.day(of: at).description)) }
        }
        try settle(whole: true)
        // Whoever serves the database later goes on from here.
        try stepper.lease(assembly.followers, for: .zero)
        progress(1, "done")
        return try outcome()
    }

    private func share(_ at: Instant) -> Double {
        guard let first = plan.world.orders.first?.placed, let last = plan.world.orders.last?.placed, last > first else { return 0.5 }
        return min(0.99, max(0, Double(at.micros - first.micros) / Double(last.micros - first.micros)))
    }

    /// Moves the clock; what falls due on the way falls at its time.
    private func advance(to at: Instant) throws {
        while let due = try stepper.nextDue(until: at) {
            set(max(due, stepper.now))
            if try stepper.perform(TimerStep(assembly.clocks)) == 0 { break }
        }
        set(max(at, stepper.now))
    }

    private func set(_ now: Instant) {
        stepper.now = now
        clock.set(now)
    }

    /// Lets the outbox catch up, and the followers others wait for; at the end all of them.
    func settle(whole: Bool = false) throws {
        try stepper.settle(assembly.followers, assembly.workers, whole: whole)
    }

    private func perform(_ entry: Entry) throws {
        switch entry {
        case .shoppers: try placeOrders()
        case .payments: try pay()
        case .cancellation(let order): try cancel(order)
        case .moving(let order): try move(order)
        case .delivery(let number): try receive(number)
        case .shift(let site, let work): try shift(site, work)
        case .partner(let site, let visit): try self.visit(site, visit)
        case .tracking: try track()
        case .desk: try decide()
        case .returns: try bringBack()
        case .day: try closeDay()
        case .planner: try planOutbound()
        case .outboundWork: try workOutbound()
        case .trucks: try planTrucks()
        case .truck(let trip, .leave): try leave(trip)
        case .truck(let trip, .arrive): try arrive(trip)
        case .gate(let site): try openGate(site)
        case .found(let bag, let trip): try crew.find(bag, of: trip)
        }
    }
}
