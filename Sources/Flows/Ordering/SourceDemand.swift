import Decisions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Sourcing
import Store

/// What the operator weighs when choosing sites; minor units of the operator's currency.
package struct SourcingPolicy: Sendable {
    package var splitCost: Int64 = 150
    package var latenessPerDay: Int64 = 400
    /// How long a shortage may stand before somebody has to decide.
    package var shortageDeadline: Duration = .hours(48)
    /// What a unit of demand costs that no site can serve, where it is weighed what stock is worth.
    package var shortageCost: Int64 = 2_000

    package init() {}
}

/// What an order may be filled from, and what for.
struct SourcingBounds {
    var purpose = FulfillmentPurpose.sale
    /// Nil: any site.
    var site: SiteID?
    /// In the order in which they are taken from.
    var pools = [Pool.main]
    /// How much on hand may be promised of a SKU; one that is not named as much as there is.
    var limits: [SKUID: Quantity] = [:]
    /// Whether goods that are on their way count.
    var mayCome = true
    /// Sites that have just said that they cannot.
    var except: Set<SourcingExclusion> = []
    /// How the merchant wants it.
    var rule: SourcingRule?
    /// Whether it is taken where every shift and departure is full.
    var mayOverbook = true
    /// Whether work is booked: what is not paid for has no date yet.
    var books = true

    init() {}

    /// Why a site is not asked; nil where it is. Others' sites ship what they report as for sale; what ends where it lies is theirs.
    func rulesOut(_ site: Site) -> String? {
        if (self.site ?? site.id) != site.id { return "elsewhere" }
        if site.mode != .own, purpose == .disposal || purpose != .sale && pools != [Pool.main] { return "mode" }
        if let only = rule?.onlySites, !only.isEmpty, !only.contains(site.id) { return "rule" }
        return nil
    }

    /// What may be asked of the goods on hand, in the order of the demands.
    func limited(_ demands: [Demand]) -> [Demand] {
        guard !limits.isEmpty else { return demands }
        var left = limits
        return demands.compactMap { demand in
            guard let limit = left[demand.facts.id] else { return demand }
            let part = min(limit, demand.quantity)
            left[demand.facts.id] = limit - part
            return part > 0 ? demand.less(demand.quantity - part) : nil
        }
    }

    /// Of an order that exists; nil where it is a sale.
    init(_ outbound: OutboundOrder?) {
        guard let outbound else { return }
        purpose = outbound.purpose
        site = outbound.from
        pools = outbound.condition.map { [$0] } ?? pools
        mayCome = purpose.hasPromise
    }
}

/// One component of an order that needs goods.
struct Demand {
    let component: ComponentID
    let facts: SKUFacts
    let quantity: Quantity
    /// Components of one kit line share a number: they leave together.
    let kit: Int?
}

/// What sourcing decided for one order.
struct Sourced: Sendable {
    var fulfillments: [FulfillmentOrder] = []
    var reservations: [Reservation] = []
    /// Units that found no goods, by component.
    var unfilled: [ComponentID: Quantity] = [:]
    /// There were goods, but no service takes them there.
    var refusedByServices = false
    /// There were goods and services, but no shift or departure with room.
    var refusedByCapacity = false
    var why = JSONMembers()

    var shipBy: Instant? { fulfillments.map(\.shipBy).max() }
    var deliverBy: Instant? { fulfillments.map(\.deliverBy).max() }
    var quantity: Quantity { reservations.reduce(0) { $0 + $1.quantity } }
}

/// Chooses sites, services and supplies for orders, and takes what it chose from the ledger.
struct Sourcer {
    let network: Network
    let policy: SourcingPolicy
    var grounds = SourcingGrounds()
    var quotes = QuoteBook()

    /// Goods on hand first; what they cannot fill, from supplies on their way.
    func source(
        order: OrderID, merchant: MerchantID, demands: [Demand], to destination: Destination, ordered: Instant,
        deadline: Instant?, bounds: SourcingBounds = SourcingBounds(), ledger: inout SupplyLedger,
        capacity: inout CapacityLedger, in tx: Transaction
    ) -> Sourced {
        // A promise is asked for the next whole second, so that orders of one second share it.
        let ordered = ordered.upToSecond
        var result = Sourced(), bounds = bounds
        if bounds.purpose == .sale { bounds.rule = grounds.rules[merchant] }
        var rest = demands.filter(\.facts.isMeasured)
        for demand in demands where !demand.facts.isMeasured { result.unfilled[demand.component] = demand.quantity }
        // What must go whole does not go where a part of it cannot even be weighed.
        if bounds.rule?.isWhole == true, rest.count < demands.count { rest = [] }
        for onHand in bounds.mayCome ? [true, false] : [true] where !rest.isEmpty {
            let asked = onHand ? bounds.limited(rest) : rest
            if bounds.rule?.isWhole == true, asked.map(\.quantity) != rest.map(\.quantity) { continue }
            let problem = PartialProblem(
                network: network, policy: policy, quotes: quotes, demands: asked, destination: destination, ordered: ordered,
                deadline: deadline, onHand: onHand, bounds: bounds, ledger: ledger, capacity: &capacity,
                grounds: grounds)
            result.refusedByCapacity = result.refusedByCapacity || problem.isFull
            guard !problem.sites.isEmpty else { continue }
            let plan = problem.sourcing.sourced(by: bounds.rule)
            if onHand || result.fulfillments.isEmpty { result.why = problem.reason(of: plan) }
            result.refusedByServices = result.refusedByServices || problem.refused
            for part in plan.parts {
                add(
                    part, of: problem, order: order, merchant: merchant, demands: &rest, ledger: &ledger, capacity: &capacity,
                    to: &result, in: tx)
            }
            rest.removeAll { $0.quantity == 0 }
        }
        let open = result.fulfillments.isEmpty && bounds.rule?.isWhole == true ? demands.filter(\.facts.isMeasured) : rest
        for demand in open { result.unfilled[demand.component, default: 0] += demand.quantity }
        return result
    }

    /// Turns one part of a plan into a fulfillment order with its reservations.
    private func add(
        _ part: SourcingPlan.Part, of problem: PartialProblem, order: OrderID, merchant: MerchantID,
        demands: inout [Demand], ledger: inout SupplyLedger, capacity: inout CapacityLedger, to result: inout Sourced,
        in tx: Transaction
    ) {
        guard let promise = promise(part, of: problem, &capacity) else { return }
        var lines: [FulfillmentLine] = [], claims: [Reservation] = [], available = Instant.distantPast
        for (index, sku) in problem.skus.enumerated() where part.quantities[index] > 0 {
            var left = Quantity(part.quantities[index])
            for at in demands.indices where demands[at].facts.id == sku && demands[at].quantity > 0 && left > 0 {
                let units = min(left, demands[at].quantity)
                left -= units
                let line = FulfillmentLine(id: tx.id(), component: demands[at].component, sku: sku, quantity: units)
                let taken = take(units, sku, at: part.site, problem, ledger: &ledger)
                available = max(available, taken.map(\.1).max() ?? .distantPast)
                claims += taken.map { claim, _ in
                    Reservation(
                        id: tx.id(), supply: claim.supply, owner: merchant, sku: sku, site: part.site, order: order,
                        component: demands[at].component, line: line.id, quantity: claim.quantity, due: promise.shipBy)
                }
                lines.append(line)
                demands[at] = demands[at].less(units)
            }
        }
        result.reservations += claims
        let one = FulfillmentOrder(
            id: tx.id(), merchant: merchant, order: order, site: part.site, purpose: problem.bounds.purpose,
            service: part.service,
            availableFrom: available, releaseBy: promise.releaseBy, shipBy: promise.shipBy,
            deliverBy: promise.promisedBy, shipping: part.shipping, handling: part.handling, lines: lines)
        result.fulfillments.append(one)
        guard problem.bounds.books, capacity.isLimited else { return }
        let isFull = promise.bookings.isEmpty && problem.isFull
        capacity.take(isFull ? capacity.overbooked(part.load, at: part.site) : promise.bookings, for: one)
    }

    /// What the plan rests on; where work is limited, reckoned again for what the site really sends.
    private func promise(
        _ part: SourcingPlan.Part, of problem: PartialProblem, _ capacity: inout CapacityLedger
    ) -> Promise? {
        guard let quote = problem.quote(from: part.site, by: part.service) else { return nil }
        guard !quote.promise.bookings.isEmpty, let site = network.site(part.site), let service = network.service(part.service)
        else { return quote.promise }
        let question = WayFinder.Question(
            site: site, service: service, ordered: problem.ordered,
            availableFrom: problem.onHand ? nil : problem.availableFrom[site.id], load: part.load)
        return problem.finder.quote(quote.way, question, &capacity)?.promise ?? quote.promise
    }

    private func take(
        _ units: Quantity, _ sku: SKUID, at site: SiteID, _ problem: PartialProblem, ledger: inout SupplyLedger
    ) -> [(Claim, Instant)] {
        var left = units, claims: [(Claim, Instant)] = []
        guard let at = network.site(site) else { preconditionFailure("a plan names sites of the network") }
        for supply in ledger.open(sku, pools: problem.bounds.pools) where supply.serves(at, onHand: problem.onHand) {
            let part = min(left, supply.available)
            guard part > 0 else { continue }
            ledger.take(part, from: supply.id)
            claims.append((Claim(supply: supply.id, quantity: part), supply.availableFrom))
            left -= part
        }
        precondition(left == 0, "the plan takes no more than there is")
        return claims
    }
}

extension SourcingPlan.Part {
    var load: WorkLoad { WorkLoad(units: quantities.reduce(0, +), pieces: parcels) }
}

extension Instant {
    fileprivate var upToSecond: Instant { Instant(micros: (micros + 999_999) / 1_000_000 * 1_000_000) }
}

extension Demand {
    func less(_ units: Quantity) -> Demand {
        Demand(component: component, facts: facts, quantity: quantity - units, kit: kit)
    }
}
