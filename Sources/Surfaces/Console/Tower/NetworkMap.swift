import Facilities
import Kernel
import Views

/// The network drawn by its coordinates: sites, the ways between them, trips where they are now. It needs no tiles, so that
/// it works without any outside network; a table of the trips stands behind it.
struct NetworkMap {
    private let outlook: Outlook
    private let format: Format
    private let cards: [SiteID: SiteCard]
    private let points: [SiteID: Point]

    struct Point: Equatable {
        var x: Double
        var y: Double
    }

    private static let width = 1000.0, height = 640.0, margin = 110.0

    init(_ outlook: Outlook, _ journey: Journey, _ format: Format) {
        self.outlook = outlook
        self.format = format
        cards = Dictionary(journey.sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        points = Self.project(outlook.places)
    }

    /// Degrees as if the globe were flat around the middle of what is shown, as large as fits.
    static func project(_ places: [MapPlace]) -> [SiteID: Point] {
        let flat = places.map { place -> (SiteID, Point) in
            (place.id, Point(x: Double(place.place.longitude) / 1e6, y: -Double(place.place.latitude) / 1e6))
        }
        guard let first = flat.first?.1 else { return [:] }
        let middle = flat.map(\.1.y).reduce(0, +) / Double(flat.count)
        let narrowing = max(0.2, 1 - middle * middle / 6566 + middle * middle * middle * middle / 258_600_000)
        let xs = flat.map { $0.1.x * narrowing }, ys = flat.map(\.1.y)
        let (left, right) = (xs.min() ?? first.x, xs.max() ?? first.x), (top, bottom) = (ys.min() ?? first.y, ys.max() ?? first.y)
        let scale = min((width - 2 * margin) / max(right - left, 0.5), (height - 2 * margin) / max(bottom - top, 0.5))
        return Dictionary(
            flat.map { id, point in
                let x = (point.x * narrowing - (left + right) / 2) * scale + width / 2
                return (id, Point(x: x, y: (point.y - (top + bottom) / 2) * scale + height / 2))
            }, uniquingKeysWith: { first, _ in first })
    }

    var markup: Markup {
        let texts = format.texts
        if outlook.places.isEmpty { return Table.Empty(texts["tower.no_sites"], texts["tower.no_sites_hint"]).markup }
        let label = texts.count("tower.map_label", Int64(outlook.trips.count))
        return """
            <svg class="map" viewBox="0 0 1000 640" role="img" aria-label="\(label)">\(grid)\(ways)\(marks)\(trips)</svg>
            \(table)
            """
    }

    private var grid: Markup {
        let across = stride(from: 0.0, through: Self.width, by: 80).map { "M\(Self.text($0)) 0V640" }
        let down = stride(from: 0.0, through: Self.height, by: 80).map { "M0 \(Self.text($0))H1000" }
        return "<path class=\"graticule\" d=\"\((across + down).joined())\"/>"
    }

    private var ways: Markup {
        let busy = Set(outlook.trips.map { [$0.origin, $0.destination] })
        return outlook.ways.map { way -> Markup in
            guard let (a, b, c) = curve(way.from, way.to) else { return .blank }
            let path = "M\(Self.text(a.x)) \(Self.text(a.y))Q\(Self.text(c.x)) \(Self.text(c.y)) \(Self.text(b.x)) \(Self.text(b.y))"
            return "<path class=\"way\(busy.contains([way.from, way.to]) ? " busy" : "")\" d=\"\(path)\"/>"
        }.joined()
    }

    private var marks: Markup {
        outlook.places.map { place -> Markup in
            guard let point = points[place.id] else { return .blank }
            let work = cards[place.id]?.work, isCenter = place.kind == .fulfillmentCenter
            let size = isCenter ? 15.0 : 9.0, isRight = point.x > Self.width * 0.72
            let x = Self.text(point.x + (isRight ? -size - 9 : size + 9)), anchor = isRight ? "end" : "start"
            let open = (work?.openOrders ?? 0) + (work?.parcelsWithoutLabel ?? 0), late = work?.lateOrders ?? 0
            let note = isCenter ? format.texts.count("tower.map_open", open) : ""
            return """
                <g class="mark\(isCenter ? " center" : "")\(late > 0 ? " late" : "")">\
                <circle cx="\(Self.text(point.x))" cy="\(Self.text(point.y))" r="\(Self.text(size))"/>\
                <text class="name" x="\(x)" y="\(Self.text(point.y - 2))" text-anchor="\(anchor)">\(place.name)</text>\
                <text class="work" x="\(x)" y="\(Self.text(point.y + 19))" text-anchor="\(anchor)">\(note)</text></g>
                """
        }.joined()
    }

    private var trips: Markup {
        outlook.trips.map { trip -> Markup in
            guard let (a, b, c) = curve(trip.origin, trip.destination) else { return .blank }
            let at = Self.point(on: (a, b, c), Double(trip.progress(at: format.now)) / 1000)
            return """
                <g class="truck\(trip.arrives < format.now ? " late" : "")" transform="translate(\(Self.text(at.x)) \(Self.text(at.y)))">\
                <circle r="13"/><path d="M-7 -4h8v7h-8z M1 -1h3l3 2v2h-6z"/>\
                <title>\(name(trip.origin)) → \(name(trip.destination)): \(format.relative(trip.arrives))</title></g>
                """
        }.joined()
    }

    private var table: Markup {
        let texts = format.texts
        let rows = outlook.trips.map { trip in
            Table.Row([
                .text("\(name(trip.origin)) → \(name(trip.destination))"), .time(trip.departed),
                .due(trip.arrives, isLate: trip.arrives < format.now),
            ])
        }
        if rows.isEmpty { return "<p class=\"note\">\(texts["tower.no_trips"])</p>" }
        let table = Table(
            texts["tower.trips"], columns: [.init(texts["tower.way"]), .init(texts["tower.left"]), .init(texts["tower.arrives"])],
            rows: rows, empty: .init("", ""))
        return "<details><summary>\(texts.count("tower.trips_under_way", Int64(rows.count)))</summary>\(table.markup(format))</details>"
    }

    private func name(_ site: SiteID) -> String { outlook.places.first { $0.id == site }?.name ?? "" }

    /// Both ends and the point that bends the way to its left, so that both directions are seen.
    private func curve(_ from: SiteID, _ to: SiteID) -> (Point, Point, Point)? {
        guard let a = points[from], let b = points[to] else { return nil }
        return (a, b, Point(x: (a.x + b.x) / 2 + (b.y - a.y) * 0.13, y: (a.y + b.y) / 2 - (b.x - a.x) * 0.13))
    }

    /// On a quadratic Bézier curve.
    private static func point(on curve: (Point, Point, Point), _ t: Double) -> Point {
        let (a, b, c) = curve, s = 1 - t
        return Point(x: s * s * a.x + 2 * s * t * c.x + t * t * b.x, y: s * s * a.y + 2 * s * t * c.y + t * t * b.y)
    }

    /// One decimal.
    private static func text(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10)\(tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")"
    }
}
