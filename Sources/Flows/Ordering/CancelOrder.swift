import Exceptions
import Inventory
import Kernel
import Orders
import Store
import Transport
import Warehouse

/// A wish to cancel an order, answered at once, wherever the goods are.
///
/// What waits or is reserved is released; what is in a tote gets an un-pick task; a packed parcel is taken apart where it
/// stands; one in a bag, on a trip or at another of our sites is pulled at its next scan; a courier is asked, and the
/// answer follows. Asking again is allowed.
package struct CancelOrder: Flow {
    let order: OrderID
    let merchant: MerchantID?
    let reason: String
    let actor: String

    package struct Answer: Sendable, Equatable {
        package let request: CancelID
        package let answer: CancelAnswer
        package let why: String
        package let units: Quantity
    }

    /// - Parameter merchant: the only one whose order it may be; nil for the operator.
    package init(_ order: OrderID, merchant: MerchantID?, reason: String, actor: String) {
        self.order = order
        self.merchant = merchant
        self.reason = reason
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> Answer {
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order],
            merchant == nil || record.merchant == merchant
        else { throw NotFound("order", order) }
        let before = try OrderRecords.components(of: [order], in: tx)
        let request = tx.id(CancelID.self)
        let asked = try AskPartners.toCancel(order, request, in: tx)
        let parcels = try StoppedParcels(of: Parcels.of(order, in: tx), in: tx)
        let open = before.reduce(parcels.stopped) { $0 + $1.waiting + $1.reserved + $1.picked } - asked.units
        let total = before.reduce(Quantity(0)) { $0 + $1.ordered }
        try cancelWaiting(before, record.merchant, in: tx)
        let fulfillments = try Fulfillments.of([order], in: tx).filter { !asked.fulfillments.contains($0.id) }
        try cancelReserved(fulfillments, in: tx)
        try StoppedParcels.void(parcels.here, actor: actor, in: tx)
        try StoppedParcels.mark(parcels.inNetwork, reason: "order cancelled", actor: actor, in: tx)
        try cancelPicked(fulfillments, in: tx)
        let ended = fulfillments.filter { [.open, .released, .picked, .packed].contains($0.state) }.map(\.id)
        try close(ended, in: tx)
        let isAsked = asked.units > 0 || !parcels.withCarrier.isEmpty
        let answer: CancelAnswer = isAsked ? .asked : open == 0 ? .refused : open == total ? .accepted : .partly
        let why = Self.why(answer, open, total, record.state)
        try Cancels.record(
            request, order: order, by: actor, reason: reason, answer: answer, why: why, units: open, in: tx)
        try AskCarrier.run(parcels.withCarrier, cancel: request, in: tx)
        tx.emit(.orderCancel(order, record.merchant, answer: answer, units: open, actor: actor, at: tx.now))
        try ParcelEnds.settleOrders([(order, tx.now)], in: tx)
        return Answer(request: request, answer: answer, why: why, units: open)
    }

    private static func why(_ answer: CancelAnswer, _ open: Quantity, _ total: Quantity, _ state: OrderState) -> String {
        switch answer {
        case .accepted: "All \(total) units are cancelled."
        case .partly: "\(open) of \(total) units are cancelled; the rest had left already."
        case .asked: "\(open) of \(total) units are cancelled; who has the rest is asked to stop it."
        case .refused: "The order is \(state.rawValue); nothing of it can be kept back."
        }
    }

    private func cancelWaiting(_ components: [ComponentRecord], _ owner: MerchantID, in tx: Transaction) throws {
        try OrderProgress.move(
            components.map { (component: $0.id, quantity: $0.waiting) }, from: .waiting, to: .cancelled, in: tx)
        let waiting = components.reduce(Quantity(0)) { $0 + $1.waiting }
        if waiting > 0 {
            tx.emit(.orderMoved(order, owner, site: nil, from: .waiting, to: .cancelled, quantity: waiting, at: tx.now))
        }
        for shortage in try Shortages.waiting(of: order, in: tx) {
            try OrderClocks.settle(shortage, shortage.quantity, as: "cancelled", in: tx)
        }
    }

    private func cancelReserved(_ fulfillments: [FulfillmentOrder], in tx: Transaction) throws {
        let claims = try Reservations.open(of: fulfillments.flatMap { $0.lines.map(\.id) }, in: tx)
        let open = try Allocations.open(of: claims.map(\.id), in: tx)
        _ = try GiveUpAllocations.run(open, as: "released", in: tx)
        let fresh = try Reservations.open(of: fulfillments.flatMap { $0.lines.map(\.id) }, in: tx)
        try Reservations.release(fresh, in: tx)
        try Fulfillments.add(dropped: fresh.map { ($0.line, $0.quantity) }, in: tx)
        try OrderProgress.move(
            fresh.map { (component: $0.component, quantity: $0.quantity) }, from: .reserved, to: .cancelled, in: tx)
        tellMoves(fresh.map { ($0.owner, $0.site, $0.quantity) }, from: .reserved, in: tx)
        for sku in Set(fresh.map(\.sku)).sorted() {
            for claim in fresh where claim.sku == sku {
                tx.emit(
                    .supplyGrew(
                        SellableChange.Key(sku: sku, site: claim.site, owner: claim.owner), kind: .onHand, by: claim.quantity,
                        at: tx.now))
            }
        }
    }

    /// One event a site.
    private func tellMoves(
        _ moves: [(owner: MerchantID, site: SiteID, quantity: Quantity)], from position: Position, in tx: Transaction
    ) {
        for (site, group) in Dictionary(grouping: moves, by: \.site).sorted(by: { $0.key < $1.key }) {
            let quantity = group.reduce(Quantity(0)) { $0 + $1.quantity }
            tx.emit(
                .orderMoved(order, group[0].owner, site: site, from: position, to: .cancelled, quantity: quantity, at: tx.now))
        }
    }

    private func cancelPicked(_ fulfillments: [FulfillmentOrder], in tx: Transaction) throws {
        let open = fulfillments.filter { $0.state == .released || $0.state == .picked }
        let picked = try Tasks.picked(for: open.map(\.id), in: tx)
        let heads = Dictionary(uniqueKeysWithValues: open.map { ($0.id, $0) })
        var units: [(component: ComponentID, quantity: Quantity)] = [], tasks: [FloorTask] = []
        for one in picked {
            guard let head = heads[one.fulfillment], let line = head.lines.first(where: { $0.id == one.line }) else { continue }
            units.append((line.component, one.quantity))
            tasks.append(
                FloorTask(
                    id: tx.id(), kind: .unpick, site: head.site, fulfillment: head.id, line: line.id, owner: head.merchant,
                    sku: line.sku, lot: one.lot, condition: one.condition, fromKind: "unit", from: one.unit.raw, toKind: "location", to: 0,
                    quantity: one.quantity, walk: 0))
        }
        try Tasks.add(tasks, in: tx)
        try OrderProgress.move(units, from: .picked, to: .cancelled, in: tx)
        tellMoves(tasks.map { ($0.owner, $0.site, $0.quantity) }, from: .picked, in: tx)
    }

    private func close(_ ended: [FulfillmentID], in tx: Transaction) throws {
        try Fulfillments.change(ended, to: .cancelled, in: tx)
        try OrderClocks.dropped(ended, in: tx)
        try FreeCapacity.run(ended, in: tx)
    }
}
