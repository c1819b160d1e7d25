/// Tries every way to load given units into one carton, each in the low left back corner of an empty space.
///
/// The low left back corners of the maximal empty spaces are exactly the places where a box touches a wall or a box
/// to its left, behind and beneath it, so an exhausted search rules out every packing built of such steps. A table of the
/// loadings seen (by a sum of hashes, whatever their order) keeps each from being searched twice.
struct ExhaustiveLoading {
    private var counts: [Int] = []
    private var unitsLeft = 0
    private var seen: [UInt64] = []
    private var seenCount = 0
    /// A placement takes `placementSteps` steps, a place tried in vain one.
    private var stepsLeft = 0

    private static let placementSteps = 8
    private static let tableSize = 1 << 13

    /// Placements not used.
    var nodesLeft: Int { max(0, stepsLeft / Self.placementSteps) }

    /// - Returns: true with `load` holding the packing; false where none exists; nil where the nodes ran out.
    mutating func search(_ goods: Goods, _ counts: [Int], carton: Extent, load: inout CartonLoad, nodes: Int) -> Bool? {
        self.counts = counts
        unitsLeft = counts.reduce(0, +)
        seen = Array(repeating: 0, count: Self.tableSize)
        (seenCount, stepsLeft) = (0, nodes * Self.placementSteps)
        load.reset(carton, leastSide: goods.leastSide(counts), leastVolume: goods.leastVolume(counts))
        if descend(goods, &load, signature: 0) { return true }
        return stepsLeft < 0 ? nil : false
    }

    private mutating func descend(_ goods: Goods, _ load: inout CartonLoad, signature: UInt64) -> Bool {
        guard unitsLeft > 0 else { return true }
        guard everyKindHasRoom(goods, load) else { return false }
        for kind in counts.indices where counts[kind] > 0 {
            for at in load.spaces.current {
                let space = load.spaces[at], room = space.extent
                for turn in goods.kinds[kind].turns where goods.turns[turn].fits(in: room) {
                    let box = Cuboid(x: space.x0, y: space.y0, z: space.z0, extent: goods.turns[turn])
                    if tries(LoadedUnit(kind: kind, box: box), goods, &load, signature) { return true }
                    if stepsLeft < 0 { return false }
                }
            }
        }
        return false
    }

    private mutating func tries(
        _ unit: LoadedUnit, _ goods: Goods, _ load: inout CartonLoad, _ signature: UInt64
    ) -> Bool {
        let next = signature &+ unit.signature
        stepsLeft -= 1
        guard isNew(next), load.bears(unit, goods) else { return false }
        stepsLeft -= Self.placementSteps - 1
        if stepsLeft < 0 { return false }
        load.place(unit, goods)
        counts[unit.kind] -= 1
        unitsLeft -= 1
        if descend(goods, &load, signature: next) { return true }
        counts[unit.kind] += 1
        unitsLeft += 1
        load.undo(goods)
        return false
    }

    private func everyKindHasRoom(_ goods: Goods, _ load: CartonLoad) -> Bool {
        counts.indices.allSatisfy { kind in
            counts[kind] == 0
                || load.spaces.current.contains { at in goods.fits(kind, in: load.spaces[at].extent) }
        }
    }

    /// Notes a loading; false where it was noted before. A full table notes no more and lets all through.
    private mutating func isNew(_ signature: UInt64) -> Bool {
        let mask = Self.tableSize - 1
        var at = Int(truncatingIfNeeded: signature >> 40) & mask
        while seen[at] != 0 {
            if seen[at] == signature { return false }
            at = (at + 1) & mask
        }
        guard seenCount < Self.tableSize * 3 / 4 else { return true }
        seen[at] = signature
        seenCount += 1
        return true
    }
}

extension LoadedUnit {
    /// A well-mixed number of kind and place; the sum over a loading is the loading's, whatever the order.
    fileprivate var signature: UInt64 {
        var mixed = UInt64(truncatingIfNeeded: kind) &+ 0x9E37_79B9_7F4A_7C15
        for coordinate in [box.x0, box.y0, box.z0, box.x1, box.y1, box.z1] {
            mixed = (mixed ^ UInt64(truncatingIfNeeded: coordinate)) &* 0xBF58_476D_1CE4_E5B9
            mixed ^= mixed >> 29
        }
        return (mixed &* 0x94D0_49BB_1331_11EB) | 1
    }
}

extension Goods {
    /// The smallest side of any unit of `counts`.
    func leastSide(_ counts: [Int]) -> Int32 {
        var least = Int32.max
        for kind in kinds.indices where counts[kind] > 0 {
            let size = turns[kinds[kind].turns.lowerBound]
            least = min(least, size.length, size.width, size.height)
        }
        return least
    }

    /// The smallest volume of any unit of `counts`.
    func leastVolume(_ counts: [Int]) -> Int64 {
        var least = Int64.max
        for kind in kinds.indices where counts[kind] > 0 { least = min(least, kinds[kind].volume) }
        return least
    }
}
