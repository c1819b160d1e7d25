/// Refutes that boxes fit a carton, whatever their support.
///
/// Two boxes that do not overlap lie one beyond the other along some axis. The search gives every pair such an axis and
/// every box a turn, the largest boxes first. Boxes pairwise apart along one axis take at least the sum of their sides
/// on it (the clique condition of Fekete and Schepers' packing classes, 2004), and the boxes apart along an axis must
/// stand in some order in which no chain is longer than the carton. Where no choice holds, no packing exists.
struct AxisRefutation {
    private let carton: Extent
    /// Turns of each box that stand in the carton.
    private let turns: [[Extent]]
    private let kinds: [Int]
    private var taken: [Int]
    /// Per axis and box: its side in the turn taken.
    private var sides: [Int32]
    /// Per axis and box: boxes that lie before or beyond it, as bits.
    private var apart: [UInt32]
    private var starts: [Int32]
    private var stepsLeft: Int

    /// At most this many boxes.
    static let mostBoxes = 16

    /// - Parameter kinds: the kind of each box, largest first, equal kinds next to each other.
    init(_ goods: Goods, _ kinds: [Int], carton: Extent, steps: Int) {
        precondition(kinds.count <= Self.mostBoxes)
        self.kinds = kinds
        self.carton = carton
        stepsLeft = steps
        turns = kinds.map { kind in
            goods.kinds[kind].turns.map { goods.turns[$0] }.filter { $0.fits(in: carton) }
        }
        taken = Array(repeating: 0, count: kinds.count)
        starts = Array(repeating: 0, count: kinds.count)
        sides = Array(repeating: 0, count: 3 * kinds.count)
        apart = Array(repeating: 0, count: 3 * kinds.count)
    }

    /// True where no packing exists; nil where the steps ran out; false where the conditions allow one.
    mutating func refutes() -> Bool? {
        let allowed = turn(box: 0)
        return stepsLeft < 0 ? nil : !allowed
    }

    /// Steps not used.
    var remainingSteps: Int { max(0, stepsLeft) }

    /// Of equal boxes, the later never takes an earlier turn. Running out of steps counts as allowed.
    private mutating func turn(box: Int) -> Bool {
        guard box < kinds.count else { return true }
        let first = box > 0 && kinds[box] == kinds[box - 1] ? taken[box - 1] : 0
        for turn in first..<max(first, turns[box].count) {
            take(turn, of: box)
            if separate(box, from: 0) || stepsLeft < 0 { return true }
        }
        return false
    }

    /// Gives the pairs of `box` with the boxes `other...` before it their axes.
    private mutating func separate(_ box: Int, from other: Int) -> Bool {
        guard other < box else { return (0..<3).allSatisfy { hasOrder($0, of: box) } && turn(box: box + 1) }
        for axis in 0..<3 {
            stepsLeft -= 1
            if stepsLeft < 0 { return true }
            let common = apart[axis * kinds.count + box] & apart[axis * kinds.count + other]
            let room = limit(axis) - side(box, axis) - side(other, axis)
            guard room >= 0, clique(common, axis) <= room else { continue }
            apart[axis * kinds.count + box] |= 1 << UInt32(other)
            apart[axis * kinds.count + other] |= 1 << UInt32(box)
            let allowed = separate(box, from: other + 1)
            apart[axis * kinds.count + box] &= ~(1 << UInt32(other))
            apart[axis * kinds.count + other] &= ~(1 << UInt32(box))
            if allowed { return true }
        }
        return false
    }

    /// The greatest sum of sides of boxes of `boxes` that are pairwise apart along the axis.
    private func clique(_ boxes: UInt32, _ axis: Int) -> Int32 {
        var rest = boxes, most: Int32 = 0
        while rest != 0 {
            let box = rest.trailingZeroBitCount
            rest &= rest - 1
            most = max(most, side(box, axis) + clique(rest & apart[axis * kinds.count + box], axis))
        }
        return most
    }

    @inline(__always)
    private func side(_ box: Int, _ axis: Int) -> Int32 { sides[axis * kinds.count + box] }

    private mutating func take(_ turn: Int, of box: Int) {
        taken[box] = turn
        let size = turns[box][turn]
        sides[box] = size.length
        sides[kinds.count + box] = size.width
        sides[2 * kinds.count + box] = size.height
    }

    @inline(__always)
    private func limit(_ axis: Int) -> Int32 {
        axis == 0 ? carton.length : axis == 1 ? carton.width : carton.height
    }
}

extension AxisRefutation {
    /// Whether the boxes tied to `box` along the axis can stand in an order that the carton is long enough for.
    ///
    /// Up to four boxes always can when their cliques fit: every graph of four nodes is a comparability graph.
    private mutating func hasOrder(_ axis: Int, of box: Int) -> Bool {
        var group: UInt32 = 1 << UInt32(box), open = group
        while open != 0 {
            let next = apart[axis * kinds.count + open.trailingZeroBitCount] & ~group
            open = open & (open - 1) | next
            group |= next
        }
        return group.nonzeroBitCount < 5 || order(group, after: 0, axis, from: 0)
    }

    /// Places the boxes of `left` by rising start, each as early as its ties to those placed allow.
    private mutating func order(_ left: UInt32, after placed: UInt32, _ axis: Int, from last: Int32) -> Bool {
        if left == 0 { return true }
        stepsLeft -= 1
        if stepsLeft < 0 { return true }
        var ready: UInt32 = 0, rest = left
        while rest != 0 {
            let box = rest.trailingZeroBitCount
            rest &= rest - 1
            let ties = apart[axis * kinds.count + box]
            let start = end(of: ties & placed, axis)
            guard start + side(box, axis) <= limit(axis) else { return false }
            starts[box] = start
            if start >= last { ready |= 1 << UInt32(box) } else if ties & left == 0 { return false }
        }
        while ready != 0 {
            let box = ready.trailingZeroBitCount, bit: UInt32 = 1 << UInt32(box)
            ready &= ready - 1
            let start = end(of: apart[axis * kinds.count + box] & placed, axis)
            starts[box] = start
            if order(left & ~bit, after: placed | bit, axis, from: start) { return true }
        }
        return false
    }

    /// Where the last of `boxes`, all placed, ends.
    private func end(of boxes: UInt32, _ axis: Int) -> Int32 {
        var rest = boxes, most: Int32 = 0
        while rest != 0 {
            let box = rest.trailingZeroBitCount
            rest &= rest - 1
            most = max(most, starts[box] + side(box, axis))
        }
        return most
    }
}
