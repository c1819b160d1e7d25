import Kernel

/// Loads a container by a beam search over blocks of boxes, each state judged by its greedy completion.
///
/// (Araya and Riff, "A beam search approach to the container loading problem", 2014.) The beam widens by half each time
/// until the budget is used up. The budget counts placements of blocks, not time, so that an answer can be repeated.
package struct ContainerLoader: Sendable {
    /// Placements of blocks to try; 20,000 to 50,000 run in a second on one core.
    package var placements: Int
    /// Blocks to choose from.
    package var blocks: Int

    package init(placements: Int = 100_000, blocks: Int = 10_000) {
        self.placements = placements
        self.blocks = blocks
    }

    package func load(_ problem: ContainerProblem) -> ContainerLoading {
        var search = BeamLoading(ContainerYard(problem, blocks: blocks), placements: placements)
        let best = search.run()
        var units: [PackedUnit] = []
        for (block, box) in best.placed { search.yard.catalogue.unfold(block, box.x0, box.y0, box.z0, into: &units) }
        return ContainerLoading(units: units, fillPPM: Int(best.volume * 1_000_000 / problem.container.volume))
    }
}

/// The beam search of `ContainerLoader`.
struct BeamLoading {
    private(set) var yard: ContainerYard
    private var placementsLeft: Int
    private var best: ContainerState

    private static let widest = 1_000

    /// A state with the volume that its greedy completion reaches.
    private struct Node {
        var state: ContainerState
        var reach: Int64
    }

    init(_ yard: ContainerYard, placements: Int) {
        self.yard = yard
        placementsLeft = placements
        best = ContainerState(yard)
    }

    mutating func run() -> ContainerState {
        let start = ContainerState(yard)
        _ = complete(start)
        var width = 2
        while placementsLeft > 0, !isFull {
            sweep(from: start, width: width)
            width = min(Self.widest, max(width + 1, width * 3 / 2))
        }
        return best
    }

    private var isFull: Bool { best.left.allSatisfy { $0 == 0 } || best.volume == yard.container.volume }

    /// One beam from the empty container to the full one.
    private mutating func sweep(from start: ContainerState, width: Int) {
        var beam = [Node(state: start, reach: best.volume)]
        while !beam.isEmpty, placementsLeft > 0, !isFull {
            var children: [Node] = []
            for node in beam { expand(node, width, into: &children) }
            beam = select(children, width)
        }
    }

    private mutating func expand(_ node: Node, _ width: Int, into children: inout [Node]) {
        var state = node.state
        let moves = state.moves(&yard, most: width)
        if moves.isEmpty { placementsLeft -= 1 }
        for (rank, move) in moves.enumerated() where placementsLeft > 0 {
            var child = state
            child.make(move, yard)
            placementsLeft -= 1
            // The greedy completion of the best child is its parent's.
            let reach = rank == 0 && !node.state.placed.isEmpty ? node.reach : complete(child)
            children.append(Node(state: child, reach: reach))
        }
    }

    /// The best `width` children; of several that reach the same volume, the first.
    private func select(_ children: [Node], _ width: Int) -> [Node] {
        let order = children.indices.sorted { a, b in
            children[a].reach != children[b].reach ? children[a].reach > children[b].reach : a < b
        }
        var chosen: [Node] = []
        for at in order where chosen.count < width && chosen.last?.reach != children[at].reach {
            chosen.append(children[at])
        }
        return chosen
    }

    /// Fills the container up with the best block for each space; keeps the result where it is the best.
    private mutating func complete(_ start: ContainerState) -> Int64 {
        var state = start
        while let move = state.moves(&yard, most: 1).first {
            state.make(move, yard)
            placementsLeft -= 1
        }
        if state.volume > best.volume { best = state }
        return state.volume
    }
}

extension BlockCatalogue {
    /// The boxes of a block whose lowest corner is at the given place.
    func unfold(_ block: Int, _ x: Int32, _ y: Int32, _ z: Int32, into units: inout [PackedUnit]) {
        switch blocks[block].shape {
        case .grid(let type, let turn, let across):
            for a in 0..<across.0 {
                for b in 0..<across.1 {
                    for c in 0..<across.2 {
                        let corner = (x + a * turn.length, y + b * turn.width, z + c * turn.height)
                        let box = Cuboid(x: corner.0, y: corner.1, z: corner.2, extent: turn)
                        units.append(PackedUnit(item: type, box: box, padding: 0))
                    }
                }
            }
        case .pair(let one, let two, let axis):
            unfold(one, x, y, z, into: &units)
            let first = blocks[one].extent
            unfold(
                two, x + (axis == 0 ? first.length : 0), y + (axis == 1 ? first.width : 0),
                z + (axis == 2 ? first.height : 0), into: &units)
        }
    }
}
