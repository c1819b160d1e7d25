/// Every vector of steps between nothing and the whole order, numbered in mixed radix, with the cost of the
/// cheapest single part for it and of the cheapest cover by parts.
///
/// The cover is the classic partition recursion: what is left of the order is one part that holds a step of its
/// first open item, and a cover of the rest. It lets two parts of one site draw on the same stock, so it is a
/// bound below, and exact wherever stock does not bind over parts.
struct SourcingLattice {
    let radix: [Int]
    let strides: [Int]
    let grams: [Int64]
    let volumes: [Int64]
    /// Scaled cost of the cheapest part that ships exactly this vector.
    let part: [Int64]
    /// Scaled lower bound on shipping this vector in any number of parts, where a search can come to it.
    let cover: [Int64]

    var states: Int { grams.count }

    /// How many pairs (vector, part of it) the recursion looks at, at most: Π (t+1)(t+2)/2 over the items' targets.
    static func effort(_ model: SourcingModel) -> Int {
        model.items.reduce(1) { product, item in
            let (pairs, overflow) = (item.target + 1).multipliedReportingOverflow(by: item.target + 2)
            let (next, beyond) = product.multipliedReportingOverflow(by: pairs / 2)
            return overflow || beyond || product == .max ? .max : next
        }
    }

    init(_ model: SourcingModel, sources: [Int]) {
        radix = model.items.map { $0.target + 1 }
        var strides: [Int] = [], states = 1
        for count in radix {
            strides.append(states)
            states *= count
        }
        self.strides = strides
        grams = Self.sums(model.items.map(\.grams), radix, strides, states)
        volumes = Self.sums(model.items.map(\.volume), radix, strides, states)
        part = Self.cheapestParts(model, sources, strides, grams, volumes)
        cover = Self.cheapestCovers(radix, strides, part)
    }

    /// For each vector the sum of `each` over its steps.
    private static func sums(_ each: [Int64], _ radix: [Int], _ strides: [Int], _ states: Int) -> [Int64] {
        [Int64](unsafeUninitializedCapacity: states) { sum, count in
            sum[0] = 0
            for item in radix.indices {
                let stride = strides[item], step = each[item]
                for at in stride..<stride &* radix[item] { sum[at] = sum[at &- stride] &+ step }
            }
            count = states
        }
    }

    private static func cheapestParts(
        _ model: SourcingModel, _ sources: [Int], _ strides: [Int], _ grams: [Int64], _ volumes: [Int64]
    ) -> [Int64] {
        let states = grams.count, never = SourcingModel.never
        var best = [Int64](repeating: never, count: states)
        var linear = [Int64](repeating: 0, count: states)
        for index in sources {
            let source = model.sources[index], row = index &* strides.count
            let least = model.fixedCost(source, grams: 0, volume: 0)
            for item in strides.indices {
                let stride = strides[item], cost = model.linear[row &+ item], steps = model.items[item].target
                let reach = (model.room[row &+ item] &+ 1) &* stride
                for at in stride..<stride &* (steps &+ 1) {
                    guard at < reach, linear[at &- stride] < never else {
                        linear[at] = never
                        continue
                    }
                    let sum = linear[at &- stride] &+ cost
                    linear[at] = sum
                    if sum &+ least >= best[at] { continue }
                    best[at] = min(best[at], sum &+ model.fixedCost(source, grams: grams[at], volume: volumes[at]))
                }
            }
        }
        return best
    }

    private static func cheapestCovers(_ radix: [Int], _ strides: [Int], _ part: [Int64]) -> [Int64] {
        var cover = part
        cover[0] = 0
        var walk = SubvectorWalk(radix: radix, strides: strides)
        let first = radix[0], all = part.count - 1
        // A part always holds a step of the first open item, so what is left never holds all of the first item.
        for whole in 1..<part.count where whole % first < first - 1 || whole == all {
            walk.start(whole)
            var best = part[whole]
            repeat {
                let cost = part[walk.vector]
                if cost < best { best = min(best, cost &+ cover[whole &- walk.vector]) }
            } while walk.next()
            cover[whole] = best
        }
        return cover
    }
}

/// Walks over the vectors within one vector that hold at least a step of its first item, from whole to least.
struct SubvectorWalk {
    private(set) var vector = 0
    private let radix: [Int]
    private let strides: [Int]
    private var open: [(stride: Int, least: Int, most: Int, now: Int)] = []

    init(radix: [Int], strides: [Int]) {
        self.radix = radix
        self.strides = strides
        open.reserveCapacity(radix.count)
    }

    /// - Parameter whole: not the empty vector.
    mutating func start(_ whole: Int) {
        open.removeAll(keepingCapacity: true)
        vector = whole
        for item in radix.indices {
            let steps = whole / strides[item] % radix[item]
            if steps > 0 { open.append((strides[item], open.isEmpty ? 1 : 0, steps, steps)) }
        }
    }

    /// False when all have been seen.
    @inline(__always)
    mutating func next() -> Bool {
        for at in open.indices {
            if open[at].now > open[at].least {
                open[at].now &-= 1
                vector &-= open[at].stride
                return true
            }
            vector &+= (open[at].most &- open[at].least) &* open[at].stride
            open[at].now = open[at].most
        }
        return false
    }
}
