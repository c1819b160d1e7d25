/// Splits an order of few units into parcels at the least total cost, exactly.
///
/// A *load* is a number of units of each kind, written as one mixed-radix number; the whole order has at most
/// `mostLoads` of them. Each load starts with its cheapest carton that the quick checks allow. The cheapest cover of
/// the order by such loads (dynamic programming over loads) is a lower bound; its loads are tested in 3-D, a refuted carton
/// gives way to the load's next, and the cover is drawn again, until all its loads are known to fit. The result is
/// then the optimum, after few 3-D tests.
struct PartitionSearch {
    private let goods: Goods
    private let shelf: Shelf
    /// Kind k counts `strides[k]`; the whole order is `loads.count - 1`.
    private let strides: [Int]
    private var loads: [Load] = []
    private var isProven: Bool
    /// The cost of each load in its cheapest carton not refuted.
    private var costs: [Int64] = []
    /// The least cost of the units of each load, and the load it takes out first.
    private var least: [Int64] = []
    private var first: [Int] = []

    private struct Load {
        var counts: [Int]
        /// Cartons not refuted, the cheapest first from `next` on.
        var choices: [CartonChoice]
        var next = 0
        var units: [LoadedUnit]?

        var choice: CartonChoice? { next < choices.count ? choices[next] : nil }
    }

    static let mostLoads = 256
    private static let never = Int64.max / 4

    /// Nil where the order has too many different loads.
    ///
    /// - Parameters:
    ///   - whole: cartons not yet ruled out for all units together.
    ///   - isProven: whether those already ruled out were so by proof.
    init?(_ goods: Goods, _ shelf: Shelf, whole: ArraySlice<CartonChoice>, isProven: Bool) {
        var strides: [Int] = [], count = 1
        for units in goods.counts {
            strides.append(count)
            count *= units + 1
            guard count <= Self.mostLoads else { return nil }
        }
        (self.goods, self.shelf, self.strides, self.isProven) = (goods, shelf, strides, isProven)
        loads.reserveCapacity(count)
        for load in 0..<count {
            let counts = strides.indices.map { load / strides[$0] % (goods.counts[$0] + 1) }
            let choices = load == count - 1 ? Array(whole) : load == 0 ? [] : shelf.choices(goods, counts)
            loads.append(Load(counts: counts, choices: choices))
            costs.append(choices.first?.costMinor ?? Self.never)
        }
    }

    /// Nil where the cartons on hand do not suffice, or no choice among them was found.
    mutating func solve(_ search: inout LoadingSearch) -> PackingDraft? {
        while true {
            drawCover()
            guard least[loads.count - 1] < Self.never else { return nil }
            var cover: [Int] = [], rest = loads.count - 1
            while rest > 0 {
                cover.append(first[rest])
                rest -= first[rest]
            }
            if !isInStock(cover) { return nil }
            if cover.allSatisfy({ isLoadable($0, &search) }) { return draft(cover) }
        }
    }

    /// Tests the load's cheapest carton in 3-D; a carton that fails is passed over from then on.
    private mutating func isLoadable(_ load: Int, _ search: inout LoadingSearch) -> Bool {
        guard loads[load].units == nil, let choice = loads[load].choice else { return true }
        switch search.answer(goods, loads[load].counts, choice, shelf) {
        case .fits(let units):
            loads[load].units = units
            return true
        case .cannot: break
        case .unresolved: isProven = false
        }
        loads[load].next += 1
        costs[load] = loads[load].choice?.costMinor ?? Self.never
        return false
    }

    /// Dynamic programming: the first load of a cover takes at least one unit of the first kind that is left.
    private mutating func drawCover() {
        least = Array(repeating: Self.never, count: loads.count)
        first = Array(repeating: 0, count: loads.count)
        least[0] = 0
        for whole in 1..<loads.count {
            let counts = loads[whole].counts, lead = counts.firstIndex { $0 > 0 } ?? 0
            var part = counts, code = whole
            while code > 0 {
                if part[lead] > 0, costs[code] + least[whole - code] < least[whole] {
                    (least[whole], first[whole]) = (costs[code] + least[whole - code], code)
                }
                code = lessen(&part, code, within: counts)
            }
        }
    }

    /// The next smaller load within `whole`, in the order of codes; `part` is its units.
    private func lessen(_ part: inout [Int], _ code: Int, within whole: [Int]) -> Int {
        var code = code
        for kind in strides.indices {
            if part[kind] > 0 {
                part[kind] -= 1
                return code - strides[kind]
            }
            part[kind] = whole[kind]
            code += part[kind] * strides[kind]
        }
        return 0
    }

    private func isInStock(_ cover: [Int]) -> Bool {
        var used: [Int] = Array(repeating: 0, count: shelf.cartons.count)
        for load in cover {
            if let carton = loads[load].choice?.carton { used[carton] += 1 }
        }
        return used.indices.allSatisfy { used[$0] <= shelf.cartons[$0].option.onHand }
    }

    private func draft(_ cover: [Int]) -> PackingDraft {
        let parcels = cover.compactMap { load in
            loads[load].choice.map {
                ParcelDraft(carton: $0.carton, units: loads[load].units ?? [], costMinor: $0.costMinor)
            }
        }
        return PackingDraft(parcels: parcels, isProven: isProven, left: goods.counts.map { _ in 0 })
    }
}
