import Kernel

/// Packs larger orders into several parcels: cheapest filling first, smaller cartons after, then ruin and recreate.
struct BulkPacking {
    private let goods: Goods
    private let shelf: Shelf
    private let sequences: [[Int]]
    private var onHand: [Int]
    private var load = CartonLoad()
    /// The order of units is the same on every run; the seed only varies the attempts of one order.
    private var random = SeededRandom(seed: 0x5EED)
    /// What the attempts after the first may still do, in pairs of units that shared a carton.
    private var workLeft = 2_000_000

    init(_ goods: Goods, _ shelf: Shelf) {
        (self.goods, self.shelf) = (goods, shelf)
        sequences = LoadingOrder.allCases.map { goods.sequence($0) }
        onHand = shelf.cartons.map(\.option.onHand)
    }

    /// - Parameter rounds: attempts to repack some parcels at less cost.
    mutating func solve(rounds: Int, _ search: inout LoadingSearch) -> PackingDraft {
        var best = build(goods.counts, Manner(order: 0, taste: .flat, greed: 1_000), &search)
        for taste in [LoadingTaste.low, .snug] where workLeft > 0 {
            putBack(best.parcels)
            let other = build(goods.counts, Manner(order: 0, taste: taste, greed: 1_000), &search)
            if isBetter(other, best) {
                best = other
            } else {
                putBack(other.parcels)
                take(best.parcels)
            }
        }
        for _ in 0..<rounds where workLeft > 0 && (best.parcels.count > 1 || best.left.contains(where: { $0 > 0 })) {
            repackSome(of: &best, &search)
        }
        return best
    }

    /// How one attempt fills cartons.
    private struct Manner {
        /// Which of the loading orders.
        var order: Int
        var taste: LoadingTaste
        /// Thousandths of the best cost a volume unit at which the units left are counted against a choice.
        var greed: Int64
    }

    /// Takes two to four parcels, and what found no carton, apart and packs their units anew.
    private mutating func repackSome(of best: inout PackingDraft, _ search: inout LoadingSearch) {
        var kept = best.parcels, taken: [ParcelDraft] = []
        for _ in 0..<min(kept.count, 2 + random.below(3)) { taken.append(kept.remove(at: random.below(kept.count))) }
        var counts = best.left
        for unit in taken.flatMap(\.units) { counts[unit.kind] += 1 }
        putBack(taken)
        let manner = Manner(
            order: random.below(sequences.count), taste: LoadingTaste.allCases[random.below(3)],
            greed: Int64(700 + random.below(800)))
        let anew = build(counts, manner, &search)
        if isBetter(anew, PackingDraft(parcels: taken, isProven: false, left: best.left)) {
            best = PackingDraft(parcels: kept + anew.parcels, isProven: false, left: anew.left)
        } else {
            putBack(anew.parcels)
            take(taken)
        }
    }

    /// Fewer units left behind first, then less cost.
    private func isBetter(_ one: PackingDraft, _ two: PackingDraft) -> Bool {
        let (left, right) = (one.left.reduce(0, +), two.left.reduce(0, +))
        return left != right ? left < right : one.costMinor < two.costMinor
    }

    /// Fills one carton after the other until all units are packed or no carton is left.
    private mutating func build(_ counts: [Int], _ manner: Manner, _ search: inout LoadingSearch) -> PackingDraft {
        var left = counts, parcels: [ParcelDraft] = []
        while left.contains(where: { $0 > 0 }), let parcel = nextParcel(left, manner) {
            for unit in parcel.units { left[unit.kind] -= 1 }
            take([parcel])
            parcels.append(shrink(parcel, &search))
        }
        return PackingDraft(parcels: parcels, isProven: false, left: left)
    }

    /// The filling with the least cost, the volume it leaves behind counted at the best cost a volume found.
    private mutating func nextParcel(_ left: [Int], _ manner: Manner) -> ParcelDraft? {
        let total = volume(left)
        var offers: [(parcel: ParcelDraft, volume: Int64)] = ownContainers(left)
        for carton in shelf.cartons.indices where onHand[carton] > 0 {
            if let parcel = filled(carton, left, manner) { offers.append((parcel, volume(parcel.units))) }
        }
        let rate = offers.map { Double($0.parcel.costMinor) / Double($0.volume) }.min() ?? 0
        let weighed = rate * Double(manner.greed) / 1_000
        var best: ParcelDraft?, least = Double.infinity
        for offer in offers {
            let cost = Double(offer.parcel.costMinor) + weighed * Double(total - offer.volume)
            if cost < least { (best, least) = (offer.parcel, cost) }
        }
        return best
    }

    private mutating func filled(_ carton: Int, _ left: [Int], _ manner: Manner) -> ParcelDraft? {
        let (usable, limit) = (shelf.cartons[carton].usable, shelf.cartons[carton].maxLoadGrams)
        load.reset(usable, leastSide: goods.leastSide(left), leastVolume: goods.leastVolume(left))
        let count = load.fill(
            goods, left, sequences[manner.order], manner.taste, maxLoadGrams: limit, wholly: false)
        workLeft -= count * count
        guard count > 0 else { return nil }
        let cost = shelf.costMinor(carton, goodsGrams: load.weightGrams)
        return ParcelDraft(carton: carton, units: load.units, costMinor: cost)
    }

    private func ownContainers(_ left: [Int]) -> [(parcel: ParcelDraft, volume: Int64)] {
        left.indices.compactMap { kind in
            guard left[kind] > 0, let cost = shelf.ownContainerCostMinor(goods.kinds[kind]) else { return nil }
            let alone = left.indices.map { $0 == kind ? 1 : 0 }
            let parcel = ParcelDraft(carton: nil, units: goods.unitsAlone(alone), costMinor: cost)
            return (parcel, goods.kinds[kind].volume)
        }
    }

    /// The same units in the cheapest carton that takes them.
    private mutating func shrink(_ parcel: ParcelDraft, _ search: inout LoadingSearch) -> ParcelDraft {
        var counts = goods.counts.map { _ in 0 }
        for unit in parcel.units { counts[unit.kind] += 1 }
        for choice in shelf.choices(goods, counts) where choice.costMinor < parcel.costMinor {
            if let carton = choice.carton, onHand[carton] == 0 { continue }
            guard case .fits(let units) = search.answer(goods, counts, choice, shelf) else { continue }
            let smaller = ParcelDraft(carton: choice.carton, units: units, costMinor: choice.costMinor)
            putBack([parcel])
            take([smaller])
            return smaller
        }
        return parcel
    }

    private mutating func take(_ parcels: [ParcelDraft]) {
        for case let carton? in parcels.map(\.carton) { onHand[carton] -= 1 }
    }

    private mutating func putBack(_ parcels: [ParcelDraft]) {
        for case let carton? in parcels.map(\.carton) { onHand[carton] += 1 }
    }

    private func volume(_ counts: [Int]) -> Int64 {
        counts.indices.reduce(0) { $0 + goods.kinds[$1].volume * Int64(counts[$1]) }
    }

    private func volume(_ units: [LoadedUnit]) -> Int64 { units.reduce(0) { $0 + goods.kinds[$1.kind].volume } }
}
