import Kernel
import Store

/// The rows a network is made of, each table read whole and in order.
struct NetworkTables {
    let sites: [Site]
    let hours: [SiteID: [OpeningWindow]]
    let closures: [SiteID: [CivilDate]]
    let capacities: [SiteID: [SiteCapacity]]
    let cartons: [Carton]
    let carriers: [Carrier]
    let services: [CarrierService]
    /// The nearest first.
    let zones: [ServiceID: [ServiceZone]]
    /// By zone, then by weight, then by first day.
    let rates: [ServiceID: [ServiceRate]]
    let lanes: [Lane]
    let cartonsBySite: [SiteID: [Carton]]
    let lanesByOrigin: [SiteID: [Lane]]

    init(in tx: Transaction) throws {
        sites = try Site.all(in: tx)
        hours = try SiteHours.all(in: tx)
        closures = try SiteClosure.all(in: tx)
        capacities = try SiteCapacity.all(in: tx)
        cartons = try Cartons.all(in: tx)
        carriers = try Carrier.all(in: tx)
        services = try CarrierService.all(in: tx)
        zones = try Self.zones(in: tx)
        rates = try Self.rates(in: tx)
        lanes = try Lane.all(in: tx)
        cartonsBySite = Dictionary(grouping: cartons, by: \.site)
        lanesByOrigin = Dictionary(grouping: lanes, by: \.origin)
    }

    private static func zones(in tx: Transaction) throws -> [ServiceID: [ServiceZone]] {
        let found = try tx.query(
            """
            SELECT service, zone, up_to_km, transit_days_min, transit_days FROM service_zone ORDER BY service, up_to_km
            """
        ) {
            let service = try $0.next(ServiceID.self)
            return (
                service, try ServiceZone($0.next(), upToKm: $0.next(), minimumDays: $0.next(), likelyDays: $0.next())
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    private static func rates(in tx: Transaction) throws -> [ServiceID: [ServiceRate]] {
        let found = try tx.query(
            """
            SELECT service, zone, up_to_g, price, from_day, until_day FROM service_rate
            ORDER BY service, zone, up_to_g, from_day
            """
        ) {
            let service = try $0.next(ServiceID.self)
            return (
                service,
                try ServiceRate(zone: $0.next(), upTo: $0.next(), price: $0.next(), validity: $0.nextValidity())
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension Network {
    /// Reads the network, or answers `known` where nothing changed since it was read: then one row is asked for.
    package static func current(_ known: Network?, in tx: Transaction) throws -> Network {
        var version = try ReferenceVersion.network.current(in: tx)
        if let known, known.version == version { return known }
        while true {
            let tables = try NetworkTables(in: tx)
            // Where another transaction may commit between two reads, the tables may be of two versions: read again.
            let after = try ReferenceVersion.network.current(in: tx)
            if after == version { return try Network(version: version, tables: tables) }
            version = after
        }
    }
}
