import Kernel

/// Supplies of a batch as its decisions change them.
package struct SupplyLedger: Sendable {
    package private(set) var supplies: [SupplyID: Supply] = [:]
    private var bySKU: [SKUID: [SupplyID]] = [:]
    package private(set) var taken: [SupplyID: Int64] = [:]
    /// Units of holds that the order being decided has brought along: for it alone.
    private var own: [SupplyID: Quantity] = [:]
    /// SKUs of which its holds keep as much as it wants: it takes those units and no others.
    private var covered: Set<SKUID> = []

    package init(_ supplies: [SKUID: [Supply]]) {
        for (sku, list) in supplies {
            bySKU[sku] = list.map(\.id)
            for supply in list { self.supplies[supply.id] = supply }
        }
    }

    /// The supplies of a SKU with something left in these pools, the pools in their order, within a pool the earliest first.
    /// What a hold keeps for the order being decided comes before all.
    package func open(_ sku: SKUID, pools: [String]) -> [Supply] {
        let all = (bySKU[sku] ?? []).compactMap { supplies[$0] }
        let mine: [Supply] = own.isEmpty ? [] : all.filter { (own[$0.id] ?? 0) > 0 }.map { supply -> Supply in
            let isShared = pools.contains(supply.pool) && !covered.contains(sku) && !supply.isStale
            return isShared ? supply : supply.offering(own[supply.id] ?? 0)
        }
        if covered.contains(sku) { return mine }
        return mine + pools.flatMap { pool in
            all.filter { $0.pool == pool && $0.available > 0 && (own[$0.id] ?? 0) == 0 }
        }
    }

    /// Holds come back with the order that takes them: their units are free for it alone, until `settle`.
    package mutating func give(_ claims: [HoldClaim], wanted: [SKUID: Quantity]) {
        var kept: [SKUID: Quantity] = [:]
        for claim in claims {
            supplies[claim.supply]?.held -= claim.quantity
            own[claim.supply, default: 0] += claim.quantity
            kept[claim.sku, default: 0] += claim.quantity
        }
        covered = Set(kept.filter { $0.value >= wanted[$0.key] ?? 0 }.keys)
    }

    /// The order may take other units than those its holds keep, where it can be served with those only.
    package mutating func uncover() { covered = [] }

    /// The order is decided: what of its holds it did not take is anybody's.
    package mutating func settle() {
        own = [:]
        covered = []
    }

    /// Takes from a supply what has been promised; the caller has looked at `open`.
    package mutating func take(_ quantity: Quantity, from id: SupplyID) {
        guard let supply = supplies[id], supply.sellable - supply.held - supply.reserved >= quantity else {
            preconditionFailure("\(quantity) taken from \(id), which has less")
        }
        supplies[id]?.reserved += quantity
        taken[id, default: 0] += quantity.rawValue
        if let mine = own[id] { own[id] = max(0, mine - quantity) }
    }
}

extension Supply {
    /// The same with exactly this much available, whatever its pool has beside it.
    fileprivate func offering(_ quantity: Quantity) -> Supply {
        var copy = self
        copy.isStale = false
        copy.sellable = held + reserved + quantity
        return copy
    }
}
