/// The size of an axis-parallel box in millimetres, small and flat for the searches.
struct Extent: Hashable, Sendable {
    var length: Int32
    var width: Int32
    var height: Int32

    /// The longest side that the searches take; a longer one is clamped to it (a kilometre holds every carton).
    static let longest: Int64 = 1_000_000

    var volume: Int64 { Int64(length) * Int64(width) * Int64(height) }

    @inline(__always)
    func fits(in other: Extent) -> Bool { length <= other.length && width <= other.width && height <= other.height }

    /// The different ways to stand in a carton: six of a free box, two where the height stays vertical.
    func orientations(thisSideUp: Bool) -> [Extent] {
        let (l, w, h) = (length, width, height)
        let upright = [Extent(length: l, width: w, height: h), Extent(length: w, width: l, height: h)]
        let tipped = [
            Extent(length: l, width: h, height: w), Extent(length: h, width: l, height: w),
            Extent(length: w, width: h, height: l), Extent(length: h, width: w, height: l),
        ]
        var different: [Extent] = []
        for extent in thisSideUp ? upright : upright + tipped where !different.contains(extent) {
            different.append(extent)
        }
        return different
    }
}

/// A box in a container by its lowest and highest corner: an empty space, or a unit that lies there.
struct Cuboid: Hashable, Sendable {
    var x0: Int32
    var y0: Int32
    var z0: Int32
    var x1: Int32
    var y1: Int32
    var z1: Int32

    init(x: Int32, y: Int32, z: Int32, extent: Extent) {
        (x0, y0, z0) = (x, y, z)
        (x1, y1, z1) = (x + extent.length, y + extent.width, z + extent.height)
    }

    var extent: Extent { Extent(length: x1 - x0, width: y1 - y0, height: z1 - z0) }

    @inline(__always)
    func meets(_ other: Cuboid) -> Bool {
        x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1 && z0 < other.z1 && other.z0 < z1
    }

    @inline(__always)
    func contains(_ other: Cuboid) -> Bool {
        x0 <= other.x0 && other.x1 <= x1 && y0 <= other.y0 && other.y1 <= y1 && z0 <= other.z0 && other.z1 <= z1
    }

    /// Square millimetres that the bases of two boxes share, seen from above.
    @inline(__always)
    func sharedBase(_ other: Cuboid) -> Int64 {
        let length = min(x1, other.x1) - max(x0, other.x0), width = min(y1, other.y1) - max(y0, other.y0)
        return length > 0 && width > 0 ? Int64(length) * Int64(width) : 0
    }
}
