import Kernel

/// Units that are alike in every way that matters to packing.
struct GoodsKind: Sendable {
    /// Its turns in `Goods.turns`.
    var turns: Range<Int>
    var volume: Int64
    var weightGrams: Int64
    var bears: BearingRule
    var shipsInOwnContainer: Bool
    var groups: PackingGroups
    var keepsApartFrom: PackingGroups
    /// The size as given.
    var size: Dimensions
    /// Lines of these units and how many each has, in the caller's order.
    var lines: [(item: Int, quantity: Int)]

    /// True where a unit of each may share a parcel.
    func sharesWith(_ other: GoodsKind) -> Bool {
        groups.isDisjoint(with: other.keepsApartFrom) && keepsApartFrom.isDisjoint(with: other.groups)
    }
}

/// An order's units, grouped by kind, the largest kind first.
struct Goods: Sendable {
    var kinds: [GoodsKind] = []
    /// The different ways each kind may stand, one kind after the other.
    var turns: [Extent] = []
    /// Units of each kind.
    var counts: [Int] = []
    var minSupportPPM: Int64
    /// True where some kind does not bear everything.
    private(set) var hasFragile = false
    /// True where some units may not share a parcel.
    private(set) var hasSegregation = false

    /// Lines of no units are passed over; each line must have positive sides.
    init(_ items: [PackingItem], minSupportPPM: Int) {
        self.minSupportPPM = Int64(minSupportPPM)
        let ordered = items.indices.sorted { a, b in
            let (one, two) = (items[a].size.volume, items[b].size.volume)
            return one != two ? one > two : a < b
        }
        var samples: [PackingItem] = []
        for at in ordered where items[at].quantity > 0 { add(items[at], &samples) }
    }

    private mutating func add(_ item: PackingItem, _ samples: inout [PackingItem]) {
        var sample = item
        (sample.index, sample.quantity) = (0, 0)
        if let kind = samples.firstIndex(of: sample) {
            kinds[kind].lines.append((item.index, item.quantity))
            counts[kind] += item.quantity
            return
        }
        let extent = Extent(item.size), start = turns.count
        turns += extent.orientations(thisSideUp: item.thisSideUp)
        kinds.append(GoodsKind(
            turns: start..<turns.count, volume: extent.volume, weightGrams: item.weight.rawValue, bears: item.bears,
            shipsInOwnContainer: item.shipsInOwnContainer, groups: item.groups, keepsApartFrom: item.keepsApartFrom,
            size: item.size, lines: [(item.index, item.quantity)]))
        counts.append(item.quantity)
        samples.append(sample)
        hasFragile = hasFragile || item.bears != .anything
        hasSegregation = hasSegregation || !item.keepsApartFrom.isEmpty
    }

    /// True where the kind alone has a turn that stands in `carton`.
    func fits(_ kind: Int, in carton: Extent) -> Bool {
        kinds[kind].turns.contains { turns[$0].fits(in: carton) }
    }

    /// True where all units of `counts` may share a parcel.
    func mayShare(_ counts: [Int]) -> Bool {
        guard hasSegregation else { return true }
        for a in kinds.indices where counts[a] > 0 {
            if counts[a] > 1, !kinds[a].sharesWith(kinds[a]) { return false }
            for b in kinds.indices.dropFirst(a + 1) where counts[b] > 0 && !kinds[a].sharesWith(kinds[b]) { return false }
        }
        return true
    }
}

extension Extent {
    /// The size in whole millimetres, each side clamped to `longest`.
    init(_ size: Dimensions) {
        length = Int32(clamping: min(size.length.rawValue, Self.longest))
        width = Int32(clamping: min(size.width.rawValue, Self.longest))
        height = Int32(clamping: min(size.height.rawValue, Self.longest))
    }
}
