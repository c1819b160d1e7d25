import Foundation

/// Boxes that are loaded together as one: equal boxes in a grid, or two blocks side by side.
struct LoadBlock {
    enum Shape {
        /// A grid of boxes of one type in one turn.
        case grid(type: Int, turn: Extent, across: (Int32, Int32, Int32))
        /// Two blocks, the second beyond the first along an axis (0 length, 1 width, 2 height).
        case pair(Int, Int, axis: Int)
    }

    var shape: Shape
    var extent: Extent
    /// Volume of its boxes.
    var volume: Int64
    /// How many boxes of which type it takes, by rising type.
    var needs: [(type: Int, count: Int)]
    /// Its volume, less for many small boxes: what the ranking of blocks starts from.
    var worth: Double
}

/// The blocks that a container may be loaded with, the worthiest first.
struct BlockCatalogue {
    private(set) var blocks: [LoadBlock] = []
    private let quantities: [Int]
    private let container: Extent
    private var known: Set<Key> = []

    /// What makes two blocks the same to the search.
    private struct Key: Hashable {
        var extent: Extent
        var needs: [Int]
    }

    /// - Parameters:
    ///   - most: blocks to make at most, but for the single boxes; grids come first, as many of each turn, then pairs.
    ///   - leastFillPPM: the share of a pair's hull that its boxes must fill.
    init(_ problem: ContainerProblem, most: Int, leastFillPPM: Int64) {
        quantities = problem.boxes.map(\.quantity)
        container = Extent(problem.container)
        let turned = problem.boxes.enumerated().filter { $0.element.quantity > 0 }.flatMap { type, box in
            box.turns.map { (type: type, turn: $0, quantity: box.quantity) }
        }
        for box in turned { addGrids(box.type, box.turn, box.quantity, most: max(1, most / turned.count)) }
        var done = 0
        while done < blocks.count, blocks.count < most {
            let upTo = blocks.count
            addPairs(from: done, most: most, leastFillPPM: leastFillPPM)
            done = upTo
        }
        known = []
        let order = blocks.indices.sorted { (blocks[$0].worth, $1) > (blocks[$1].worth, $0) }
        var place = Array(repeating: 0, count: blocks.count)
        for (rank, block) in order.enumerated() { place[block] = rank }
        blocks = order.map { blocks[$0].renamed(place) }
    }

    private mutating func addGrids(_ type: Int, _ turn: Extent, _ quantity: Int, most: Int) {
        let (l, w, h) = (container.length / turn.length, container.width / turn.width, container.height / turn.height)
        guard l > 0, w > 0, h > 0 else { return }
        let full = blocks.count + most
        for x in 1...l {
            for y in 1...w where Int(x * y) <= quantity {
                for z in 1...h where Int(x * y * z) <= quantity && blocks.count < full {
                    let extent = Extent(length: x * turn.length, width: y * turn.width, height: z * turn.height)
                    add(.grid(type: type, turn: turn, across: (x, y, z)), extent, extent.volume, [(type, Int(x * y * z))])
                }
            }
        }
    }

    /// Joins each block from `done` on with each earlier one, along each axis.
    private mutating func addPairs(from done: Int, most: Int, leastFillPPM: Int64) {
        let extents = blocks.map(\.extent), volumes = blocks.map(\.volume)
        for two in done..<extents.count {
            for one in 0...two {
                let volume = volumes[one] + volumes[two]
                for axis in 0..<3 {
                    let extent = extents[one].joined(extents[two], axis)
                    guard extent.fits(in: container), volume * 1_000_000 >= extent.volume * leastFillPPM,
                        let needs = together(blocks[one].needs, blocks[two].needs)
                    else { continue }
                    add(.pair(one, two, axis: axis), extent, volume, needs)
                    if blocks.count >= most { return }
                }
            }
        }
    }

    /// The needs of both; nil where there are not so many boxes.
    private func together(
        _ one: [(type: Int, count: Int)], _ two: [(type: Int, count: Int)]
    ) -> [(type: Int, count: Int)]? {
        var sum = one
        for need in two {
            if let at = sum.firstIndex(where: { $0.type >= need.type }) {
                if sum[at].type == need.type { sum[at].count += need.count } else { sum.insert(need, at: at) }
            } else {
                sum.append(need)
            }
        }
        return sum.allSatisfy { $0.count <= quantities[$0.type] } ? sum : nil
    }

    private mutating func add(
        _ shape: LoadBlock.Shape, _ extent: Extent, _ volume: Int64, _ needs: [(type: Int, count: Int)]
    ) {
        guard known.insert(Key(extent: extent, needs: needs.flatMap { [$0.type, $0.count] })).inserted else { return }
        let boxes = needs.reduce(0) { $0 + $1.count }
        let worth = Double(volume) * pow(Double(boxes), -BlockRanking.crowdExponent)
        blocks.append(LoadBlock(shape: shape, extent: extent, volume: volume, needs: needs, worth: worth))
    }
}

extension LoadBlock {
    /// The same block where the blocks it is made of have new places.
    fileprivate func renamed(_ place: [Int]) -> LoadBlock {
        guard case .pair(let one, let two, let axis) = shape else { return self }
        var block = self
        block.shape = .pair(place[one], place[two], axis: axis)
        return block
    }
}

extension Extent {
    /// The hull of two boxes, one beyond the other along the axis.
    fileprivate func joined(_ other: Extent, _ axis: Int) -> Extent {
        Extent(
            length: axis == 0 ? length + other.length : max(length, other.length),
            width: axis == 1 ? width + other.width : max(width, other.width),
            height: axis == 2 ? height + other.height : max(height, other.height))
    }
}
