import Exceptions
import Facilities
import Kernel
import Merchants
import Orders
import Store
import Transport

/// Chooses the ways of parcels over our lanes: when they are packed, and again when one missed its departure.
///
/// A parcel always has a next step: a lane to the next site, its courier's collection here, or an exception.
enum ChooseRoutes {
    static let noRoute = "parcel.no_route"

    /// - Parameters:
    ///   - parcels: with the site each stands at, ready to go.
    /// - Returns: those that nothing takes on.
    @discardableResult
    static func run(_ parcels: [(parcel: Parcel, site: SiteID)], _ network: Network, in tx: Transaction) throws -> [UnitID] {
        let orders = try OrderRecords.load(Set(parcels.map(\.parcel.order)).sorted(), in: tx)
        let facts = try Catalog.facts(of: Set(parcels.flatMap { $0.parcel.items.map(\.sku) }).sorted(), in: tx)
        let first = try Routes.nextSequences(parcels.map(\.parcel.id), in: tx)
        var legs: [RouteLeg] = [], lost: [NewException] = [], stuck: [UnitID] = []
        for (parcel, site) in parcels {
            guard let order = orders[parcel.order] else { throw StoreError.unexpected("\(parcel.order) is gone") }
            let traits = parcel.items.reduce(into: GoodsTraits()) { $0.formUnion(facts[$1.sku]?.traits ?? []) }
            let choice = choose(parcel, from: site, to: order.destination.coordinates, traits, network, ready: tx.now)
            guard let choice else {
                lost.append(exception(parcel, site))
                stuck.append(parcel.id)
                continue
            }
            for (index, (lane, stop)) in zip(choice.way.lanes, choice.stops).enumerated() {
                legs.append(
                    RouteLeg(
                        parcel: parcel.id, sequence: (first[parcel.id] ?? 0) + Int64(index), lane: lane.id, origin: lane.origin,
                        destination: lane.destination ?? site, cutOff: stop.cutOff, departs: stop.departs,
                        arrives: stop.arrives))
            }
        }
        try Routes.add(legs, in: tx)
        try OpenAtStake.run(lost, in: tx)
        return stuck
    }

    /// Gives up what was planned for parcels that stand at a site still, and chooses anew.
    @discardableResult
    static func again(_ parcels: [(parcel: Parcel, site: SiteID)], _ network: Network, in tx: Transaction) throws -> [UnitID] {
        guard !parcels.isEmpty else { return [] }
        try Routes.giveUp(parcels.map(\.parcel.id), in: tx)
        let stuck = try run(parcels, network, in: tx), none = Set(stuck)
        try ended(parcels.map(\.parcel.id).filter { !none.contains($0) }, "goes on", in: tx)
        return stuck
    }

    /// Parcels that had no way, and need none any more or have one.
    static func ended(_ parcels: [UnitID], _ outcome: String, in tx: Transaction) throws {
        try Exceptions.close(parcels.map(\.description), kind: noRoute, outcome: outcome, in: tx)
    }

    /// Of the ways that arrive when promised the cheapest, else the first to arrive.
    private static func choose(
        _ parcel: Parcel, from site: SiteID, to destination: Coordinates?, _ traits: GoodsTraits, _ network: Network,
        ready: Instant
    ) -> Itinerary? {
        guard let service = network.service(parcel.service), let here = network.site(site) else { return nil }
        let finder = WayFinder(network: network, destination: destination), day = here.zone.day(of: ready)
        let options = finder.candidates(from: site, by: service.id, on: day).filter { $0.takes(traits) }
            .compactMap { way -> (cost: Int64, itinerary: Itinerary)? in
                guard let itinerary = finder.itinerary(way, by: service, readyAt: ready),
                    let zone = finder.zone(way, service.id)
                else { return nil }
                let prices = network.rateTable(service.id, zone: zone.name, day: day)
                guard let price = prices.first(where: { parcel.expected <= $0.upTo }) ?? prices.last else { return nil }
                return (price.price + way.parcelCost, itinerary)
            }
        let punctual = options.filter { $0.itinerary.arrival <= parcel.deliverBy }
        if punctual.isEmpty { return options.min { $0.itinerary.arrival < $1.itinerary.arrival }?.itinerary }
        return punctual.min { ($0.cost, $0.itinerary.arrival) < ($1.cost, $1.itinerary.arrival) }?.itinerary
    }

    private static func exception(_ parcel: Parcel, _ site: SiteID) -> NewException {
        NewException(
            noRoute, subject: parcel.id, merchant: parcel.merchant, site: site, ownerRole: .operator, due: parcel.shipBy,
            detail: "No lane and no collection takes it from here to its destination.")
    }
}
