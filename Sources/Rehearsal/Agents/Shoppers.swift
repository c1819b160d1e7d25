import Flows
import Identity
import Kernel
import Orders
import Store

/// The orders of the world as they were taken.
struct OrderBook {
    /// By index of the world's orders.
    var ids: [Int: OrderID] = [:]
    var nextToPlace = 0
    /// Paid later: index, by time.
    var unpaid = Agenda<Int>()
    var refused: [String: Int] = [:]
}

extension Rehearsal {
    /// Orders, payments and cancellations come in steps of a quarter of an hour.
    static let tick = Duration.minutes(15)

    static func tick(after instant: Instant) -> Instant {
        Instant(micros: (instant.micros / tick.micros + 1) * tick.micros)
    }

    /// Enters what the world brings along.
    func schedule() {
        let orders = plan.world.orders
        if let first = orders.first { agenda.add(.shoppers, at: Self.tick(after: first.placed)) }
        for (number, delivery) in stock.deliveries.enumerated() {
            let isLate = random.chance(partsPerMillion: plan.troubles.lateDeliveries)
            agenda.add(.delivery(number), at: max(stepper.now, delivery.expected - .days(3)))
            if isLate { results.lateDeliveries.insert(number) }
        }
        addDay(plan.world.zone.day(of: stepper.now))
        agenda.add(.day, at: plan.world.zone.instant(plan.world.zone.day(of: stepper.now), .midnight) + .hours(20))
    }

    /// Places all that were ordered since the last step, as one batch.
    func placeOrders() throws {
        let all = plan.world.orders
        var flows: [PlaceOrder] = [], indices: [Int] = []
        while orders.nextToPlace < all.count, all[orders.nextToPlace].placed <= stepper.now {
            indices.append(orders.nextToPlace)
            flows.append(PlaceOrder(request(orders.nextToPlace), desk: assembly.orders, actor: "channel"))
            orders.nextToPlace += 1
        }
        for (index, answer) in zip(indices, stepper.perform(flows)) {
            switch answer {
            case .success(let placed): taken(index, placed)
            case .failure(let refusal as any Refusal): orders.refused[refusal.code, default: 0] += 1
            case .failure(let error): throw error
            }
        }
        if orders.nextToPlace < all.count { agenda.add(.shoppers, at: Self.tick(after: all[orders.nextToPlace].placed)) }
    }

    private func taken(_ index: Int, _ placed: PlacedOrder) {
        let order = plan.world.orders[index]
        orders.ids[index] = placed.order
        results.splits += placed.sites.count > 1 ? 1 : 0
        if let paid = order.paid, paid > stepper.now {
            orders.unpaid.add(index, at: paid)
            agenda.add(.payments, at: Self.tick(after: paid))
        }
        if moves.chance(partsPerMillion: plan.troubles.movedOrders) {
            agenda.add(.moving(index), at: stepper.now + .hours(1 + moves.below(96)))
        }
        if let cancelled = order.cancelled { agenda.add(.cancellation(index), at: max(Self.tick(after: cancelled), stepper.now)) }
    }

    private func request(_ index: Int) -> OrderRequest {
        let order = plan.world.orders[index], world = plan.world
        return OrderRequest(
            merchant: catalog.merchants[order.merchant], channel: world.name, number: order.number, way: .record,
            payment: (order.paid ?? order.placed) <= stepper.now ? .paid : .pending, currency: world.currency,
            person: person(index, at: order), destination: destination(order),
            lines: order.lines.map {
                OrderRequest.Line(
                    sku: world.items[$0.item].code, quantity: Quantity($0.quantity), unitPrice: $0.unitPrice,
                    shipping: $0.shipping)
            },
            placedAt: order.placed)
    }

    private func person(_ index: Int, at home: World.Order) -> Person {
        Person(
            name: "Shopper \(index)", street: ["Street \(index % 997)"], city: home.city, region: home.region,
            postalCode: home.postalArea, country: plan.world.country)
    }

    private func destination(_ home: World.Order) -> Destination {
        Destination(
            country: plan.world.country.code, region: home.region, city: home.city, postalArea: home.postalArea,
            latitude: home.place?.latitude, longitude: home.place?.longitude)
    }

    /// A shopper wants an order where another one lives.
    func move(_ index: Int) throws {
        guard let id = orders.ids[index] else { return }
        let home = plan.world.orders[moves.below(plan.world.orders.count)]
        let flow = ChangeAddress(
            id, merchant: nil, to: destination(home), person: person(index, at: home), desk: assembly.orders, actor: "channel")
        do {
            let changed = try stepper.perform(flow)
            results.moves[changed.asked.isEmpty ? "changed" : "asked", default: 0] += 1
        } catch let refusal as any Refusal {
            results.moves[refusal.code, default: 0] += 1
        }
    }

    /// Tells of the payments that came in since the last step.
    func pay() throws {
        var due: [SetPayment] = []
        while let at = orders.unpaid.next, at <= stepper.now, let (_, index) = orders.unpaid.take() {
            if let id = orders.ids[index] { due.append(SetPayment(id, merchant: nil, .paid, desk: assembly.orders)) }
        }
        for answer in stepper.perform(due) { try answer.get() }
    }

    func cancel(_ index: Int) throws {
        guard let id = orders.ids[index] else { return }
        let answer = try stepper.perform(CancelOrder(id, merchant: nil, reason: "shopper changed their mind", actor: "channel"))
        results.cancelAnswers[answer.answer.rawValue, default: 0] += 1
        if answer.answer == .asked { try turnBack(id) }
    }
}
