import Decisions
import Facilities
import Inventory
import Kernel
import Orders
import Store

/// A site closes, keeps other hours, or its departures change: what it has not begun is looked at again.
package struct ReviewSites: Follower {
    package let name = "flows.review_sites"
    package let types: Set<String> = [FacilitiesEvents.closuresSet, FacilitiesEvents.hoursSet, FacilitiesEvents.laneSaved]

    package init() {}

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let sites = Set(events.compactMap(\.site)).sorted()
        try tx.closeClocks([ReviewSite.clock], of: sites.map(\.raw), outcome: "begun anew")
        let last = tx.id(FulfillmentID.self)
        try ReviewSite.schedule(sites.map { ($0, FulfillmentID(0), last) }, in: tx)
    }
}

/// Sources anew what a site has not begun and would deliver later than was promised; a durable job in steps of
/// `budget` fulfillment orders.
///
/// The site itself may be chosen again, with the dates it can keep now: an order moves where that is cheaper than being late.
package struct ReviewSite: ClockHandler {
    package let kinds = [ReviewSite.clock]
    static let clock = "site.review"
    /// Fulfillment orders that one transaction looks at.
    package static let budget = 200
    let desk: OrderDesk

    package init(desk: OrderDesk) { self.desk = desk }

    /// - Parameter sites: with the fulfillment orders that are looked at: behind `after`, and up to `last`, so that those which
    ///   a review makes are not reviewed by it again.
    static func schedule(_ sites: [(site: SiteID, after: FulfillmentID, last: FulfillmentID)], in tx: Transaction) throws {
        try tx.schedule(
            clock, source: "network",
            due: sites.map { ($0.site.raw, nil, tx.now, ["after": .id($0.after), "last": .id($0.last)]) })
    }

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        var left = Self.budget
        return try clocks.map { clock in
            let site = SiteID(clock.subject), after = clock.payload.id("after", as: FulfillmentID.self) ?? FulfillmentID(0)
            let last = clock.payload.id("last", as: FulfillmentID.self) ?? after
            let found = left > 0 ? try Fulfillments.open(at: site, after: after, limit: left, in: tx) : []
            let seen = found.filter { $0.id <= last }
            let isDone = left > 0 && (found.count < left || seen.count < found.count)
            left -= seen.count
            try review(seen, at: site, in: tx)
            if !isDone { try Self.schedule([(site, seen.last?.id ?? after, last)], in: tx) }
            return isDone ? "done" : "goes on"
        }
    }

    private func review(_ all: [FulfillmentOrder], at site: SiteID, in tx: Transaction) throws {
        let network = try desk.network.network(in: tx)
        guard let site = network.site(site), site.mode == .own, !all.isEmpty else { return }
        let orders = try OrderRecords.load(all.map(\.order), in: tx)
        let late = all.filter { one in
            guard one.purpose.hasPromise, let order = orders[one.order], order.purpose == .sale else { return false }
            return !isKept(one, order, site, network, tx.now)
        }
        guard !late.isEmpty else { return }
        let claims = try Reservations.open(of: late.flatMap { $0.lines.map(\.id) }, in: tx).filter { $0.state == .active }
        try Reservations.mark(claims.map(\.id), .breaking, in: tx)
        try ResourceClaims(desk: desk).run(try Reservations.load(claims.map(\.id), in: tx), in: tx)
    }

    /// Whether a site that begins now delivers by the day that was promised.
    private func isKept(
        _ one: FulfillmentOrder, _ order: OrderRecord, _ site: Site, _ network: Network, _ now: Instant
    ) -> Bool {
        guard let service = network.service(one.service) else { return false }
        let finder = WayFinder(network: network, destination: order.destination.coordinates)
        let deadline = order.promisedBy ?? one.deliverBy
        // Its shifts and departures are booked already: what matters is whether they still are there.
        var capacity = CapacityLedger(unlimitedAt: now)
        let question = WayFinder.Question(
            site: site, service: service, ordered: now, availableFrom: one.availableFrom > now ? one.availableFrom : nil,
            load: WorkLoad(units: one.lines.reduce(0) { $0 + $1.quantity.rawValue }))
        let quote = finder.quote(question, deadline: deadline, &capacity)
        return quote.map { $0.promise.promisedBy <= deadline && $0.promise.shipBy <= one.shipBy } ?? false
    }
}
