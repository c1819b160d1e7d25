/// Lines over days, one a series, with a legend.
struct LinePlot {
    struct Series {
        var name: String
        /// By place on the axis below, from 0.
        var points: [(x: Int, y: Double)]
    }

    var series: [Series]
    /// Of the places on the axis below, in order.
    var labels: [String]
    var xTitle: String
    var yTitle: String

    /// How many lines have a colour of their own; later ones begin again, dashed.
    static let colours = 6

    func drawn(label: String) -> String {
        var svg = SVG()
        let frame = PlotFrame()
        let axis = Axis(upTo: series.flatMap { $0.points.map(\.y) }.max() ?? 0)
        frame.drawAxes(axis, xTitle: xTitle, yTitle: yTitle, into: &svg)
        let step = frame.innerWidth / Double(max(1, labels.count - 1)), every = max(1, (labels.count + 7) / 8)
        for (index, text) in labels.enumerated() where index.isMultiple(of: every) {
            svg.text(text, frame.left + step * Double(index), frame.floor + 18, .middle, "tick")
        }
        for (index, one) in series.enumerated() {
            svg.path(one.points.map { (frame.left + step * Double($0.x), frame.y($0.y, axis)) }, Self.style(index))
        }
        return svg.drawing(width: frame.width, height: frame.height, label: label)
    }

    /// The classes of a line and of its mark in the legend.
    static func style(_ index: Int) -> String {
        "line c\(index % colours)" + (index / colours % 2 == 0 ? "" : " dashed")
    }
}
