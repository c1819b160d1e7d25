import Facilities
import Kernel
import Orders
import Store
import Transport

/// What lies ahead of the network: today's promises, the next cut-offs with what has to make them, trips under way.
package struct Outlook: Equatable, Sendable {
    package var promise: PromisesToday
    /// The nearest first.
    package var cutOffs: [CutOffAhead]
    /// In the order of ids.
    package var trips: [TripUnderWay]
    /// By id order.
    package var places: [MapPlace]
    /// Between sites, in the order of ids; one for each pair and direction.
    package var ways: [MapWay]

    package init(
        promise: PromisesToday = PromisesToday(), cutOffs: [CutOffAhead] = [], trips: [TripUnderWay] = [], places: [MapPlace] = [],
        ways: [MapWay] = []
    ) {
        (self.promise, self.cutOffs, self.trips, self.places, self.ways) = (promise, cutOffs, trips, places, ways)
    }

    /// - Parameter zone: whose day is today.
    package static func read(_ network: Network, _ sites: [SiteCard], zone: TimeZoneRule, in tx: Transaction) throws -> Outlook {
        let pairs = network.lanes.compactMap { lane in lane.destination.map { MapWay(from: lane.origin, to: $0) } }
        return Outlook(
            promise: try .read(zone: zone, in: tx), cutOffs: try CutOffAhead.all(sites, in: tx),
            trips: try TripUnderWay.all(from: network.sites.map(\.id), in: tx),
            places: network.sites.map { MapPlace(id: $0.id, name: $0.address.city, kind: $0.kind, place: $0.place) },
            ways: pairs.enumerated().filter { index, way in !pairs.prefix(index).contains(way) }.map(\.element))
    }
}

/// How today's promises stand.
package struct PromisesToday: Equatable, Sendable {
    /// Delivered today, by the date first shown to the shopper and after it.
    package var kept: Int64 = 0
    package var broken: Int64 = 0
    /// Due by the end of today and not delivered yet.
    package var due: Int64 = 0
    /// Past their date and not delivered yet.
    package var late: Int64 = 0
    /// Not past their date, but expected after it.
    package var atRisk: Int64 = 0

    package init() {}

    /// Whole percent of what was delivered today; nil before the first.
    package var keptPercent: Int64? { kept + broken > 0 ? kept * 100 / (kept + broken) : nil }

    /// Reads what is open, not the history.
    static func read(zone: TimeZoneRule, in tx: Transaction) throws -> PromisesToday {
        var promises = PromisesToday()
        let day = zone.day(of: tx.now), midnight = zone.instant(day, .midnight), end = zone.lastSecond(of: day)
        let flows = try FlowCounts.read(since: midnight, in: tx)
        promises.kept = flows.total(.promisesKept)
        promises.broken = flows.total(.promisesBroken)
        let open = [OrderState.open, .shipped]
        let sums = try tx.first(
            """
            SELECT COALESCE(SUM(CASE WHEN promised_by >= \(tx.now) AND promised_by <= \(end) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN promised_by < \(tx.now) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN promised_by >= \(tx.now) AND estimated_at > promised_by THEN 1 ELSE 0 END), 0)
            FROM orders WHERE state IN \(list: open)
            """
        ) { try ($0.next(Int64.self), $0.next(Int64.self), $0.next(Int64.self)) }
        if let sums { (promises.due, promises.late, promises.atRisk) = sums }
        return promises
    }
}

/// The next cut-off of a site, and what has to make it.
package struct CutOffAhead: Equatable, Sendable {
    package enum Chance: String, Sendable {
        /// Nothing is left to do.
        case done
        /// Nobody packs now, and there is time: hours before a shift says nothing.
        case idle
        /// At the pace of the last hour more is packed until then than waits.
        case good
        /// It fits, with less than a sixth to spare.
        case tight
        /// At this pace some stay behind.
        case poor
    }

    package let site: SiteID
    package let name: String
    package let collection: NextCollection
    /// Fulfillment orders to leave by then that are not packed.
    package let waiting: Int64
    /// Parcels packed in the last hour.
    package let pace: Int64
    /// What the pace packs until the cut-off.
    package let reach: Int64
    private let isFar: Bool

    /// Without a pace, a cut-off that is further away than this may still be met.
    private static let far = Duration.hours(3)

    package init(
        site: SiteID, name: String, collection: NextCollection, waiting: Int64, pace: Int64, now: Instant
    ) {
        (self.site, self.name, self.collection, self.waiting, self.pace) = (site, name, collection, waiting, pace)
        isFar = collection.cutOff - now > Self.far
        reach = pace * max(0, (collection.cutOff - now).micros / 1_000_000) / 3600
    }

    package var chance: Chance {
        if waiting == 0 { return .done }
        if pace == 0, isFar { return .idle }
        if reach * 6 >= waiting * 7 { return .good }
        return reach >= waiting ? .tight : .poor
    }

    /// What stays behind at this pace.
    package var behind: Int64 { max(0, waiting - reach) }

    static func all(_ cards: [SiteCard], in tx: Transaction) throws -> [CutOffAhead] {
        var until = Rows(["site": .int, "until": .int])
        let collected = cards.filter { $0.collection != nil && $0.kind == .fulfillmentCenter }
        for card in collected { until.add(card.id, card.collection?.departs ?? tx.now) }
        let waiting = try tx.query(
            """
            SELECT v.site, COUNT(*) FROM (\(rows: until)) AS v JOIN fulfillment_order f ON f.site = v.site
                AND f.state IN \(list: [FulfillmentState.open, .released, .picked]) AND f.ship_by <= v.until
            GROUP BY v.site ORDER BY v.site
            """
        ) { (try $0.next(SiteID.self), try $0.next(Int64.self)) }
        let pace = try paces(in: tx), open = Dictionary(uniqueKeysWithValues: waiting)
        return collected.compactMap { card in
            card.collection.map {
                CutOffAhead(
                    site: card.id, name: card.city, collection: $0, waiting: open[card.id] ?? 0, pace: pace[card.id] ?? 0, now: tx.now)
            }
        }.sorted { ($0.collection.cutOff, $0.site) < ($1.collection.cutOff, $1.site) }
    }

    /// Parcels by the site that packed them in the last hour. Ids begin with their time, which is exact enough for a pace.
    private static func paces(in tx: Transaction) throws -> [SiteID: Int64] {
        let first: UnitID = IDGenerator(node: 0).next(at: tx.now - .hours(1))
        let rows = try tx.query("SELECT site, COUNT(*) FROM parcel WHERE id >= \(first) GROUP BY site ORDER BY site") {
            (try $0.next(SiteID.self), try $0.next(Int64.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

/// A trip between two sites that has left and not arrived.
package struct TripUnderWay: Equatable, Sendable {
    package let id: TripID
    package let origin: SiteID
    package let destination: SiteID
    package let departed: Instant
    package let arrives: Instant

    package init(id: TripID, origin: SiteID, destination: SiteID, departed: Instant, arrives: Instant) {
        (self.id, self.origin, self.destination, self.departed, self.arrives) = (id, origin, destination, departed, arrives)
    }

    /// Thousandths of the way that lie behind it, as far as the time tells.
    package func progress(at now: Instant) -> Int64 {
        let whole = max(1, (arrives - departed).micros)
        return min(1000, max(0, (now - departed).micros * 1000 / whole))
    }

    static func all(from sites: [SiteID], in tx: Transaction) throws -> [TripUnderWay] {
        try tx.query(
            """
            SELECT id, origin, destination, departed_at, arrives_at FROM trip
            WHERE origin IN \(list: sites) AND state = \(TripState.departed) AND departed_at IS NOT NULL ORDER BY id LIMIT 200
            """
        ) { try TripUnderWay(id: $0.next(), origin: $0.next(), destination: $0.next(), departed: $0.next(), arrives: $0.next()) }
    }
}

/// A site on the map.
package struct MapPlace: Equatable, Sendable {
    package let id: SiteID
    package let name: String
    package let kind: Site.Kind
    package let place: Coordinates

    package init(id: SiteID, name: String, kind: Site.Kind, place: Coordinates) {
        (self.id, self.name, self.kind, self.place) = (id, name, kind, place)
    }
}

/// That goods go from a site to another.
package struct MapWay: Equatable, Sendable {
    package let from: SiteID
    package let to: SiteID

    package init(from: SiteID, to: SiteID) { (self.from, self.to) = (from, to) }
}
