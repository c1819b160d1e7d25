import Inventory
import Kernel
import Store

/// What the orders of a batch bring along: the pools they may take from, and the holds they take over.
struct OrderClaims {
    private struct PoolKey: Hashable {
        let merchant: MerchantID
        let name: String
    }

    private var byCode: [PoolKey: Pool] = [:]
    private var byChannel: [PoolKey: Pool] = [:]
    private var known: [HoldID: Hold]
    private var taken: [HoldID: OrderID] = [:]

    /// One read for the pools, and one more where any order names a hold.
    init(_ requests: [OrderRequest], in tx: Transaction) throws {
        let pools = try Pools.drawn(
            by: requests.map(\.merchant), channels: requests.map(\.channel), codes: requests.compactMap(\.pool), in: tx)
        for pool in pools {
            byCode[PoolKey(merchant: pool.merchant, name: pool.code)] = pool
            if let channel = pool.channel { byChannel[PoolKey(merchant: pool.merchant, name: channel)] = pool }
        }
        known = try Holds.load(requests.flatMap(\.holds), in: tx)
    }

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
}
