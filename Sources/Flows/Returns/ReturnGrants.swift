import Exceptions
import Identity
import Kernel
import Merchants
import Orders
import Returns
import Store

/// Gives shoppers what a return has earned them, at the moment its terms name: a refund that is due, or an order for what
/// they want instead; and ends the returns about which nothing is left to do.
///
/// It looks at where a return stands now, not at what the event said, so that seeing an event twice changes nothing.
package struct ReturnGrants: Follower {
    package let name = "flows.return_grants"
    package let types: Set<String> = [NewEvent.rmaType]
    let desk: OrderDesk

    static let refundDue = "refund.due"

    package init(desk: OrderDesk) { self.desk = desk }

    package func handle(_ events: [Event], in tx: Transaction) throws {
        let ids = Set(events.compactMap { $0.payload.id("return") as RMAID? })
        let orders = try OrderRecords.load(try RMAs.load(ids, in: tx).map(\.order), locked: true, in: tx)
        let returns = try RMAs.load(ids, in: tx)
        let earned = returns.filter(Self.hasEarned)
        let items = Dictionary(grouping: try RMAItems.of(earned.map(\.id), in: tx), by: \.rma)
        let fresh = earned.filter { one in one.replacement == nil && (items[one.id] ?? []).allSatisfy { $0.granted == 0 } }
        try refund(fresh.filter { $0.resolution == .refund }, items, orders, in: tx)
        try replace(fresh.filter { $0.resolution != .refund }, items, orders, in: tx)
        try ReturnEnds.close(returns, in: tx)
    }

    private static func hasEarned(_ one: RMA) -> Bool {
        switch one.state {
        case .requested, .cancelled, .expired, .denied: false
        case .authorised: one.refundOn == .onRequest
        case .inTransit: one.refundOn == .onRequest || one.refundOn == .firstScan
        case .received: one.refundOn != .grade
        case .inspected, .closed: true
        }
    }

    /// What is on its way counts as good as here; what did not come is not paid for.
    static func units(_ one: RMA, _ item: RMAItem) -> Quantity {
        one.keep || one.state.awaitsGoods ? item.announced - item.withdrawn : item.received
    }

    private func refund(
        _ returns: [RMA], _ items: [RMAID: [RMAItem]], _ orders: [OrderID: OrderRecord], in tx: Transaction
    ) throws {
        let paid = returns.filter { one in
            orders[one.order].map { $0.payment != .pending && $0.payment != .refunded } ?? false
        }
        guard !paid.isEmpty else { return }
        var basis = try OrderRefunds.basis(of: paid.map(\.order), in: tx)
        var cover = try Cover(paid.filter { $0.kind == .blind }, basis, in: tx)
        var refunds: [(refund: Refund, items: [RefundItem])] = []
        var left = orders.mapValues { $0.total - $0.refunded }
        let grades = try Grades(of: paid.filter { $0.refundOn == .grade }, in: tx)
        for one in paid {
            let units = (items[one.id] ?? []).map { item in
                (item: item, quantity: cover.limit(Self.units(one, item), item, one))
            }.filter { $0.quantity > 0 }
            guard !units.isEmpty else { continue }
            var money = ReturnMoney(terms: one.terms, currency: one.currency, usesLabel: one.method == .label, basis: basis)
            var parts = money.parts(graded: units.flatMap { grades.split($0.quantity, of: $0.item) })
            // An undelivered parcel and goods nobody wants back cost the shopper nothing.
            if one.keep || one.kind == .returnToOrigin { (parts.fee, parts.label) = (0, 0) }
            basis = money.basis
            // What was given as goodwill is not given once more.
            parts = parts.atMost(left[one.order] ?? 0)
            left[one.order, default: 0] -= parts.amount
            let refund = Refund(
                id: tx.id(), rma: one.id, merchant: one.merchant, order: one.order, refundOn: one.refundOn,
                currency: one.currency, parts: parts, dueBy: tx.now + .hours(one.terms.refundHours))
            refunds.append(
                (refund, units.map { RefundItem(item: $0.item.id, component: $0.item.component, quantity: $0.quantity) }))
        }
        try write(refunds, in: tx)
        try cover.settle(in: tx)
    }

    private func write(_ refunds: [(refund: Refund, items: [RefundItem])], in tx: Transaction) throws {
        let all = refunds.flatMap(\.items)
        try OrderRefunds.record(
            all.map { ($0.component, $0.quantity) }, amounts: refunds.map { ($0.refund.order, $0.refund.parts.amount) }, in: tx)
        try RMAItems.count(.granted, all.map { ($0.item, $0.quantity) }, in: tx)
        try Refunds.add(refunds, occurred: tx.now, in: tx)
        try tx.schedule(
            Self.refundDue, source: "policy",
            due: refunds.map { one, _ in
                (one.id.raw, one.merchant, one.dueBy, one.rma.map { ["return": .id($0)] } ?? [:])
            })
    }

    /// An order of price 0 that goes where the first one went.
    private func replace(
        _ returns: [RMA], _ items: [RMAID: [RMAItem]], _ orders: [OrderID: OrderRecord], in tx: Transaction
    ) throws {
        let wanted = returns.map { one in
            (rma: one, units: (items[one.id] ?? []).map { ($0, Self.units(one, $0)) }.filter { $0.1 > 0 })
        }.filter { !$0.units.isEmpty }
        guard !wanted.isEmpty else { return }
        let skus = wanted.flatMap { $0.units.map { $0.0.wanted ?? $0.0.sku } }
        let facts = try Catalog.facts(of: Set(skus).sorted(), in: tx)
        let recipients = wanted.compactMap { orders[$0.rma.order]?.recipient }
        let people = try Recipients.open(Set(recipients).sorted(), desk.vault, in: tx)
        let requests = wanted.compactMap { rma, units -> OrderRequest? in
            guard let order = orders[rma.order] else { return nil }
            return OrderRequest(
                merchant: rma.merchant, channel: "waybill", number: rma.id.description, currency: rma.currency,
                person: order.recipient.flatMap { people[$0] }, destination: order.destination,
                lines: units.compactMap { item, quantity in
                    facts[item.wanted ?? item.sku].map { OrderRequest.Line(sku: $0.code, quantity: quantity, unitPrice: 0) }
                }, placedAt: tx.now, backorder: true)
        }
        for (one, outcome) in zip(wanted, try PlaceOrders(requests, desk: desk, actor: "returns").run(in: tx)) {
            switch outcome {
            case .taken(let placed):
                try RMAs.replace(one.rma.id, with: placed.order, in: tx)
                try RMAItems.count(.granted, one.units.map { ($0.0.id, $0.1) }, in: tx)
            case .refused(let refusal): try OpenAtStake.run([.refused(one.rma, refusal, at: tx.now)], in: tx)
            }
        }
    }
}

extension NewException {
    fileprivate static func refused(_ rma: RMA, _ refusal: any Refusal, at now: Instant) -> NewException {
        NewException(
            ReturnExceptions.replacementRefused, subject: rma.id, merchant: rma.merchant, ownerRole: .merchant,
            due: now + .hours(48), detail: "The order that should replace what came back was refused: \(refusal.message)")
    }
}

/// What the desk made of the units of items, where a refund waits for that.
private struct Grades {
    private let ofItem: [RMAItemID: [(grade: Grade, quantity: Quantity)]]

    init(of returns: [RMA], in tx: Transaction) throws {
        let goods = returns.isEmpty ? [] : try GoodsBook.load(where: "rma IN \(list: returns.map(\.id).sorted())", in: tx)
        let graded = goods.compactMap { one in
            one.item.flatMap { item in one.grade.map { (item, (grade: $0, quantity: one.quantity)) } }
        }
        ofItem = Dictionary(grouping: graded, by: \.0).mapValues { $0.map(\.1) }
    }

    /// The best first; units that nobody graded have none.
    func split(_ quantity: Quantity, of item: RMAItem) -> [GradedUnits] {
        func units(_ part: Quantity, _ grade: Grade?) -> GradedUnits {
            GradedUnits(component: item.component, quantity: part, reason: item.reason, grade: grade)
        }
        var left = quantity, parts: [GradedUnits] = []
        for one in (ofItem[item.id] ?? []).sorted(by: { $0.grade.rawValue < $1.grade.rawValue }) where left > 0 {
            parts.append(units(min(left, one.quantity), one.grade))
            left -= min(left, one.quantity)
        }
        return left > 0 ? parts + [units(left, nil)] : parts
    }
}

/// Goods that came unannounced may have been paid for already, when they were given up: they settle that debt instead of
/// being paid for twice.
private struct Cover {
    /// By component: units that are back or were left to shoppers, and are not refunded.
    private var free: [ComponentID: Quantity] = [:]
    private var paidBefore: Set<OrderID> = []

    init(_ blind: [RMA], _ basis: [ComponentID: RefundBasis], in tx: Transaction) throws {
        guard !blind.isEmpty else { return }
        for item in try RMAItems.of(orders: blind.map(\.order), in: tx) {
            free[item.component, default: 0 - (basis[item.component]?.refunded ?? 0)] += item.received + item.kept
        }
    }

    mutating func limit(_ units: Quantity, _ item: RMAItem, _ rma: RMA) -> Quantity {
        guard rma.kind == .blind else { return units }
        let able = max(0, min(units, free[item.component] ?? 0))
        free[item.component, default: 0] -= able
        if able < units { paidBefore.insert(rma.order) }
        return able
    }

    func settle(in tx: Transaction) throws {
        for debt in try ReturnDebts.open(of: paidBefore.sorted(), in: tx) {
            try SettleReturnDebt.close(debt, as: .recovered, note: "the goods came", actor: "system", in: tx)
        }
    }
}
