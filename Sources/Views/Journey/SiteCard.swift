import Facilities
import Kernel
import Store

/// A site as the people who look after it want to see it.
package struct SiteCard: Equatable, Sendable {
    package var id: SiteID
    package var code: String
    package var name: String
    package var city: String
    package var kind: Site.Kind
    package var mode: Site.Mode
    package var work: SiteWork
    /// Nil where nothing collects here.
    package var collection: NextCollection?

    package init(
        id: SiteID, code: String, name: String, city: String, kind: Site.Kind, mode: Site.Mode, work: SiteWork = SiteWork(),
        collection: NextCollection? = nil
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.city = city
        self.kind = kind
        self.mode = mode
        self.work = work
        self.collection = collection
    }
}

/// What stands at a site and has to leave it.
package struct SiteWork: Equatable, Sendable {
    /// Fulfillment orders that are not released yet, and those of them whose time to leave has passed.
    package var openOrders: Int64 = 0
    package var lateOrders: Int64 = 0
    /// Units promised from here, those on pick lists included.
    package var reservedUnits: Int64 = 0
    package var unitsOnPickLists: Int64 = 0
    package var unitsInTotes: Int64 = 0
    /// In parcels that have not left yet.
    package var unitsPacked: Int64 = 0
    package var parcelsWithoutLabel: Int64 = 0
    package var parcelsReady: Int64 = 0

    package init() {}
}

/// The next time a courier collects, on the site's wall clock.
package struct NextCollection: Equatable, Sendable {
    /// Until then what is to leave has to stand ready.
    package var cutOff: Instant
    package var cutOffAtSite: LocalTime
    package var departs: Instant
    package var departsAtSite: LocalTime

    package init(cutOff: Instant, departs: Instant, zone: TimeZoneRule) {
        self.cutOff = cutOff
        self.departs = departs
        cutOffAtSite = zone.time(of: cutOff)
        departsAtSite = zone.time(of: departs)
    }

    /// The earliest cut-off of all services that collect at the site.
    init?(_ site: Site, in network: Network, after now: Instant) {
        let next = network.services(from: site.id).compactMap { network.collections(site.id, $0.id)?.next(readyAt: now) }
        guard let first = next.min(by: { ($0.cutOff, $0.departs) < ($1.cutOff, $1.departs) }) else { return nil }
        self.init(cutOff: first.cutOff, departs: first.departs, zone: site.zone)
    }
}
