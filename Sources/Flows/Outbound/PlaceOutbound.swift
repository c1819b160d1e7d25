import Facilities
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Store

/// Takes an outbound order: reserves its goods at the named site, or, where a sample or replacement names none, at the
/// sites that serve the shopper best. From there it goes the way of all orders.
///
/// All or nothing: what is not there is refused. The same number with the same content answers the first order.
package struct PlaceOutbound: Flow {
    let request: OutboundRequest
    let desk: OrderDesk
    let actor: String

    package struct Placed: Sendable, Equatable {
        package let order: OrderID
        /// True where the same request had been answered before.
        package let isRepeat: Bool
    }

    package init(_ request: OutboundRequest, desk: OrderDesk, actor: String) {
        self.request = request
        self.desk = desk
        self.actor = actor
    }

    /// How long a site has to dispose of goods.
    static let disposalTerm = Duration.hours(72)

    package func run(in tx: Transaction) throws -> Placed {
        if let known = try OrderNumbers.known([request.key], in: tx)[request.key] {
            guard known.contentHash == request.contentHash else { throw OutboundRefused.numberUsed(request.number) }
            return Placed(order: known.order, isRepeat: true)
        }
        try request.check()
        guard let merchant = try Merchant.find(request.merchant, in: tx) else { throw NotFound("merchant", request.merchant) }
        let network = try desk.network.network(in: tx)
        let goal = try OutboundGoal(request, network, in: tx)
        let lines = try OutboundLines(request, in: tx)
        let id = tx.id(OrderID.self)
        var capacity = try CapacityLedger(network, locked: true, in: tx)
        let sourced = try source(id, lines, goal, network, &capacity, in: tx)
        try lines.refuseShort(sourced)
        try write(order(id, merchant, lines, goal, sourced), goal, sourced, in: tx)
        try capacity.write(in: tx)
        return Placed(order: id, isRepeat: false)
    }

    private var outbound: (OrderID) -> OutboundOrder {
        { [request] id in
            OutboundOrder(
                order: id, merchant: request.merchant, purpose: request.purpose, from: request.from, to: request.to,
                original: request.original, condition: request.condition?.rawValue, reason: request.reason)
        }
    }

    private func source(
        _ id: OrderID, _ lines: OutboundLines, _ goal: OutboundGoal, _ network: Network,
        _ capacity: inout CapacityLedger, in tx: Transaction
    ) throws -> Sourced {
        let skus = lines.demands.map(\.facts.id)
        var ledger: SupplyLedger
        if let condition = request.condition, let site = request.from {
            ledger = SupplyLedger(try Unsellable.offer(skus, of: request.merchant, in: condition, at: site, in: tx))
        } else {
            ledger = SupplyLedger(try Supply.load(of: skus, locked: true, in: tx))
        }
        var bounds = SourcingBounds(outbound(id))
        bounds.mayCome = false
        let sourcer = Sourcer(network: network, policy: desk.policy)
        if request.purpose == .disposal {
            return sourcer.claim(
                order: id, merchant: request.merchant, demands: lines.demands, bounds: bounds, by: tx.now + Self.disposalTerm,
                ledger: &ledger, in: tx)
        }
        return sourcer.source(
            order: id, merchant: request.merchant, demands: lines.demands, to: goal.destination, ordered: tx.now, deadline: nil,
            bounds: bounds, ledger: &ledger, capacity: &capacity, in: tx)
    }

    private func order(
        _ id: OrderID, _ merchant: Merchant, _ lines: OutboundLines, _ goal: OutboundGoal, _ sourced: Sourced
    ) -> (Instant) -> NewOrder {
        { now in
            NewOrder(
                id: id, merchant: request.merchant, channel: request.channel, number: request.number,
                contentHash: request.contentHash, way: .place, payment: .paid, currency: merchant.currency,
                recipient: goal.recipient, destination: goal.destination, lines: lines.lines, placedAt: now,
                shipBy: sourced.shipBy, promisedBy: request.purpose.hasPromise ? sourced.deliverBy : nil, sourcing: sourced.why,
                purpose: request.purpose)
        }
    }

    private func write(
        _ order: (Instant) -> NewOrder, _ goal: OutboundGoal, _ sourced: Sourced, in tx: Transaction
    ) throws {
        var order = order(tx.now)
        if let person = goal.person {
            order.recipient = try Recipients.add([(request.merchant, person)], for: [order.id], desk.vault, in: tx).first
        }
        try WriteOrders.run([order], actor: actor, in: tx)
        try OutboundOrders.add(outbound(order.id), in: tx)
        try Fulfillments.add(sourced.fulfillments, in: tx)
        try Reservations.add(sourced.reservations, in: tx)
        try OrderClocks.set([order], sourced.fulfillments, in: tx)
    }
}

extension Sourcer {
    /// Claims goods of the one site that `bounds` names, for what nobody carries away.
    func claim(
        order: OrderID, merchant: MerchantID, demands: [Demand], bounds: SourcingBounds, by due: Instant,
        ledger: inout SupplyLedger, in tx: Transaction
    ) -> Sourced {
        guard let site = bounds.site else { preconditionFailure("goods are claimed at a site") }
        var result = Sourced(), lines: [FulfillmentLine] = []
        for demand in demands {
            let line = FulfillmentLine(id: tx.id(), component: demand.component, sku: demand.facts.id, quantity: demand.quantity)
            var left = demand.quantity
            for supply in ledger.open(demand.facts.id, pools: bounds.pools)
            where supply.site == site && supply.kind.isHere && left > 0 {
                let part = min(left, supply.available)
                ledger.take(part, from: supply.id)
                left -= part
                result.reservations.append(
                    Reservation(
                        id: tx.id(), supply: supply.id, owner: merchant, sku: demand.facts.id, site: site, order: order,
                        component: demand.component, line: line.id, quantity: part, due: due))
            }
            if left > 0 { result.unfilled[demand.component] = left }
            let claimed = demand.quantity - left
            if claimed > 0 {
                lines.append(FulfillmentLine(id: line.id, component: line.component, sku: line.sku, quantity: claimed))
            }
        }
        guard !lines.isEmpty else { return result }
        result.fulfillments = [
            FulfillmentOrder(
                id: tx.id(), merchant: merchant, order: order, site: site, purpose: bounds.purpose,
                service: FulfillmentOrder.noService, availableFrom: .distantPast, releaseBy: due, shipBy: due, deliverBy: due,
                shipping: 0, handling: 0, lines: lines)
        ]
        return result
    }
}
