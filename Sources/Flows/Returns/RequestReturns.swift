import Exceptions
import Facilities
import Kernel
import Merchants
import Orders
import Returns
import Store
import Transport

/// Takes returns: each is refused by name or authorised at once, with what the shopper may expect. Each is answered by
/// itself, as if they had been asked for one by one; the same number with the same content answers the first return.
///
/// A return worth more than the terms allow waits for a person. What the shopper gets is granted by `ReturnGrants`.
package struct RequestReturns: Flow {
    let requests: [ReturnRequest]
    let network: NetworkCache
    let actor: String

    package enum Outcome: Sendable {
        case taken(RMAID, isRepeat: Bool)
        case refused(any Refusal)
    }

    package init(_ requests: [ReturnRequest], network: NetworkCache, actor: String) {
        self.requests = requests
        self.network = network
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> [Outcome] {
        var desk = try ReturnDesk(requests, network, in: tx)
        let answers = try requests.map { request -> Outcome in
            do {
                return try desk.decide(request, in: tx)
            } catch let refusal as any Refusal {
                return .refused(refusal)
            }
        }
        try write(desk.taken, in: tx)
        return answers
    }

    private func write(_ taken: [TakenReturn], in tx: Transaction) throws {
        guard !taken.isEmpty else { return }
        try RMAs.add(taken.map(\.rma), in: tx)
        try RMAItems.add(taken.flatMap(\.items), in: tx)
        let kept = taken.filter(\.rma.keep).flatMap(\.items)
        try RMAItems.count(.kept, kept.map { ($0.id, $0.announced) }, in: tx)
        try ReturnPapers.make(taken.filter { $0.rma.state == .authorised }, in: tx)
        let waiting = taken.map(\.rma).filter { $0.state == .requested }
        try tx.schedule(
            ReturnClocks.review, source: "policy",
            due: waiting.map { ($0.id.raw, $0.merchant, tx.now + .hours($0.terms.reviewHours), [:]) })
        try Exceptions.open(
            waiting.map { one in
                NewException(
                    ReturnExceptions.review, subject: one.id, merchant: one.merchant, ownerRole: .merchant,
                    due: tx.now + .hours(one.terms.reviewHours), stake: Money(one.expected.amount, one.currency),
                    detail: "The refund is above what is granted without a decision. Approve or deny it; undecided, it is granted.")
            }, actor: actor, in: tx)
    }
}

/// A return that is taken, with what its papers need.
struct TakenReturn {
    let rma: RMA
    let items: [RMAItem]
    let service: ServiceID
    let weight: Grams
    let size: Dimensions
}

/// All that deciding about a set of requests needs, and what was decided so far.
struct ReturnDesk {
    private let network: Network
    private let named: [OrderKey: OrderID]
    private let orders: [OrderID: OrderRecord]
    private let delivered: [OrderID: [DeliveredUnits]]
    private let basis: [OrderID: [RefundBasis]]
    private let policies: ReturnPolicies
    private let facts: [SKUID: SKUFacts]
    private var known: [String: (id: RMAID, hash: String)]
    /// Units in returns, by parcel and component.
    private var inReturns: [PackedUnits: Quantity]
    private(set) var taken: [TakenReturn] = []

    struct PackedUnits: Hashable {
        let parcel: UnitID
        let component: ComponentID
    }

    init(_ requests: [ReturnRequest], _ cache: NetworkCache, in tx: Transaction) throws {
        let keys = requests.compactMap { if case .key(let key) = $0.order { key } else { nil } }
        named = try OrderNumbers.known(keys, in: tx).mapValues(\.order)
        let ids = requests.compactMap { [named] in if case .id(let id) = $0.order { id } else { Self.order($0, named) } }
        network = try cache.network(in: tx)
        orders = try OrderRecords.load(ids, locked: true, in: tx)
        delivered = Dictionary(grouping: try Deliveries.of(orders.keys, in: tx), by: \.order)
        let all = try OrderRefunds.basis(of: orders.keys, in: tx).values.sorted { $0.component < $1.component }
        basis = Dictionary(grouping: all, by: \.order)
        policies = try ReturnPolicies.load(of: orders.values.map(\.merchant), in: tx)
        let wanted = requests.flatMap { $0.items.compactMap(\.wanted) }
        facts = try Catalog.facts(of: Set(all.map(\.sku) + wanted).sorted(), in: tx)
        let askedFor = requests.compactMap { [orders, named] request in
            Self.order(request, named).flatMap { orders[$0] }.map { (merchant: $0.merchant, number: request.number) }
        }
        known = Dictionary(
            try RMAs.known(askedFor, in: tx).map { (Self.key($0.merchant, $0.number), ($0.id, $0.contentHash)) },
            uniquingKeysWith: { first, _ in first })
        inReturns = [:]
        for item in try RMAItems.of(orders: orders.keys, in: tx) {
            inReturns[PackedUnits(parcel: item.parcel, component: item.component), default: 0] += item.taken
        }
    }

    private static func order(_ request: ReturnRequest, _ named: [OrderKey: OrderID]) -> OrderID? {
        switch request.order {
        case .id(let id): id
        case .key(let key): named[key]
        }
    }

    private static func key(_ merchant: MerchantID, _ number: String) -> String { "\(merchant) \(number)" }

    mutating func decide(_ request: ReturnRequest, in tx: Transaction) throws -> RequestReturns.Outcome {
        guard let id = Self.order(request, named), let order = orders[id],
            request.merchant == nil || order.merchant == request.merchant
        else { throw NotFound("order", request.name) }
        let key = Self.key(order.merchant, request.number), hash = request.contentHash(id)
        if let first = known[key] {
            guard first.hash == hash else { throw ReturnRefused.numberUsed(request.number) }
            return .taken(first.id, isRepeat: true)
        }
        // Goods between our own sites, and back to their merchant, never came to a shopper.
        if ![.sale, .replacement, .sample].contains(order.purpose) { throw ReturnRefused.notDelivered(item: 0) }
        try check(request, order)
        let rma: RMAID = tx.id()
        let items = try items(request, order, rma, in: tx)
        guard let site = site(order, terms(order)) else { throw ReturnRefused.noSite }
        let one = taken(rma, request, order, items, at: site, hash, in: tx)
        known[key] = (rma, hash)
        for item in items { inReturns[PackedUnits(parcel: item.parcel, component: item.component), default: 0] += item.announced }
        taken.append(one)
        return .taken(rma, isRepeat: false)
    }

    private func check(_ request: ReturnRequest, _ order: OrderRecord) throws(ReturnRefused) {
        guard (1...100).contains(request.number.count) else { throw .badNumber }
        guard (1...200).contains(request.items.count) else { throw .noItems }
        for (index, item) in request.items.enumerated() where !(1...1_000_000).contains(item.quantity.rawValue) {
            throw .badQuantity(item: index, item.quantity)
        }
        guard request.method != .none else { throw .noMethod }
        for (index, item) in request.items.enumerated() where parts(item, order.id).isEmpty { throw .unknownItem(item: index) }
        let hasPaid = order.payment != .pending && order.payment != .refunded
        if request.resolution == .refund, !hasPaid { throw .nothingPaid(order.payment) }
        for (index, item) in request.items.enumerated() {
            guard request.resolution == .exchange else {
                if item.wanted != nil { throw .unknownWanted(item: index) }
                continue
            }
            guard let wanted = item.wanted, facts[wanted]?.merchant == order.merchant else { throw .unknownWanted(item: index) }
        }
    }

    /// The components an item names, with how many units of each.
    private func parts(_ item: ReturnRequest.Item, _ order: OrderID) -> [(basis: RefundBasis, quantity: Quantity)] {
        (basis[order] ?? []).compactMap { one in
            switch item.what {
            case .line(let line): one.line == line ? (one, item.quantity * one.perLine.rawValue) : nil
            case .component(let id): one.component == id ? (one, item.quantity) : nil
            }
        }
    }

    /// The items of a request parcel by parcel, the latest delivered first; refuses by the first that may not come back.
    private func items(
        _ request: ReturnRequest, _ order: OrderRecord, _ rma: RMAID, in tx: Transaction
    ) throws -> [RMAItem] {
        let terms = terms(order)
        var taken = inReturns, all: [RMAItem] = []
        for (index, item) in request.items.enumerated() {
            for (one, wanted) in parts(item, order.id) {
                if terms.excluded.contains(one.sku) { throw ReturnRefused.notReturnable(item: index, one.sku) }
                let came = (delivered[order.id] ?? []).filter { $0.component == one.component }
                guard !came.isEmpty else { throw ReturnRefused.notDelivered(item: index) }
                let inTime = came.filter { tx.now <= $0.at + .days(terms.windowDays) }
                guard !inTime.isEmpty else { throw ReturnRefused.windowOver(item: index, days: terms.windowDays) }
                var left = wanted
                for units in inTime.sorted(by: { ($1.at, $1.parcel) < ($0.at, $0.parcel) }) where left > 0 {
                    let key = PackedUnits(parcel: units.parcel, component: units.component)
                    let part = min(left, units.quantity - taken[key, default: 0])
                    guard part > 0 else { continue }
                    taken[key, default: 0] += part
                    left -= part
                    all.append(
                        RMAItem(
                            id: tx.id(), rma: rma, order: order.id, component: one.component, parcel: units.parcel, sku: one.sku,
                            lot: units.lot, reason: item.reason, wanted: item.wanted, announced: part))
                }
                guard left == 0 else { throw ReturnRefused.tooMany(item: index, wanted: wanted, left: wanted - left) }
            }
        }
        return all
    }

    private func terms(_ order: OrderRecord) -> ReturnTerms {
        let zone = (delivered[order.id] ?? []).first.flatMap { network.site($0.site)?.zone } ?? .utc
        return policies.terms(order.merchant, on: zone.day(of: order.placedAt))
    }

    private func site(_ order: OrderRecord, _ terms: ReturnTerms) -> SiteID? {
        ReturnSite.choose(network, near: order.destination.coordinates, terms)
    }

    private func taken(
        _ rma: RMAID, _ request: ReturnRequest, _ order: OrderRecord, _ items: [RMAItem], at site: SiteID, _ hash: String,
        in tx: Transaction
    ) -> TakenReturn {
        let terms = terms(order)
        let all = Dictionary((basis[order.id] ?? []).map { ($0.component, $0) }, uniquingKeysWith: { first, _ in first })
        var money = ReturnMoney(terms: terms, currency: order.currency, usesLabel: request.method == .label, basis: all)
        let units = items.map { (component: $0.component, quantity: $0.announced, reason: $0.reason) }
        let whole = request.resolution == .refund ? money.parts(units) : RefundParts()
        let keep = request.resolution == .refund && money.isKept(whole)
        var expected = whole
        if keep { (expected.fee, expected.label) = (0, 0) }
        expected = expected.atMost(order.total - order.refunded)
        let state: RMAState = !keep && money.needsReview(expected) ? .requested : .authorised
        var stored = terms
        stored.excluded = []
        let one = RMA(
            id: rma, merchant: order.merchant, order: order.id, kind: .request, number: request.number, contentHash: hash,
            state: state, resolution: request.resolution, method: keep ? .none : request.method,
            refundOn: keep ? .onRequest : terms.refundOn, site: site, currency: order.currency, keep: keep, terms: stored,
            expected: expected, requestedAt: tx.now, expiresAt: keep ? nil : tx.now + .days(terms.expiryDays))
        let service = (delivered[order.id] ?? []).first { units in items.contains { $0.parcel == units.parcel } }?.service
        return TakenReturn(
            rma: one, items: items, service: service ?? ServiceID(0), weight: ReturnSize.weight(items, facts),
            size: ReturnSize.box(items, facts))
    }
}

extension ReturnRequest {
    fileprivate var name: String {
        switch order {
        case .id(let id): id.description
        case .key(let key): key.number
        }
    }
}

/// Where goods go back to.
enum ReturnSite {
    /// The site the terms name, else the nearest fulfillment center that we run; ties to the older one.
    static func choose(_ network: Network, near place: Coordinates?, _ terms: ReturnTerms) -> SiteID? {
        if let named = terms.site, network.site(named) != nil { return named }
        let able = network.sites.filter { $0.kind == .fulfillmentCenter && $0.mode == .own }
        guard let place else { return able.first?.id }
        return able.min { a, b in
            (a.place.distance(to: place), a.id) < (b.place.distance(to: place), b.id)
        }?.id
    }
}

/// How heavy and big a return is, as far as its goods were measured.
enum ReturnSize {
    static func weight(_ items: [RMAItem], _ facts: [SKUID: SKUFacts]) -> Grams {
        items.reduce(Grams(100)) { sum, item in sum + (facts[item.sku]?.weight ?? 500) * item.announced.rawValue }
    }

    /// A box as wide as the widest of its goods and as high as all of them on top of each other, a metre at most.
    static func box(_ items: [RMAItem], _ facts: [SKUID: SKUFacts]) -> Dimensions {
        let usual = Dimensions(length: 200, width: 150, height: 50)
        let sizes = items.map { (facts[$0.sku]?.each ?? usual, $0.announced.rawValue) }
        let height = sizes.reduce(Millimetres(0)) { $0 + $1.0.height * $1.1 }
        return Dimensions(
            length: sizes.map(\.0.length).max() ?? 200, width: sizes.map(\.0.width).max() ?? 150, height: min(1000, height))
    }
}
