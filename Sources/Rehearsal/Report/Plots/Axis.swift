/// An axis from 0 to a round number above all values, with its ticks.
struct Axis {
    let top: Double
    let ticks: [Double]

    /// - Parameters:
    ///   - highest: of the values.
    ///   - count: of ticks above 0, about.
    init(upTo highest: Double, count: Int = 4) {
        let step = Self.step(highest > 0 ? highest : 1, count)
        let steps = max(1, Int((highest / step - 0.000_001).rounded(.up)))
        top = step * Double(steps)
        ticks = (0...steps).map { step * Double($0) }
    }

    /// 0 to 100 per cent.
    static let percent = Axis(upTo: 100, count: 4)

    /// 1, 2, 2.5 or 5 times a power of ten; whole from 1 on, as what is counted is whole.
    private static func step(_ highest: Double, _ count: Int) -> Double {
        let rough = highest / Double(count)
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        let factors: [Double] = power >= 10 ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10]
        return (factors.first { $0 * power >= rough } ?? 10) * power
    }
}

/// The area of a plot between its axes.
struct PlotFrame {
    let width = 640.0
    let height = 300.0
    let left = 76.0
    let right = 18.0
    let top = 26.0
    let bottom = 52.0

    var innerWidth: Double { width - left - right }
    var innerHeight: Double { height - top - bottom }
    var floor: Double { height - bottom }

    func y(_ value: Double, _ axis: Axis) -> Double { floor - value / axis.top * innerHeight }

    /// Draws the value axis with its grid, and the titles of both.
    func drawAxes(_ axis: Axis, xTitle: String, yTitle: String, unit: String = "", into svg: inout SVG) {
        for tick in axis.ticks {
            let height = y(tick, axis)
            svg.line(left, height, width - right, height, tick == 0 ? "axis" : "grid")
            svg.text(Self.label(tick) + unit, left - 8, height + 4, .end, "tick")
        }
        svg.text(xTitle, left + innerWidth / 2, height - 8, .middle, "name")
        svg.text(yTitle, 14, top + innerHeight / 2, .middle, "name", isUpright: false)
    }

    static func label(_ value: Double) -> String { Int64(value.rounded()).grouped }
}

extension Int64 {
    /// `1,234,567`.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}
