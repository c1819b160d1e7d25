/// A container while it is being loaded with blocks.
struct ContainerState {
    private(set) var spaces = EmptySpaces()
    private(set) var placed: [(block: Int, box: Cuboid)] = []
    /// Boxes left of each type.
    private(set) var left: [Int32]
    private(set) var volume: Int64 = 0
    /// Blocks whose boxes are all left, the worthiest first.
    private var open: [Int32]
    private var nearby: [Cuboid] = []

    /// A block at a place, and how the ranking values it.
    struct Move {
        var block: Int
        var box: Cuboid
        var value: Double
    }

    init(_ yard: ContainerYard) {
        left = yard.quantities
        open = yard.catalogue.blocks.indices.map { Int32($0) }
        spaces.reset(yard.container, leastSide: yard.leastSide, leastVolume: yard.leastVolume)
    }

    /// The best `most` blocks for the space nearest to a corner of the container, best first; none where it is full.
    /// Spaces that hold nothing are given up on the way.
    mutating func moves(_ yard: inout ContainerYard, most: Int) -> [Move] {
        yard.measureReach(left)
        while let place = nextSpace(yard.container) {
            let found = ranked(spaces[place], yard, most)
            if !found.isEmpty { return found }
            spaces.drop(place)
        }
        return []
    }

    mutating func make(_ move: Move, _ yard: ContainerYard) {
        spaces.place(move.box)
        spaces.forget()
        placed.append((move.block, move.box))
        let block = yard.catalogue.blocks[move.block]
        volume += block.volume
        for need in block.needs { left[need.type] -= Int32(need.count) }
        let left = left
        open.removeAll { !yard.allows(Int($0), left) }
    }

    /// The space whose outermost corner is nearest to a corner of the container; of equally near ones the largest.
    private func nextSpace(_ container: Extent) -> Int? {
        var best: Int?, least = Int32.max, most: Int64 = 0
        for place in spaces.current {
            let space = spaces[place]
            let away = min(space.x0, container.length - space.x1) + min(space.y0, container.width - space.y1)
                + min(space.z0, container.height - space.z1)
            let volume = space.extent.volume
            if away < least || away == least && volume > most { (best, least, most) = (place, away, volume) }
        }
        return best
    }

    private mutating func ranked(_ space: Cuboid, _ yard: ContainerYard, _ most: Int) -> [Move] {
        let room = space.extent, corner = space.outerCorner(in: yard.container)
        collectNearby(space)
        var best: [Move] = []
        best.reserveCapacity(min(most, 32) + 1)
        var bar = 0.0
        for block in open {
            let worth = yard.worths[Int(block)]
            guard worth > bar else { break }
            let extent = yard.extents[Int(block)]
            guard extent.fits(in: room) else { continue }
            let capped = worth * BlockRanking.use(extent, of: room, yard.reach)
            guard capped > bar else { continue }
            let box = space.place(extent, corner)
            let contact = BlockRanking.contact(box, yard.container, near: nearby)
            let value = capped * contact * contact * contact * contact
            guard value > bar else { continue }
            let at = best.firstIndex { $0.value < value } ?? best.count
            best.insert(Move(block: Int(block), box: box, value: value), at: at)
            if best.count > most { best.removeLast() }
            if best.count == most { bar = best[most - 1].value }
        }
        return best
    }

    /// Loaded blocks that a block in the space could be near to.
    private mutating func collectNearby(_ space: Cuboid) {
        let size = space.extent
        let (l, w, h) = (size.length / 25, size.width / 25, size.height / 25)
        nearby.removeAll(keepingCapacity: true)
        for (_, box) in placed
        where box.x0 <= space.x1 + l && box.x1 >= space.x0 - l && box.y0 <= space.y1 + w && box.y1 >= space.y0 - w
            && box.z0 <= space.z1 + h && box.z1 >= space.z0 - h {
            nearby.append(box)
        }
    }
}

extension Cuboid {
    /// For each axis whether the far side of the space is nearer to a wall than the near side.
    fileprivate func outerCorner(in container: Extent) -> (Bool, Bool, Bool) {
        (container.length - x1 < x0, container.width - y1 < y0, container.height - z1 < z0)
    }

    /// A box of this size in the given corner of the space.
    @inline(__always)
    fileprivate func place(_ extent: Extent, _ corner: (Bool, Bool, Bool)) -> Cuboid {
        Cuboid(
            x: corner.0 ? x1 - extent.length : x0, y: corner.1 ? y1 - extent.width : y0,
            z: corner.2 ? z1 - extent.height : z0, extent: extent)
    }
}
