/// A parcel as the search sees it; `carton` is its place on the shelf, nil for an own container.
struct ParcelDraft {
    var carton: Int?
    var units: [LoadedUnit]
    var costMinor: Int64
}

/// What the search came to.
struct PackingDraft {
    var parcels: [ParcelDraft]
    var isProven: Bool
    /// Units of each kind that found no carton.
    var left: [Int]

    var costMinor: Int64 { parcels.reduce(0) { $0 + $1.costMinor } }
}

/// A carton that may take certain units, and what the parcel would cost.
struct CartonChoice {
    /// Nil: the single unit goes in its own container.
    var carton: Int?
    var costMinor: Int64
}

/// Decides the parcels of one order: one carton where that cannot be beaten, else the cheapest split.
struct OrderPacking {
    let goods: Goods
    let shelf: Shelf
    var search: LoadingSearch
    let improvementRounds: Int

    mutating func solve() -> PackingDraft {
        let none = Array(repeating: 0, count: goods.counts.count)
        let choices = shelf.choices(goods, goods.counts)
        let leastSplit = shelf.leastSplitCostMinor(goods)
        var isProven = true, tested = 0
        for choice in choices where choice.costMinor <= leastSplit || goods.counts == [1] {
            tested += 1
            switch search.answer(goods, goods.counts, choice, shelf) {
            case .fits(let units):
                let parcel = ParcelDraft(carton: choice.carton, units: units, costMinor: choice.costMinor)
                return PackingDraft(parcels: [parcel], isProven: isProven, left: none)
            case .cannot: continue
            case .unresolved: isProven = false
            }
        }
        return split(choices.dropFirst(tested), isProven: isProven)
    }

    /// The cheapest split, or one of the dearer single cartons where no split beats it.
    private mutating func split(_ single: ArraySlice<CartonChoice>, isProven: Bool) -> PackingDraft {
        if var partition = PartitionSearch(goods, shelf, whole: single, isProven: isProven),
            let draft = partition.solve(&search) {
            return draft
        }
        var bulk = BulkPacking(goods, shelf)
        var best = bulk.solve(rounds: improvementRounds, &search)
        for choice in single where choice.costMinor < best.costMinor || best.left.contains(where: { $0 > 0 }) {
            guard case .fits(let units) = search.answer(goods, goods.counts, choice, shelf) else { continue }
            let parcel = ParcelDraft(carton: choice.carton, units: units, costMinor: choice.costMinor)
            best = PackingDraft(parcels: [parcel], isProven: false, left: goods.counts.map { _ in 0 })
            break
        }
        return best
    }
}

extension Shelf {
    /// Cartons that sharing, weight, volume and each unit's size do not rule out, the cheapest first.
    func choices(_ goods: Goods, _ counts: [Int]) -> [CartonChoice] {
        guard goods.mayShare(counts) else { return [] }
        var volume: Int64 = 0, weight: Int64 = 0, units = 0
        for (kind, count) in counts.enumerated() {
            volume += goods.kinds[kind].volume * Int64(count)
            weight += goods.kinds[kind].weightGrams * Int64(count)
            units += count
        }
        var choices: [CartonChoice] = []
        if units == 1, let kind = counts.firstIndex(of: 1), let cost = ownContainerCostMinor(goods.kinds[kind]) {
            choices.append(CartonChoice(carton: nil, costMinor: cost))
        }
        for (place, carton) in cartons.enumerated()
        where volume <= carton.usable.volume && weight <= carton.maxLoadGrams
            && counts.indices.allSatisfy({ counts[$0] == 0 || goods.fits($0, in: carton.usable) }) {
            choices.append(CartonChoice(carton: place, costMinor: costMinor(place, goodsGrams: weight)))
        }
        return choices.sorted { precedes($0, $1) }
    }

    /// Cheaper first; of equal cost own containers, then the smaller carton, then the lower id.
    func precedes(_ a: CartonChoice, _ b: CartonChoice) -> Bool {
        if a.costMinor != b.costMinor { return a.costMinor < b.costMinor }
        guard let one = a.carton, let two = b.carton else { return a.carton == nil && b.carton != nil }
        let (left, right) = (cartons[one].option, cartons[two].option)
        return (left.inner.volume, left.id, one) < (right.inner.volume, right.id, two)
    }
}

extension LoadingSearch {
    /// Whether units that passed the quick checks of `Shelf.choices` fit the chosen carton.
    mutating func answer(_ goods: Goods, _ counts: [Int], _ choice: CartonChoice, _ shelf: Shelf) -> LoadingAnswer {
        guard let carton = choice.carton else { return .fits(goods.unitsAlone(counts)) }
        return decide(goods, counts, carton: shelf.cartons[carton].usable)
    }
}

extension Goods {
    /// The single unit of `counts`, as given, in a corner of its own container.
    func unitsAlone(_ counts: [Int]) -> [LoadedUnit] {
        counts.indices.filter { counts[$0] == 1 }.map {
            LoadedUnit(kind: $0, box: Cuboid(x: 0, y: 0, z: 0, extent: Extent(kinds[$0].size)))
        }
    }
}
