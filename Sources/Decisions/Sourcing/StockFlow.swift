/// A known demand served from known stock at least cost: the transportation problem, by shortest augmenting paths.
///
/// Beside the sites stands a source without bound that costs what a shortage costs. A move takes a unit of one stream
/// from a site and gives its demand to another; paths of moves end where something is left.
struct StockFlow {
    /// Stands for "cannot"; two of them still add without overflow.
    private static let never: Int64 = .max / 4

    private struct Move {
        var cost = StockFlow.never
        var stream = -1
    }

    /// Sites, and the shortage behind them.
    private let count: Int
    private let costs: [Int64]
    private let streams: Int
    private var free: [Int64]
    /// Units of a stream served from a site: [site × streams + stream].
    private var served: [Int64]
    /// The cheapest move from one site to another: [from × count + to].
    private var moves: [Move]
    /// Cost of freeing a unit of a site, and the next site on the way.
    private var distance: [Int64] = []
    private var next: [Int] = []

    init(_ outlook: StockOutlook, serving demand: [Int64]) {
        count = outlook.stock.count + 1
        streams = demand.count
        free = outlook.stock.map { max(0, $0) } + [.max / 2]
        var costs = [Int64](repeating: outlook.shortageCost, count: count * streams)
        for (stream, one) in outlook.streams.enumerated() {
            for site in outlook.stock.indices { costs[site * streams + stream] = one.costs[site] ?? Self.never }
        }
        self.costs = costs
        served = [Int64](repeating: 0, count: count * streams)
        moves = [Move](repeating: Move(), count: count * count)
        measure()
        for stream in 0..<streams where demand[stream] > 0 { serve(stream, demand[stream]) }
    }

    /// How much more serving the same demand would cost with one unit less, by site.
    var losses: [Int64] { (0..<count - 1).map { distance[$0] >= Self.never ? 0 : max(0, distance[$0]) } }

    private mutating func serve(_ stream: Int, _ units: Int64) {
        var left = units
        while left > 0 {
            var start = count - 1, best = Self.never
            for site in 0..<count where distance[site] < Self.never {
                let cost = costs[site * streams + stream] + distance[site]
                if cost < best { (start, best) = (site, cost) }
            }
            var path = [start], room = left, at = start
            while next[at] != at {
                room = min(room, served[at * streams + moves[at * count + next[at]].stream])
                at = next[at]
                path.append(at)
            }
            room = min(room, free[at])
            push(stream, room, along: path)
            left -= room
        }
    }

    private mutating func push(_ stream: Int, _ units: Int64, along path: [Int]) {
        var stream = stream
        for (index, site) in path.enumerated() {
            served[site * streams + stream] += units
            guard index + 1 < path.count else {
                free[site] -= units
                break
            }
            stream = moves[site * count + path[index + 1]].stream
            served[site * streams + stream] -= units
        }
        for site in path { findMoves(from: site) }
        measure()
    }

    private mutating func findMoves(from site: Int) {
        for other in 0..<count {
            var best = Move()
            for stream in 0..<streams where other != site && served[site * streams + stream] > 0 {
                let to = costs[other * streams + stream]
                guard to < Self.never else { continue }
                let cost = to - costs[site * streams + stream]
                if cost < best.cost { best = Move(cost: cost, stream: stream) }
            }
            moves[site * count + other] = best
        }
    }

    /// Distances to the nearest site with something left, by rounds over all moves (Bellman and Ford).
    private mutating func measure() {
        distance = free.map { $0 > 0 ? 0 : Self.never }
        next = Array(0..<count)
        for _ in 0..<count {
            var changed = false
            for from in 0..<count where free[from] == 0 {
                for to in 0..<count where moves[from * count + to].stream >= 0 && distance[to] < Self.never {
                    let cost = moves[from * count + to].cost + distance[to]
                    if cost < distance[from] { (distance[from], next[from], changed) = (cost, to, true) }
                }
            }
            if !changed { break }
        }
    }
}
