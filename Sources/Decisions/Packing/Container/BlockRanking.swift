/// Ranks blocks for a space: volume × (1 − loss) × contact⁴ ÷ boxes^0.2.
///
/// The formula and its constants are those of Araya, Guerrero and Nuñez, "VCS: a new heuristic function for selecting
/// boxes in the single container loading problem" (2017): *contact* is the share of the block's surface that lies within
/// 4 % of its size of a wall or a loaded block, *loss* the share of the space that no sum of box sides can use.
enum BlockRanking {
    static let crowdExponent = 0.2

    /// (1 − loss), from the sides that the block and any row of further boxes can use of the space.
    @inline(__always)
    static func use(_ block: Extent, of room: Extent, _ reach: [ReachableLengths]) -> Double {
        let length = block.length + reach[0][room.length - block.length]
        let width = block.width + reach[1][room.width - block.width]
        let height = block.height + reach[2][room.height - block.height]
        return Double(Int64(length) * Int64(width) * Int64(height)) / Double(room.volume)
    }

    /// The share of the surface of `box` that is near a wall of the container or a box of `near`.
    static func contact(_ box: Cuboid, _ container: Extent, near: [Cuboid]) -> Double {
        let (l, w, h) = (box.x1 - box.x0, box.y1 - box.y0, box.z1 - box.z0)
        let gap = (Int32(Double(l) * 0.04), Int32(Double(w) * 0.04), Int32(Double(h) * 0.04))
        let faces = (Int64(w) * Int64(h), Int64(l) * Int64(h), Int64(l) * Int64(w))
        var sum: Int64 = 0
        if box.x0 <= gap.0 { sum += faces.0 }
        if box.x1 >= container.length - gap.0 { sum += faces.0 }
        if box.y0 <= gap.1 { sum += faces.1 }
        if box.y1 >= container.width - gap.1 { sum += faces.1 }
        if box.z0 <= gap.2 { sum += faces.2 }
        if box.z1 >= container.height - gap.2 { sum += faces.2 }
        for other in near {
            let x = min(box.x1, other.x1) - max(box.x0, other.x0), y = min(box.y1, other.y1) - max(box.y0, other.y0)
            let z = min(box.z1, other.z1) - max(box.z0, other.z0)
            if x <= 0, x >= -gap.0, y > 0, z > 0 {
                sum += Int64(y) * Int64(z)
            } else if y <= 0, y >= -gap.1, x > 0, z > 0 {
                sum += Int64(x) * Int64(z)
            } else if z <= 0, z >= -gap.2, x > 0, y > 0 {
                sum += Int64(x) * Int64(y)
            }
        }
        return Double(sum) / Double(2 * (faces.0 + faces.1 + faces.2))
    }
}
