import Inventory
import Kernel
import Store

/// What the orders of a batch bring along: the pools they may take from, and the holds they take over.
struct OrderClaims: Sendable {
    private struct PoolKey: Hashable {
        let merchant: MerchantID
        let name: String
    }

    private var byCode: [PoolKey: Pool] = [:]
    private var byChannel: [PoolKey: Pool] = [:]
    private var known: [HoldID: Hold]
    private var taken: [HoldID: OrderID] = [:]
    private var caps: [SKUID: BackorderCap] = [:]
    private var rules: [PoolKey: [SKUID?: ChannelStock]] = [:]

    /// Two small reads for what is said of the channels, and two more where any order names a hold.
    init(_ requests: [OrderRequest], _ skus: [SKUID], in tx: Transaction) throws {
        let pools = try Pools.drawn(
            by: requests.map(\.merchant), channels: requests.map(\.channel), codes: requests.compactMap(\.pool), in: tx)
        for pool in pools {
            byCode[PoolKey(merchant: pool.merchant, name: pool.code)] = pool
            if let channel = pool.channel { byChannel[PoolKey(merchant: pool.merchant, name: channel)] = pool }
        }
        let said = try ChannelStocks.load(of: requests.map(\.merchant), channels: requests.map(\.channel), skus: skus, in: tx)
        for rule in said { rules[PoolKey(merchant: rule.merchant, name: rule.channel), default: [:]][rule.sku] = rule }
        if requests.contains(where: \.isBackorder) { caps = try BackorderCaps.load(skus, in: tx) }
        known = try Holds.load(requests.flatMap(\.holds), in: tx)
    }

    /// Whether nothing but stock limits what these orders may be promised.
    var isPlain: Bool { byCode.isEmpty && byChannel.isEmpty && known.isEmpty && caps.isEmpty && rules.isEmpty }

    /// The pool an order is of, and those it takes from, in their order.
    func pools(of request: OrderRequest) throws(PlaceOrderRefused) -> (home: String, drawn: [String]) {
        if let code = request.pool, code != Pool.main {
            guard let pool = byCode[PoolKey(merchant: request.merchant, name: code)] else { throw .unknownPool(code) }
            return (pool.code, pool.drawn)
        }
        guard request.pool == nil, let pool = byChannel[PoolKey(merchant: request.merchant, name: request.channel)] else {
            return (Pool.main, [Pool.main])
        }
        return (pool.code, pool.drawn)
    }

    /// The holds of an order, all still active and taken by no other. A recorded order goes on without those that are gone.
    func holds(of request: OrderRequest) throws(PlaceOrderRefused) -> [Hold] {
        var found: [Hold] = []
        for id in Set(request.holds).sorted() {
            guard let hold = known[id], hold.owner == request.merchant else { throw .unknownHold(id) }
            let state = taken[id] == nil ? hold.state : .confirmed
            if HoldState.transitions[state]?.contains(.confirmed) == true {
                found.append(hold)
            } else if request.way == .place {
                throw .holdGone(id, state)
            }
        }
        return found
    }

    /// How much on hand the channel of an order may be promised of what it wants; a SKU of which nothing is said is not
    /// named. What is kept for the order is its own, and what a channel has sold is not asked for.
    func limits(
        of request: OrderRequest, wanted: some Sequence<SKUID>, pools: [String], holds: [Hold], _ ledger: SupplyLedger
    ) -> [SKUID: Quantity] {
        guard request.way == .place, let said = rules[PoolKey(merchant: request.merchant, name: request.channel)] else { return [:] }
        var limits: [SKUID: Quantity] = [:]
        for sku in wanted {
            guard let rule = said[sku] ?? said[nil] else { continue }
            let onHand = ledger.open(sku, pools: pools).filter { $0.kind.isOnHand }.reduce(Quantity(0)) { $0 + $1.available }
            let kept = holds.flatMap(\.claims).filter { $0.sku == sku }.reduce(Quantity(0)) { $0 + $1.quantity }
            limits[sku] = rule.promise(of: onHand) + kept
        }
        return limits
    }

    /// What would wait, within what may wait; takes it from that.
    /// - Returns: the first SKU of which no more may wait.
    mutating func wait(_ waiting: [(sku: SKUID, quantity: Quantity)], for request: OrderRequest) -> BackorderCap? {
        guard request.isBackorder else { return nil }
        var after = caps
        for (sku, quantity) in waiting {
            guard let cap = after[sku] else { continue }
            guard cap.waiting + quantity <= cap.cap else { return cap }
            after[sku]?.waiting += quantity
        }
        caps = after
        return nil
    }

    mutating func confirm(_ holds: [Hold], by order: OrderID) {
        for hold in holds { taken[hold.id] = order }
    }

    /// Reserves; what their holds kept is freed for it in the same transaction: nobody comes in between.
    func reserve(_ reservations: [Reservation], in tx: Transaction) throws {
        let holds = taken.keys.sorted().compactMap { id in
            known[id].flatMap { hold in taken[id].map { (hold: hold, order: $0) } }
        }
        try Holds.confirm(holds, in: tx)
        try Reservations.add(reservations, in: tx)
        guard !holds.isEmpty else { return }
        let orders = Set(taken.values)
        var sums: [SupplyID: Int64] = [:]
        for one in reservations where orders.contains(one.order) { sums[one.supply, default: 0] += one.quantity.rawValue }
        try Holds.free(holds.map(\.hold), but: sums, in: tx)
    }

    /// What channels have sold that was not there raises what they are not shown.
    static func learn(_ orders: [PlaceOrder.Taken], in tx: Transaction) throws {
        let oversold = orders.flatMap { one in
            one.shortages.filter { $0.kind == .oversold }.map {
                (merchant: one.order.merchant, channel: one.order.channel, sku: $0.sku, quantity: $0.quantity)
            }
        }
        if !oversold.isEmpty { try ChannelStocks.learn(oversold, in: tx) }
    }
}
