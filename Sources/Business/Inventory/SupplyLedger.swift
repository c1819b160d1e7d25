import Kernel
import Store

/// Supplies of a batch as its decisions change them.
package struct SupplyLedger: Sendable {
    private var supplies: [Supply] = []
    private var places: [SupplyID: Int] = [:]
    private var bySKU: [SKUID: Range<Int>] = [:]
    /// What was taken and what holds gave back since the last `mark`.
    private var changes: [(place: Int, taken: Quantity, given: Quantity)] = []
    /// Units of holds that the order being decided has brought along: for it alone.
    private var own: [SupplyID: Quantity] = [:]
    /// SKUs of which its holds keep as much as it wants: it takes those units and no others.
    private var covered: Set<SKUID> = []

    package init(_ supplies: [SKUID: [Supply]]) {
        let count = supplies.values.reduce(0) { $0 + $1.count }
        self.supplies.reserveCapacity(count)
        places.reserveCapacity(count)
        bySKU.reserveCapacity(supplies.count)
        for (sku, list) in supplies {
            for (place, supply) in list.enumerated() { places[supply.id] = self.supplies.count + place }
            bySKU[sku] = self.supplies.count..<self.supplies.count + list.count
            self.supplies += list
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
        let all = bySKU[sku] ?? 0..<0
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

    /// Locks the supplies of claims that were decided here on unlocked rows, in the order of ids; false where one has less left
    /// than is claimed, or comes at another time.
    package func stillHas(_ claims: [Reservation], in tx: Transaction) throws -> Bool {
        var sums: [SupplyID: Quantity] = [:]
        for claim in claims { sums[claim.supply, default: 0] += claim.quantity }
        var held = 0
        try tx.connection.query(
            """
            SELECT id, available_from, CASE WHEN stale = 0 THEN sellable - held - reserved ELSE 0 END FROM supply
            WHERE id IN \(list: sums.keys.sorted()) \(.lockedByID)
            """
        ) { row in
            let (id, from, left): (SupplyID, Instant, Quantity) = try (row.next(), row.next(), row.next())
            guard let place = places[id], supplies[place].availableFrom == from, left >= sums[id] ?? 0 else { return }
            held += 1
        }
        return held == sums.count
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
