import Kernel

/// A closed walk over the edges that the sweep chose, starting at the depot.
struct PickTour {
    /// Places of stops in the order in which the walk first passes them.
    private(set) var order: [PickLayout.Place] = []

    /// Every point of the aisles that the walk can turn at: both ends and each place between.
    private var points: [PickLayout.Place] = []
    private var edges: [(a: Int, b: Int, walked: Bool)] = []
    private var edgesAt: [[Int]] = []

    init(_ sweep: PickSweep, _ layout: PickLayout) {
        var fronts: [Int] = [], backs: [Int] = [], depot = 0
        for (index, aisle) in sweep.aisles.enumerated() {
            let stops = sweep.places[index], length = layout.aisleLength
            let inner = stops.filter { $0 > .zero && $0 < length }
            fronts.append(points.count)
            for position in [.zero] + inner + [length] { points.append((aisle, position)) }
            backs.append(points.count - 1)
            if aisle == layout.depotAisle { depot = fronts[index] }
            edgesAt += [[Int]](repeating: [], count: inner.count + 2)
            add(sweep.aisleMoves[index], past: stops, from: fronts[index], to: backs[index])
            guard index > 0 else { continue }
            let (back, front) = sweep.crossMoves[index - 1].walks
            for _ in 0..<back { connect(backs[index - 1], backs[index]) }
            for _ in 0..<front { connect(fronts[index - 1], fronts[index]) }
        }
        walk(from: depot, sweep)
    }

    private mutating func add(_ move: PickSweep.AisleMove, past stops: [Millimetres], from front: Int, to back: Int) {
        let gap = move == .fromBothEnds ? PickSweep.largestGap(stops).after : 0
        for point in front..<back {
            let near = points[point].position, far = points[point + 1].position
            let walks = switch move {
            case .none: 0
            case .through: 1
            case .thereAndBack: 2
            case .fromFront: far <= stops[stops.count - 1] ? 2 : 0
            case .fromBack: near >= stops[0] ? 2 : 0
            case .fromBothEnds: far <= stops[gap] || near >= stops[gap + 1] ? 2 : 0
            }
            for _ in 0..<walks { connect(point, point + 1) }
        }
    }

    private mutating func connect(_ a: Int, _ b: Int) {
        edgesAt[a].append(edges.count)
        edgesAt[b].append(edges.count)
        edges.append((a, b, false))
    }

    /// Hierholzer's method: follow unwalked edges, and join the detours on the way back.
    private mutating func walk(from depot: Int, _ sweep: PickSweep) {
        var stack = [depot], circuit: [Int] = []
        while let at = stack.last {
            if let edge = edgesAt[at].popLast() {
                guard !edges[edge].walked else { continue }
                edges[edge].walked = true
                stack.append(edges[edge].a == at ? edges[edge].b : edges[edge].a)
            } else {
                circuit.append(at)
                stack.removeLast()
            }
        }
        var passed = [Bool](repeating: false, count: points.count)
        for point in circuit where !passed[point] {
            passed[point] = true
            let place = points[point]
            if sweep.places[place.aisle - sweep.aisles.lowerBound].contains(place.position) { order.append(place) }
        }
    }
}

extension PickSweep.CrossMove {
    fileprivate var walks: (back: Int, front: Int) {
        switch self {
        case .onceEach: (1, 1)
        case .backTwice: (2, 0)
        case .frontTwice: (0, 2)
        case .bothTwice: (2, 2)
        }
    }
}
