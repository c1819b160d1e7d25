import Kernel
import Store

/// All that decisions ask of sites, carriers and cartons, as it stood at one version.
///
/// A value made once and read from many threads. What changes with every parcel (cartons on hand) is not in it.
package struct Network: Sendable {
    package let version: Int64
    /// By id.
    package let sites: [Site]
    /// By id.
    package let services: [CarrierService]
    /// By id.
    package let carriers: [Carrier]
    /// By id.
    package let lanes: [Lane]
    private let sitesByID: [SiteID: SiteEntry]
    private let servicesByID: [ServiceID: ServiceEntry]
    private let carriersByID: [CarrierID: Carrier]
    private let lanesByID: [LaneID: Lane]
    private let cartonsByID: [CartonID: Carton]
    private let departuresByLane: [LaneID: Collections]
    let wayTable: WayTable
    private let reaching: [SiteID: [CarrierService]]
    /// Where work or departures are limited, by id.
    package let limitedSites: [SiteID]

    init(version: Int64, tables: NetworkTables) throws {
        self.version = version
        (sites, services, carriers, lanes) = (tables.sites, tables.services, tables.carriers, tables.lanes)
        let entries = try tables.sites.map { ($0.id, try SiteEntry($0, of: tables)) }
        sitesByID = Dictionary(uniqueKeysWithValues: entries)
        servicesByID = Dictionary(uniqueKeysWithValues: tables.services.map { ($0.id, ServiceEntry($0, of: tables)) })
        carriersByID = Dictionary(uniqueKeysWithValues: tables.carriers.map { ($0.id, $0) })
        lanesByID = Dictionary(uniqueKeysWithValues: tables.lanes.map { ($0.id, $0) })
        cartonsByID = Dictionary(uniqueKeysWithValues: tables.cartons.map { ($0.id, $0) })
        let zones = Dictionary(uniqueKeysWithValues: tables.sites.map { ($0.id, $0.zone) })
        departuresByLane = Dictionary(
            uniqueKeysWithValues: tables.lanes.map { lane in
                let closures = Holidays(tables.closures[lane.origin] ?? [])
                return (lane.id, Collections(lanes: [lane], zone: zones[lane.origin] ?? .utc, closures: closures))
            })
        let centers = Set(tables.sites.filter { $0.kind == .fulfillmentCenter }.map(\.id))
        let ways = WayTable(sites: tables.sites, lanes: tables.lanes)
        let collected = Dictionary(entries.map { ($0.0, Set($0.1.services.map(\.id))) }, uniquingKeysWith: { first, _ in first })
        reaching = Dictionary(
            uniqueKeysWithValues: tables.sites.map { site in
                let ends = ways.ends(from: site.id).filter { $0 == site.id || !centers.contains($0) }
                let services = ends.reduce(into: Set<ServiceID>()) { $0.formUnion(collected[$1] ?? []) }
                return (site.id, tables.services.filter { services.contains($0.id) })
            })
        wayTable = ways
        limitedSites = tables.capacities.keys.sorted()
    }

    package func site(_ id: SiteID) -> Site? { sitesByID[id]?.site }
    package func service(_ id: ServiceID) -> CarrierService? { servicesByID[id]?.service }
    package func carrier(_ id: CarrierID) -> Carrier? { carriersByID[id] }
    package func lane(_ id: LaneID) -> Lane? { lanesByID[id] }
    package func carton(_ id: CartonID) -> Carton? { cartonsByID[id] }

    /// The hours of a site; one for which none are stated never closes but on its closures.
    package func calendar(_ site: SiteID) -> SiteCalendar? { sitesByID[site]?.calendar }

    /// How much a site does and sends; nil where nothing is limited.
    package func capacity(_ site: SiteID) -> CapacityPlan? { sitesByID[site]?.capacity }

    /// The cartons of a site, by id.
    package func cartons(_ site: SiteID) -> [Carton] { sitesByID[site]?.cartons ?? [] }

    /// The services that collect from a site, by id, whether or not they hold today.
    package func services(from site: SiteID) -> [CarrierService] { sitesByID[site]?.services ?? [] }

    /// The services that take parcels of a site, by id: those that collect there, and those that collect where lanes lead.
    package func services(reaching site: SiteID) -> [CarrierService] { reaching[site] ?? [] }

    /// When a service collects from a site; nil where it never does.
    package func collections(_ site: SiteID, _ service: ServiceID) -> Collections? {
        sitesByID[site]?.collections[service]
    }

    /// When a lane leaves the site it begins at.
    package func departures(_ lane: LaneID) -> Collections? { departuresByLane[lane] }

    /// The lanes to other sites, by id.
    package func lanes(from site: SiteID) -> [Lane] { sitesByID[site]?.lanes ?? [] }

    /// The zone of a service that a distance falls into; nil where the service does not go so far.
    package func zone(_ service: ServiceID, _ distance: Metres) -> ServiceZone? {
        servicesByID[service]?.zones.first { distance.rawValue <= $0.upToKm * 1000 }
    }

    /// The outermost zone of a service, for destinations of which nobody knows where they lie.
    package func farthestZone(_ service: ServiceID) -> ServiceZone? { servicesByID[service]?.zones.last }

    /// The zones of a service, the nearest first.
    package func zones(_ service: ServiceID) -> [ServiceZone] { servicesByID[service]?.zones ?? [] }

    /// The prices of a day up to each billable weight, ascending; empty where the service has none.
    package func rateTable(_ service: ServiceID, zone: String, day: CivilDate) -> [RateBreak] {
        let rates = servicesByID[service]?.rates[zone] ?? []
        return rates.filter { $0.validity.holds(on: day) }.map { RateBreak(upTo: $0.upTo, price: $0.price) }
    }
}

/// A parcel of at most `upTo` billable grams costs `price`, in minor units of the service's currency.
package struct RateBreak: Hashable, Sendable {
    package let upTo: Grams
    package let price: Int64

    package init(upTo: Grams, price: Int64) {
        self.upTo = upTo
        self.price = price
    }
}

private struct SiteEntry: Sendable {
    let site: Site
    let calendar: SiteCalendar
    let cartons: [Carton]
    let services: [CarrierService]
    let collections: [ServiceID: Collections]
    let lanes: [Lane]
    let capacity: CapacityPlan?

    init(_ site: Site, of tables: NetworkTables) throws {
        self.site = site
        let closures = Holidays(tables.closures[site.id] ?? []), hours = tables.hours[site.id] ?? []
        calendar = try SiteCalendar(
            zone: site.zone, windows: hours.isEmpty ? SiteCalendar.alwaysOpen(in: site.zone).windows : hours,
            closures: closures)
        capacity = tables.capacities[site.id].map { CapacityPlan(site.id, $0, zone: site.zone, closures: closures) }
        cartons = tables.cartonsBySite[site.id] ?? []
        let leaving = tables.lanesByOrigin[site.id] ?? []
        lanes = leaving.filter { $0.destination != nil }
        let lastMiles = Dictionary(grouping: leaving.filter { $0.destination == nil }, by: \.service)
        collections = lastMiles.mapValues { Collections(lanes: $0, zone: site.zone, closures: closures) }
        services = tables.services.filter { lastMiles[$0.id] != nil }
    }
}

private struct ServiceEntry: Sendable {
    let service: CarrierService
    /// The nearest first.
    let zones: [ServiceZone]
    /// By zone, then ascending by weight.
    let rates: [String: [ServiceRate]]

    init(_ service: CarrierService, of tables: NetworkTables) {
        self.service = service
        zones = tables.zones[service.id] ?? []
        rates = Dictionary(grouping: tables.rates[service.id] ?? [], by: \.zone)
    }
}
