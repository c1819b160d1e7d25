/// The maximal empty boxes of a container: every empty box lies within at least one of them.
///
/// Placing a box cuts each space that it meets into up to six and drops those that lie within another (Lai and
/// Chan 1997). Each placement opens a level on one stack, so that a search takes it back in O(1).
struct EmptySpaces {
    private var stack: [Cuboid] = []
    private var starts: [Int] = [0]
    /// Spaces with a side below `leastSide` or a volume below `leastVolume` hold nothing more and are dropped.
    private var leastSide: Int32 = 1
    private var leastVolume: Int64 = 1

    /// Empties the container.
    mutating func reset(_ container: Extent, leastSide: Int32, leastVolume: Int64) {
        stack.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        stack.append(Cuboid(x: 0, y: 0, z: 0, extent: container))
        starts.append(0)
        (self.leastSide, self.leastVolume) = (leastSide, leastVolume)
    }

    /// Places of the current spaces on the stack; stays the same while deeper levels come and go.
    var current: Range<Int> { starts[starts.count - 1]..<stack.count }

    subscript(place: Int) -> Cuboid { @inline(__always) get { stack[place] } }

    /// Takes the last placement back.
    mutating func undo() { stack.removeSubrange(starts.removeLast()...) }

    /// Makes the current level the only one: nothing before it can be taken back.
    mutating func forget() {
        stack.removeSubrange(..<starts[starts.count - 1])
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
    }

    /// Gives a space up as empty for good.
    mutating func drop(_ place: Int) {
        stack.swapAt(place, stack.count - 1)
        stack.removeLast()
    }

    /// Cuts `box` out, on a new level.
    mutating func place(_ box: Cuboid) {
        let old = current, next = stack.count
        stack.reserveCapacity(next + old.count + 12)
        for at in old where !stack[at].meets(box) { stack.append(stack[at]) }
        let kept = stack.count
        for at in old {
            let space = stack[at]
            if space.meets(box) { cut(space, around: box, kept: kept, from: next) }
        }
        starts.append(next)
    }

    private mutating func cut(_ space: Cuboid, around box: Cuboid, kept: Int, from next: Int) {
        var piece = space
        if box.x0 > space.x0 { piece.x1 = box.x0; add(piece, kept: kept, from: next); piece.x1 = space.x1 }
        if box.x1 < space.x1 { piece.x0 = box.x1; add(piece, kept: kept, from: next); piece.x0 = space.x0 }
        if box.y0 > space.y0 { piece.y1 = box.y0; add(piece, kept: kept, from: next); piece.y1 = space.y1 }
        if box.y1 < space.y1 { piece.y0 = box.y1; add(piece, kept: kept, from: next); piece.y0 = space.y0 }
        if box.z0 > space.z0 { piece.z1 = box.z0; add(piece, kept: kept, from: next); piece.z1 = space.z1 }
        if box.z1 < space.z1 { piece.z0 = box.z1; add(piece, kept: kept, from: next); piece.z0 = space.z0 }
    }

    /// Adds a cut piece unless it lies within a space of the level, and drops earlier pieces that lie within it.
    private mutating func add(_ piece: Cuboid, kept: Int, from next: Int) {
        let size = piece.extent
        guard min(size.length, size.width, size.height) >= leastSide, size.volume >= leastVolume else { return }
        for at in next..<stack.count where stack[at].contains(piece) { return }
        var at = kept
        while at < stack.count {
            if piece.contains(stack[at]) {
                stack.swapAt(at, stack.count - 1)
                stack.removeLast()
            } else {
                at += 1
            }
        }
        stack.append(piece)
    }
}
