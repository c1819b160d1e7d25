import Decisions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders

/// The sourcing question for one order over one kind of supply, with the promise behind each option.
struct PartialProblem {
    struct Way: Hashable {
        let site: SiteID
        let service: ServiceID
    }

    let onHand: Bool
    /// The SKUs in the order of the lines of the question: components of one SKU ask together.
    let skus: [SKUID]
    private(set) var sites: [SourcingProblem.Site] = []
    private(set) var promises: [Way: Promise] = [:]
    /// A site had goods, but none of its services takes them or goes there.
    private(set) var refused = false
    private let lines: [SourcingProblem.Line]
    private let facts: [SKUFacts]
    private let policy: SourcingPolicy
    private let deadline: Instant?

    init(
        network: Network, policy: SourcingPolicy, demands: [Demand], destination: Destination, ordered: Instant,
        deadline: Instant?, onHand: Bool, ledger: SupplyLedger
    ) {
        self.policy = policy
        self.deadline = deadline
        self.onHand = onHand
        var order: [SKUID] = [], wanted: [SKUID: Quantity] = [:], known: [SKUID: Demand] = [:]
        for demand in demands {
            if known.updateValue(demand, forKey: demand.facts.id) == nil { order.append(demand.facts.id) }
            wanted[demand.facts.id, default: 0] += demand.quantity
        }
        skus = order
        facts = order.compactMap { known[$0]?.facts }
        lines = order.map { sku in
            let size = known[sku]?.facts.each
            return SourcingProblem.Line(
                quantity: wanted[sku, default: 0].rawValue, grams: known[sku]?.facts.weight?.rawValue ?? 0,
                volume: size?.volume ?? 0, keepTogether: known[sku]?.kit)
        }
        for site in network.sites where site.mode == .own && site.kind == .fulfillmentCenter {
            add(site, network, destination, ordered, ledger)
        }
    }

    var sourcing: SourcingProblem {
        SourcingProblem(
            lines: lines, sites: sites, splitCost: policy.splitCost, deadline: deadline,
            latenessPerDay: policy.latenessPerDay)
    }

    private mutating func add(
        _ site: Site, _ network: Network, _ destination: Destination, _ ordered: Instant, _ ledger: SupplyLedger
    ) {
        var availableFrom = Instant.distantPast
        let available = skus.map { sku in
            ledger.open(sku, pool: "main").filter { $0.site == site.id && ($0.kind == .onHand) == onHand }.reduce(Int64(0)) {
                availableFrom = max(availableFrom, $1.availableFrom)
                return $0 + $1.available.rawValue
            }
        }
        guard available.contains(where: { $0 > 0 }) else { return }
        let distance = destination.coordinates.map { site.place.distance(to: $0) }
        let from = onHand ? nil : Optional(availableFrom)
        let options = network.services(from: site.id).compactMap { option($0, site, network, distance, ordered, from) }
        refused = refused || options.isEmpty
        guard !options.isEmpty else { return }
        sites.append(
            SourcingProblem.Site(
                id: site.id, distance: (distance?.rawValue ?? 0) / 1000, available: available,
                handlingPerParcel: site.parcelCost, handlingPerUnit: site.unitCost, options: options))
    }

    /// A service from a site with its price and its promise; nil where it does not go there or takes none of the goods.
    private mutating func option(
        _ service: CarrierService, _ site: Site, _ network: Network, _ distance: Metres?, _ ordered: Instant,
        _ availableFrom: Instant?
    ) -> SourcingProblem.Option? {
        let day = site.zone.day(of: ordered)
        guard service.validity.holds(on: day), let calendar = network.calendar(site.id),
            let collections = network.collections(site.id, service.id),
            let zone = distance.map({ network.zone(service.id, $0) }) ?? network.farthestZone(service.id)
        else { return nil }
        let prices = network.rateTable(service.id, zone: zone.name, day: day)
        let accepts = facts.map { service.takes($0.traits, weight: $0.weight ?? 0, size: $0.each) }
        guard !prices.isEmpty, accepts.contains(true) else { return nil }
        let request = PromiseRequest(
            ordered: ordered, availableFrom: availableFrom,
            origin: PromiseOrigin(
                calendar: calendar, handlingMinutes: site.handlingMinutes, bufferMinutes: collections.longestCutOffMinutes),
            service: PromiseService(
                departures: collections.departures,
                transit: TransitTime(
                    minimumDays: zone.minimumDays, likelyDays: zone.likelyDays, movesOn: service.deliversOn,
                    deliversOn: service.deliversOn)),
            destination: PromiseDestination(zone: site.zone))
        // No promise within the calendar's horizon: the service is no option today.
        guard let promise = try? Promise.make(for: request) else { return nil }
        promises[Way(site: site.id, service: service.id)] = promise
        return SourcingProblem.Option(
            service: service.id, prices: prices.map { .init(upToGrams: $0.upTo.rawValue, price: $0.price) },
            dimDivisor: service.limits.dimDivisor, maxGrams: service.limits.weight.rawValue, accepts: accepts,
            shipBy: promise.shipBy, arrival: promise.promisedBy)
    }
}

extension Destination {
    var coordinates: Coordinates? {
        guard let latitude, let longitude else { return nil }
        return Coordinates(latitude: latitude, longitude: longitude)
    }
}

extension SKUFacts {
    /// What has no size and weight can be neither priced nor packed.
    var isMeasured: Bool { each != nil && weight != nil }

    /// What carriers may refuse about it.
    var traits: GoodsTraits {
        var traits: GoodsTraits = []
        if flags.fragile { traits.insert(.fragile) }
        if flags.liquid { traits.insert(.liquid) }
        if let dangerousGoods {
            if dangerousGoods.battery != nil { traits.insert(.lithiumBattery) }
            if dangerousGoods.battery == nil { traits.insert(.dangerousGoods) }
        }
        return traits
    }
}
