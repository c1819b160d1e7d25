import Kernel

/// The order in which a greedy loading takes kinds.
enum LoadingOrder: CaseIterable {
    case volume, longestSide, footprint, weight
}

/// Where a greedy loading prefers to put a unit.
enum LoadingTaste: CaseIterable {
    /// Where its top ends lowest: layers, each unit on its largest face.
    case flat
    /// As low as can be, then back, then left.
    case low
    /// Where a face leaves the smallest gap.
    case snug
}

extension CartonLoad {
    /// Loads units one by one, each at the place its taste likes best, and passes over those that find none.
    ///
    /// - Parameters:
    ///   - sequence: kinds in the order to take them; of each, all units of `counts` are tried.
    ///   - maxLoadGrams: the most that the goods may weigh.
    ///   - wholly: gives up at the first unit that finds no place.
    /// - Returns: how many units were loaded.
    mutating func fill(
        _ goods: Goods, _ counts: [Int], _ sequence: [Int], _ taste: LoadingTaste, maxLoadGrams: Int64, wholly: Bool
    ) -> Int {
        for kind in sequence where counts[kind] > 0 {
            for _ in 0..<counts[kind] {
                guard weightGrams + goods.kinds[kind].weightGrams <= maxLoadGrams, accepts(kind, goods),
                    let unit = bestPlace(kind, goods, taste)
                else {
                    if wholly { return units.count }
                    break
                }
                place(unit, goods)
            }
        }
        return units.count
    }

    /// Loads `units` (kinds, one an element) in their order, with a taste drawn for each and, every other time, one turn only.
    ///
    /// - Returns: true where all were loaded.
    mutating func fillAtRandom(_ goods: Goods, _ units: [Int], _ random: inout SeededRandom) -> Bool {
        for kind in units {
            let drawn = random.next(), turns = goods.kinds[kind].turns
            let taste = LoadingTaste.allCases[Int(drawn & 0xFF) % 3]
            let only = turns.lowerBound + Int(drawn >> 8 & 0xFF) % turns.count
            let unit = drawn >> 63 == 0 ? bestPlace(kind, goods, taste, turns: only..<only + 1) : nil
            guard let unit = unit ?? bestPlace(kind, goods, taste) else { return false }
            place(unit, goods)
        }
        return true
    }

    private func bestPlace(
        _ kind: Int, _ goods: Goods, _ taste: LoadingTaste, turns: Range<Int>? = nil
    ) -> LoadedUnit? {
        var best: LoadedUnit?, bestScore = Int64.max
        for at in spaces.current {
            let space = spaces[at], room = space.extent
            for turn in turns ?? goods.kinds[kind].turns {
                let size = goods.turns[turn]
                guard size.fits(in: room) else { continue }
                let score = taste.score(size, in: space)
                guard score < bestScore else { continue }
                let unit = LoadedUnit(kind: kind, box: Cuboid(x: space.x0, y: space.y0, z: space.z0, extent: size))
                if bears(unit, goods) { (best, bestScore) = (unit, score) }
            }
        }
        return best
    }
}

extension LoadingTaste {
    /// Less is better. Three coordinates below 2²⁰ mm, the first weighing most.
    @inline(__always)
    fileprivate func score(_ size: Extent, in space: Cuboid) -> Int64 {
        switch self {
        case .low: rank(space.z0, space.y0 + size.width, space.x0 + size.length)
        case .flat: rank(space.z0 + size.height, space.y0, space.x0)
        case .snug: snugness(size, in: space)
        }
    }

    @inline(__always)
    private func rank(_ a: Int32, _ b: Int32, _ c: Int32) -> Int64 { Int64(a) << 42 | Int64(b) << 21 | Int64(c) }

    @inline(__always)
    private func snugness(_ size: Extent, in space: Cuboid) -> Int64 {
        let length = space.x1 - space.x0 - size.length, width = space.y1 - space.y0 - size.width
        let height = space.z1 - space.z0 - size.height
        let least = min(length, width, height), most = max(length, width, height)
        return rank(least, length + width + height - least - most, space.z0)
    }
}

extension Goods {
    /// Kinds in `order`, those that bear less always after those that bear more.
    func sequence(_ order: LoadingOrder) -> [Int] {
        let keys = kinds.map { kind -> (Int, Int64) in
            let size = turns[kind.turns.lowerBound]
            let sides = [size.length, size.width, size.height].sorted()
            let key =
                switch order {
                case .volume: kind.volume
                case .longestSide: Int64(sides[2]) << 20 | Int64(sides[1])
                case .footprint: Int64(sides[2]) * Int64(sides[1])
                case .weight: kind.weightGrams
                }
            return (Int(kind.bears.rawValue), key)
        }
        return kinds.indices.sorted { a, b in
            if keys[a].0 != keys[b].0 { return keys[a].0 < keys[b].0 }
            return keys[a].1 != keys[b].1 ? keys[a].1 > keys[b].1 : a < b
        }
    }
}
