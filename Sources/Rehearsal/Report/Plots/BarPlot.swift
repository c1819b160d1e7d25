/// Upright bars side by side: a histogram, or one bar a week.
struct BarPlot {
    struct Bar {
        var label: String
        var value: Double
        var tip: String
    }

    /// A line across the bars at a place between them, counted in bars from the left edge.
    struct Marker {
        var at: Double
        var name: String
    }

    var bars: [Bar]
    var markers: [Marker] = []
    var xTitle: String
    var yTitle: String
    /// Whether labels stand at the left edge of their bars, as the bounds of a histogram do.
    var labelsAreBounds = false
    /// At the right edge of the last bar.
    var lastBound: String?
    var percent = false

    func drawn(label: String) -> String {
        var svg = SVG()
        let frame = PlotFrame()
        let axis = percent ? Axis.percent : Axis(upTo: bars.map(\.value).max() ?? 0)
        frame.drawAxes(axis, xTitle: xTitle, yTitle: yTitle, unit: percent ? " %" : "", into: &svg)
        let step = frame.innerWidth / Double(max(1, bars.count))
        let gap = min(3, step * 0.2), every = max(1, (bars.count + 13) / 14)
        for (index, bar) in bars.enumerated() {
            let x = frame.left + step * Double(index), y = frame.y(bar.value, axis)
            svg.rect(x + gap / 2, y, step - gap, frame.floor - y, "bar", tip: bar.tip)
            if index.isMultiple(of: every) {
                svg.text(bar.label, labelsAreBounds ? x : x + step / 2, frame.floor + 18, .middle, "tick")
            }
        }
        if let lastBound { svg.text(lastBound, frame.width - frame.right, frame.floor + 18, .middle, "tick") }
        draw(markers, frame, step, into: &svg)
        return svg.drawing(width: frame.width, height: frame.height, label: label)
    }

    /// Names that would run into each other stand below each other.
    private func draw(_ markers: [Marker], _ frame: PlotFrame, _ step: Double, into svg: inout SVG) {
        for (index, marker) in markers.enumerated() {
            let x = frame.left + step * min(marker.at, Double(bars.count))
            let isNearEdge = x > frame.width - 130
            svg.line(x, frame.top - 4, x, frame.floor, "marker")
            svg.text(
                marker.name, x + (isNearEdge ? -5 : 5), frame.top + 8 + 17 * Double(index), isNearEdge ? .end : .start, "note")
        }
    }
}
