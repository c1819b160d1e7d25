import Decisions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders

/// The sourcing question for one order over one kind of supply, with the promise behind each option.
struct PartialProblem {
    let onHand: Bool
    let bounds: SourcingBounds
    /// The SKUs in the order of the lines of the question: components of one SKU ask together.
    let skus: [SKUID]
    private(set) var sites: [SourcingProblem.Site] = []
    /// Of every option; a few, and only those of the plan are asked for.
    private var quotes: [(site: SiteID, service: ServiceID, quote: WayFinder.Quote)] = []
    /// A site had goods, but none of its services takes them or goes there.
    private(set) var refused = false
    /// Sites that were not weighed, and why.
    private(set) var ruledOut: [(site: SiteID, because: String)] = []
    /// A service would have taken them, but every shift or departure on the way is full.
    private(set) var isFull = false
    /// When the last goods of a site that are on their way come.
    private(set) var availableFrom: [SiteID: Instant] = [:]
    let finder: WayFinder
    let ordered: Instant
    private let lines: [SourcingProblem.Line]
    private let facts: [SKUFacts]
    private let traits: [GoodsTraits]
    private let policy: SourcingPolicy
    private let deadline: Instant?
    private let grounds: SourcingGrounds

    init(
        network: Network, policy: SourcingPolicy, quotes: QuoteBook = QuoteBook(), demands: [Demand], destination: Destination,
        ordered: Instant, deadline: Instant?, onHand: Bool, bounds: SourcingBounds, ledger: SupplyLedger,
        capacity: inout CapacityLedger,
        grounds: SourcingGrounds = SourcingGrounds()
    ) {
        finder = WayFinder(network: network, destination: destination.coordinates, book: quotes)
        self.ordered = ordered
        self.policy = policy
        self.grounds = grounds
        self.deadline = deadline
        self.onHand = onHand
        self.bounds = bounds
        var order: [SKUID] = [], wanted: [SKUID: Quantity] = [:], known: [SKUID: Demand] = [:]
        for demand in demands {
            if known.updateValue(demand, forKey: demand.facts.id) == nil { order.append(demand.facts.id) }
            wanted[demand.facts.id, default: 0] += demand.quantity
        }
        skus = order
        facts = order.compactMap { known[$0]?.facts }
        traits = facts.map(\.traits)
        lines = order.map { sku in
            let size = known[sku]?.facts.each
            return SourcingProblem.Line(
                quantity: wanted[sku, default: 0].rawValue, grams: known[sku]?.facts.weight?.rawValue ?? 0,
                volume: size?.volume ?? 0, keepTogether: known[sku]?.kit)
        }
        for site in network.sites where site.kind == .fulfillmentCenter {
            if let why = bounds.rulesOut(site) {
                ruledOut.append((site.id, why))
            } else {
                add(site, network, destination, ledger, &capacity)
            }
        }
    }

    var sourcing: SourcingProblem {
        SourcingProblem(
            lines: lines, sites: sites, splitCost: policy.splitCost, deadline: deadline,
            latenessPerDay: policy.latenessPerDay)
    }

    /// What an option rests on; nil for one that was not offered.
    func quote(from site: SiteID, by service: ServiceID) -> WayFinder.Quote? {
        quotes.first { $0.site == site && $0.service == service }?.quote
    }

    /// What the search says of its plan, with the rule it went by and the sites that were not weighed.
    func reason(of plan: SourcingPlan) -> JSONMembers {
        let out = ruledOut.prefix(Self.ruledOutShown).map { one in
            JSONMembers {
                $0.add("because", one.because)
                $0.add("site", one.site)
            }
        }
        return plan.reason(ruledOut: out, rule: bounds.rule?.id.description)
    }

    private static let ruledOutShown = 10

    private mutating func add(
        _ site: Site, _ network: Network, _ destination: Destination, _ ledger: SupplyLedger, _ capacity: inout CapacityLedger
    ) {
        var availableFrom = Instant.distantPast
        let available = skus.map { sku -> Int64 in
            if bounds.except.contains(SourcingExclusion(sku: sku, site: site.id)) { return 0 }
            var units: Int64 = 0
            ledger.each(sku, pools: bounds.pools) { supply in
                guard supply.serves(site, onHand: onHand) else { return }
                availableFrom = max(availableFrom, supply.availableFrom)
                units += supply.available.rawValue
            }
            return units
        }
        guard available.contains(where: { $0 > 0 }) else { return ruledOut.append((site.id, "no_stock")) }
        let distance = destination.coordinates.map { site.place.distance(to: $0) }
        let from = onHand ? nil : Optional(availableFrom)
        self.availableFrom[site.id] = availableFrom
        let units = zip(lines, available).reduce(Int64(0)) { $0 + min($1.0.quantity, $1.1) }
        var options: [SourcingProblem.Option] = []
        let day = site.zone.day(of: ordered)
        for service in network.services(reaching: site.id) where service.validity.holds(on: day) {
            let question = WayFinder.Question(
                site: site, service: service, ordered: ordered, availableFrom: from, load: WorkLoad(units: units))
            if let one = option(question, &capacity) { options.append(one) }
        }
        refused = refused || options.isEmpty
        guard !options.isEmpty else { return ruledOut.append((site.id, "no_service")) }
        sites.append(
            SourcingProblem.Site(
                id: site.id, distance: (distance?.rawValue ?? 0) / 1000, available: available,
                handlingPerParcel: site.parcelCost, handlingPerUnit: site.unitCost,
                scarcity: onHand && !grounds.values.isEmpty ? skus.map { grounds.value($0, at: site.id) } : [], options: options))
    }

    /// A service from a site with its price and its promise; nil where it does not go there or takes none of the goods.
    private mutating func option(_ question: WayFinder.Question, _ capacity: inout CapacityLedger) -> SourcingProblem.Option? {
        guard let quote = quote(question, &capacity) else { return nil }
        let service = question.service
        let accepts = zip(facts, traits).map { one, traits in
            service.takes(traits, weight: one.weight ?? 0, size: one.each) && quote.way.takes(traits)
        }
        guard accepts.contains(true) else { return nil }
        quotes.append((question.site.id, service.id, quote))
        return SourcingProblem.Option(
            service: service.id, prices: quote.steps,
            dimDivisor: service.limits.dimDivisor, maxGrams: service.limits.weight.rawValue, accepts: accepts,
            shipBy: quote.promise.shipBy, arrival: quote.promise.promisedBy)
    }

    /// What cannot be refused is promised as though there were room where there is none.
    private mutating func quote(_ question: WayFinder.Question, _ capacity: inout CapacityLedger) -> WayFinder.Quote? {
        if let quote = finder.quote(question, deadline: deadline, &capacity) { return quote }
        guard capacity.isLimited else { return nil }
        var unlimited = capacity.withoutLimits
        guard let quote = finder.quote(question, deadline: deadline, &unlimited) else { return nil }
        isFull = true
        return bounds.mayOverbook ? quote : nil
    }
}

/// A site that is not asked for a SKU of an order: it has just said that it cannot.
struct SourcingExclusion: Hashable {
    let sku: SKUID
    let site: SiteID
}

extension Supply {
    /// Whether goods of a site are taken from it: at our own from the book or from what is on its way, at others' from what
    /// they report, and a merchant's own site serves that merchant alone, whose supply it is.
    func serves(_ at: Site, onHand: Bool) -> Bool {
        guard site == at.id else { return false }
        if at.mode != .own { return onHand && kind == .partner }
        return kind != .partner && kind.isHere == onHand
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
