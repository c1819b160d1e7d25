import Exceptions
import Facilities
import Kernel
import Merchants
import Returns
import Store
import Transport

/// Chooses the ways of returns over our lanes, from where they were handed in to the desk they go to: when they are handed
/// in, and again when they miss a departure or turn up elsewhere. One that no lanes take there needs a person.
enum ReturnRoutes {
    static let noRoute = "return.no_route"

    /// - Parameter parcels: with the site each stands at.
    static func run(_ parcels: [(parcel: ReturnParcel, site: SiteID)], _ network: Network, in tx: Transaction) throws {
        let away = parcels.filter { $0.parcel.site != $0.site }
        guard !away.isEmpty else { return }
        let traits = try traits(away.map(\.parcel.rma), in: tx)
        let first = try Routes.nextSequences(away.map(\.parcel.unit), in: tx)
        var legs: [RouteLeg] = [], stuck: [NewException] = [], going: [RMAID] = []
        for (parcel, site) in away {
            guard let stops = stops(parcel, from: site, traits[parcel.rma] ?? [], network, ready: tx.now) else {
                stuck.append(.noRoute(parcel, from: site, due: tx.now + .hours(48)))
                continue
            }
            going.append(parcel.rma)
            for (index, stop) in stops.enumerated() {
                legs.append(
                    RouteLeg(
                        parcel: parcel.unit, sequence: (first[parcel.unit] ?? 0) + Int64(index), lane: stop.lane.id,
                        origin: stop.lane.origin, destination: stop.lane.destination ?? site, cutOff: stop.cutOff,
                        departs: stop.departs, arrives: stop.arrives))
            }
        }
        try Routes.add(legs, in: tx)
        try OpenAtStake.run(stuck, in: tx)
        try Exceptions.close(going.map(\.description), kind: noRoute, outcome: "goes on", in: tx)
    }

    /// Gives up what was planned, and chooses anew.
    static func again(_ parcels: [(parcel: ReturnParcel, site: SiteID)], _ network: Network, in tx: Transaction) throws {
        try Routes.giveUp(parcels.map(\.parcel.unit), in: tx)
        try run(parcels, network, in: tx)
    }

    private static func stops(
        _ parcel: ReturnParcel, from site: SiteID, _ traits: GoodsTraits, _ network: Network, ready: Instant
    ) -> [LaneStop]? {
        guard let here = network.site(site), let way = network.way(from: site, to: parcel.site, on: here.zone.day(of: ready)),
            way.takes(traits)
        else { return nil }
        return network.stops(of: way, readyAt: ready)?.stops
    }

    private static func traits(_ returns: [RMAID], in tx: Transaction) throws -> [RMAID: GoodsTraits] {
        let items = try RMAItems.of(returns, in: tx)
        let facts = try Catalog.facts(of: Set(items.map(\.sku)).sorted(), in: tx)
        return items.reduce(into: [:]) { $0[$1.rma, default: []].formUnion(facts[$1.sku]?.traits ?? []) }
    }
}

extension NewException {
    fileprivate static func noRoute(_ parcel: ReturnParcel, from site: SiteID, due: Instant) -> NewException {
        NewException(
            ReturnRoutes.noRoute, subject: parcel.rma, merchant: parcel.merchant, site: site, ownerRole: .operator, due: due,
            detail: "No lane takes the return from \(site) to its desk at \(parcel.site). Send it over, or receive it here.")
    }
}
