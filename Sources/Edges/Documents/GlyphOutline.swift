/// The closed curves of a glyph, in units of the em, y up.
struct GlyphOutline: Sendable {
    struct Point: Hashable, Sendable {
        var x: Double
        var y: Double

        /// Two thirds of the way: the cubic control point that a quadratic one stands for.
        func towards(_ control: Point) -> Point {
            Point(x: x + (control.x - x) * 2 / 3, y: y + (control.y - y) * 2 / 3)
        }

        func midpoint(_ other: Point) -> Point { Point(x: (x + other.x) / 2, y: (y + other.y) / 2) }
    }

    /// A quadratic Bézier curve; a straight line has its control point in the middle.
    struct Curve: Hashable, Sendable {
        var control: Point
        var end: Point
    }

    struct Contour: Hashable, Sendable {
        var start: Point
        var curves: [Curve]
    }

    private(set) var contours: [Contour] = []

    /// Parts of parts beyond this depth are left out: a font that refers to itself must not run for ever.
    private static let depth = 6

    init(_ glyph: Int, in font: TrueTypeFont, file: FontFile) {
        add(glyph, in: font, file: file, depth: Self.depth, place: Placement())
    }

    private mutating func add(_ glyph: Int, in font: TrueTypeFont, file: FontFile, depth: Int, place: Placement) {
        guard depth > 0, let at = font.description(glyph), let count = file.i16(at) else { return }
        if count >= 0 {
            addSimple(at: at + 10, contours: count, file: file, place: place)
            return
        }
        var part = at + 10
        while let component = Component(file, at: part) {
            add(component.glyph, in: font, file: file, depth: depth - 1, place: place.containing(component.place))
            guard let next = component.next else { return }
            part = next
        }
    }

    private mutating func addSimple(at: Int, contours count: Int, file: FontFile, place: Placement) {
        let ends = (0..<count).compactMap { file.u16(at + $0 * 2) }
        guard ends.count == count, let last = ends.last, let hints = file.u16(at + count * 2),
            let points = points(last + 1, at: at + count * 2 + 2 + hints, file: file)
        else { return }
        var first = 0
        for end in ends where end >= first && end < points.count {
            contours.append(contour(points[first...end].map { (place.apply($0.point), $0.isOn) }))
            first = end + 1
        }
    }

    /// Between two control points lies an end point, in their middle.
    private func contour(_ points: [(point: Point, isOn: Bool)]) -> Contour {
        let firstOn = points.firstIndex { $0.isOn }
        let start = firstOn.map { points[$0].point } ?? points[0].point.midpoint(points[points.count - 1].point)
        let shift = firstOn.map { $0 + 1 } ?? 0
        let order = (0..<points.count - (firstOn == nil ? 0 : 1)).map { points[($0 + shift) % points.count] }
        var curves: [Curve] = [], here = start, control: Point?
        for (point, isOn) in order + [(start, true)] {
            let end = isOn ? point : control.map { $0.midpoint(point) }
            if let end {
                curves.append(Curve(control: control ?? here.midpoint(end), end: end))
                here = end
            }
            control = isOn ? nil : point
        }
        return Contour(start: start, curves: curves)
    }

    private func points(_ count: Int, at: Int, file: FontFile) -> [(point: Point, isOn: Bool)]? {
        var at = at, flags: [Int] = []
        while flags.count < count {
            guard let flag = file.u8(at), let times = flag & 8 == 0 ? 0 : file.u8(at + 1) else { return nil }
            flags += [Int](repeating: flag, count: times + 1)
            at += flag & 8 == 0 ? 1 : 2
        }
        flags.removeLast(flags.count - count)
        guard let xs = axis(flags, short: 2, same: 16, at: &at, file: file),
            let ys = axis(flags, short: 4, same: 32, at: &at, file: file)
        else { return nil }
        return (0..<count).map { (Point(x: Double(xs[$0]), y: Double(ys[$0])), flags[$0] & 1 == 1) }
    }

    private func axis(_ flags: [Int], short: Int, same: Int, at: inout Int, file: FontFile) -> [Int]? {
        var value = 0, out: [Int] = []
        for flag in flags {
            if flag & short != 0 {
                guard let step = file.u8(at) else { return nil }
                value += flag & same != 0 ? step : -step
                at += 1
            } else if flag & same == 0 {
                guard let step = file.i16(at) else { return nil }
                value += step
                at += 2
            }
            out.append(value)
        }
        return out
    }
}

/// Where a part of a composed glyph stands: x' = a x + c y + e, y' = b x + d y + f.
private struct Placement {
    var a = 1.0, b = 0.0, c = 0.0, d = 1.0, e = 0.0, f = 0.0

    func apply(_ point: GlyphOutline.Point) -> GlyphOutline.Point {
        .init(x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f)
    }

    /// The placement of a part's part.
    func containing(_ inner: Placement) -> Placement {
        let origin = apply(.init(x: inner.e, y: inner.f))
        return Placement(
            a: a * inner.a + c * inner.b, b: b * inner.a + d * inner.b, c: a * inner.c + c * inner.d,
            d: b * inner.c + d * inner.d, e: origin.x, f: origin.y)
    }
}

/// One part of a composed glyph. Parts placed by matching points, which hardly any font has, stand at the origin.
private struct Component {
    let glyph: Int
    let place: Placement
    /// Where the next part is described.
    let next: Int?

    init?(_ file: FontFile, at start: Int) {
        guard let flags = file.u16(start), let glyph = file.u16(start + 2) else { return nil }
        var at = start + 4, place = Placement()
        let isWords = flags & 1 != 0
        guard let x = isWords ? file.i16(at) : file.i8(at), let y = isWords ? file.i16(at + 2) : file.i8(at + 1) else {
            return nil
        }
        if flags & 2 != 0 { (place.e, place.f) = (Double(x), Double(y)) }
        at += isWords ? 4 : 2
        let count = flags & 8 != 0 ? 1 : flags & 0x40 != 0 ? 2 : flags & 0x80 != 0 ? 4 : 0
        let scales = (0..<count).compactMap { file.i16(at + $0 * 2).map { Double($0) / 16384 } }
        guard scales.count == count else { return nil }
        switch count {
        case 1: (place.a, place.d) = (scales[0], scales[0])
        case 2: (place.a, place.d) = (scales[0], scales[1])
        case 4: (place.a, place.b, place.c, place.d) = (scales[0], scales[1], scales[2], scales[3])
        default: break
        }
        self.glyph = glyph
        self.place = place
        next = flags & 0x20 != 0 ? at + count * 2 : nil
    }
}
