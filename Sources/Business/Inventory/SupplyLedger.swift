import Kernel

/// Supplies of a batch as its decisions change them.
package struct SupplyLedger: Sendable {
    private var supplies: [Supply] = []
    private var places: [SupplyID: Int] = [:]
    private var bySKU: [SKUID: [Int]] = [:]
    /// What was taken and what holds gave back since the last `mark`.
    private var changes: [(place: Int, taken: Quantity, given: Quantity)] = []
    /// Units of holds that the order being decided has brought along: for it alone.
    private var own: [SupplyID: Quantity] = [:]
    /// SKUs of which its holds keep as much as it wants: it takes those units and no others.
    private var covered: Set<SKUID> = []

    package init(_ supplies: [SKUID: [Supply]]) {
        for (sku, list) in supplies {
            for supply in list {
                bySKU[sku, default: []].append(self.supplies.count)
                places[supply.id] = self.supplies.count
                self.supplies.append(supply)
            }
        }
    }

    /// The supplies of a SKU with something left in these pools, the pools in their order, within a pool the earliest first.
    /// What a hold keeps for the order being decided comes before all.
    package func open(_ sku: SKUID, pools: [String]) -> [Supply] {
        var found: [Supply] = []
        each(sku, pools: pools) { found.append($0) }
        return found
    }

    /// As `open`, handed over one by one.
    package func each(_ sku: SKUID, pools: [String], _ body: (Supply) -> Void) {
        let all = bySKU[sku] ?? []
        if !own.isEmpty {
            for place in all where (own[supplies[place].id] ?? 0) > 0 {
                let supply = supplies[place]
                let isShared = pools.contains(supply.pool) && !covered.contains(sku) && !supply.isStale
                body(isShared ? supply : supply.offering(own[supply.id] ?? 0))
            }
            if covered.contains(sku) { return }
        }
        for pool in pools {
            for place in all where supplies[place].pool == pool && supplies[place].available > 0 {
                if own.isEmpty || (own[supplies[place].id] ?? 0) == 0 { body(supplies[place]) }
            }
        }
    }

    /// Holds come back with the order that takes them: their units are free for it alone, until `settle`.
    package mutating func give(_ claims: [HoldClaim], wanted: [SKUID: Quantity]) {
        var kept: [SKUID: Quantity] = [:]
        for claim in claims {
            if let place = places[claim.supply] {
                supplies[place].held -= claim.quantity
                changes.append((place, 0, claim.quantity))
            }
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
        guard let place = places[id],
            supplies[place].sellable - supplies[place].held - supplies[place].reserved >= quantity
        else { preconditionFailure("\(quantity) taken from \(id), which has less") }
        supplies[place].reserved += quantity
        changes.append((place, quantity, 0))
        if let mine = own[id] { own[id] = max(0, mine - quantity) }
    }

    /// Where `undo` goes back to: the next order is looked at.
    package mutating func mark() { changes.removeAll(keepingCapacity: true) }

    /// Back to the last `mark`: what was taken is there again, and holds keep what they kept.
    package mutating func undo() {
        for change in changes {
            supplies[change.place].reserved -= change.taken
            supplies[change.place].held += change.given
        }
        settle()
        mark()
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
