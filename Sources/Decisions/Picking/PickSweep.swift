import Kernel

/// The sweep of Ratliff and Rosenthal: aisle by aisle from the left, the cheapest set of walked edges for each
/// way in which the part walked so far can meet the rest.
struct PickSweep {
    /// How the walked part meets the two ends of the current aisle: degree odd, even or zero at back and front,
    /// and in how many pieces. The paper's (U,U,1C), (E,0,1C), (0,E,1C), (E,E,1C), (E,E,2C), (0,0,0C).
    enum State: Int, CaseIterable { case odd, back, front, both, apart, start }

    /// What is walked within an aisle.
    enum AisleMove: Int, CaseIterable { case through, fromBack, fromFront, fromBothEnds, thereAndBack, none }

    /// How often the back and the front cross aisle are walked to the next aisle.
    enum CrossMove: Int, CaseIterable { case onceEach, backTwice, frontTwice, bothTwice }

    /// Chosen for each aisle of `aisles`, and after each but the last.
    private(set) var aisleMoves: [AisleMove] = []
    private(set) var crossMoves: [CrossMove] = []
    private(set) var length = Millimetres.zero
    /// From the leftmost to the rightmost that a stop or the depot is in.
    let aisles: ClosedRange<Int>
    /// Places to pass in each of them, ascending and distinct; the depot is one.
    let places: [[Millimetres]]

    private typealias Best = (cost: Int64, from: State, aisle: AisleMove, cross: CrossMove)

    init(_ sorted: [PickStop], _ layout: PickLayout) {
        let first = min(layout.depotAisle, sorted.first?.aisle ?? layout.depotAisle)
        let last = max(layout.depotAisle, sorted.last?.aisle ?? layout.depotAisle)
        aisles = first...last
        var places = [[Millimetres]](repeating: [], count: last - first + 1)
        places[layout.depotAisle - first] = [.zero]
        for stop in sorted where places[stop.aisle - first].last != stop.position {
            places[stop.aisle - first].append(stop.position)
        }
        self.places = places
        run(layout)
    }

    private mutating func run(_ layout: PickLayout) {
        let unreached: Best = (.max, .start, .none, .bothTwice)
        var now = [Best](repeating: unreached, count: State.allCases.count)
        now[State.start.rawValue].cost = 0
        var afterAisle: [[Best]] = [], afterCross: [[Best]] = []
        for (index, stops) in places.enumerated() {
            var next = [Best](repeating: unreached, count: now.count)
            for state in State.allCases where now[state.rawValue].cost < .max {
                for move in AisleMove.allCases {
                    guard let cost = Self.cost(of: move, past: stops, layout.aisleLength) else { continue }
                    let sum = now[state.rawValue].cost + cost, to = Self.after(state, move).rawValue
                    if sum < next[to].cost { next[to] = (sum, state, move, .bothTwice) }
                }
            }
            afterAisle.append(next)
            guard index < places.count - 1 else { break }
            now = [Best](repeating: unreached, count: now.count)
            for state in State.allCases where next[state.rawValue].cost < .max {
                for move in CrossMove.allCases {
                    guard let to = Self.after(state, move) else { continue }
                    let sum = next[state.rawValue].cost + layout.aisleSpacing.rawValue * (move == .bothTwice ? 4 : 2)
                    if sum < now[to.rawValue].cost { now[to.rawValue] = (sum, state, .none, move) }
                }
            }
            afterCross.append(now)
        }
        trace(afterAisle, afterCross)
    }

    /// A closed walk in one piece touches the last aisle evenly.
    private mutating func trace(_ afterAisle: [[Best]], _ afterCross: [[Best]]) {
        var state = State.both, last = afterAisle[afterAisle.count - 1]
        for end in [State.back, .front] where last[end.rawValue].cost < last[state.rawValue].cost { state = end }
        length = Millimetres(last[state.rawValue].cost)
        for index in afterAisle.indices.reversed() {
            last = afterAisle[index]
            aisleMoves.append(last[state.rawValue].aisle)
            state = last[state.rawValue].from
            guard index > 0 else { break }
            crossMoves.append(afterCross[index - 1][state.rawValue].cross)
            state = afterCross[index - 1][state.rawValue].from
        }
        aisleMoves.reverse()
        crossMoves.reverse()
    }

    /// Nil where the move leaves a stop out, or is another move under a longer name.
    private static func cost(of move: AisleMove, past stops: [Millimetres], _ length: Millimetres) -> Int64? {
        guard let nearest = stops.first, let farthest = stops.last else {
            return switch move {
            case .none: 0
            case .through: length.rawValue
            case .thereAndBack: 2 * length.rawValue
            case .fromBack, .fromFront, .fromBothEnds: nil
            }
        }
        return switch move {
        case .none: nil
        case .through: length.rawValue
        case .thereAndBack: 2 * length.rawValue
        case .fromBack: 2 * (length - nearest).rawValue
        case .fromFront: 2 * farthest.rawValue
        case .fromBothEnds: stops.count < 2 ? nil : 2 * (length - largestGap(stops).size).rawValue
        }
    }

    /// The widest stretch between neighbouring places, and the index of the place before it.
    static func largestGap(_ stops: [Millimetres]) -> (size: Millimetres, after: Int) {
        var best = (size: Millimetres.zero, after: 0)
        for index in stops.indices.dropLast() where stops[index + 1] - stops[index] > best.size {
            best = (stops[index + 1] - stops[index], index)
        }
        return best
    }

    /// Table I of the paper.
    private static func after(_ state: State, _ move: AisleMove) -> State {
        switch (state, move) {
        case (_, .none): state
        case (.odd, .through): .both
        case (.odd, _): .odd
        case (_, .through): .odd
        case (_, .thereAndBack): .both
        case (.both, _): .both
        case (.apart, _): .apart
        case (.back, .fromBack), (.start, .fromBack): .back
        case (.front, .fromFront), (.start, .fromFront): .front
        case (.back, _), (.front, _), (.start, _): .apart
        }
    }

    /// Table II of the paper; nil where the walk could no longer be closed in one piece.
    private static func after(_ state: State, _ move: CrossMove) -> State? {
        switch (state, move) {
        case (.odd, .onceEach): .odd
        case (.back, .backTwice), (.both, .backTwice): .back
        case (.front, .frontTwice), (.both, .frontTwice): .front
        case (.both, .bothTwice): .both
        case (.back, .bothTwice), (.front, .bothTwice), (.apart, .bothTwice): .apart
        default: nil
        }
    }
}
