/// A drawing of numbers, made on the server, with the numbers as a table behind it.
package struct Chart: Sendable {
    package enum Kind: Sendable {
        case line
        case bars
        /// The series on top of each other.
        case stacked
    }

    package struct Series: Sendable {
        let name: String
        let values: [Double]

        package init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }
    }

    let kind: Kind
    let title: String
    let labels: [String]
    let series: [Series]
    let unit: String

    private static let width = 640.0, height = 200.0, left = 44.0, bottom = 24.0, top = 8.0

    /// - Parameters:
    ///   - labels: one a value, left to right.
    ///   - series: six at most; each as long as `labels`.
    ///   - unit: of the values, in the table's head.
    package init(_ kind: Kind, _ title: String, labels: [String], series: [Series], unit: String = "") {
        precondition(series.allSatisfy { $0.values.count == labels.count }, "each series of '\(title)' has a value for each label")
        (self.kind, self.title, self.labels, self.series, self.unit) = (kind, title, labels, series, unit)
    }

    package func markup(_ texts: Texts) -> Markup {
        """
        <figure class="chart"><figcaption>\(title)\(legend)</figcaption>
        <svg viewBox="0 0 640 200" role="img" aria-label="\(summary)">\(grid)\(drawing)\(axis)</svg>
        <details><summary>\(texts["chart.table"])</summary>\(table(texts))</details></figure>
        """
    }

    /// The highest value that the drawing shows, rounded up to 1, 2, 2.5 or 5 times a power of ten.
    private var highest: Double {
        let sums = labels.indices.map { index in
            kind == .stacked ? series.reduce(0) { $0 + $1.values[index] } : series.map { $0.values[index] }.max() ?? 0
        }
        let most = max(sums.max() ?? 0, 1)
        var power = 1.0
        while power * 10 <= most { power *= 10 }
        return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= most } ?? power * 10
    }

    private var plotHeight: Double { Self.height - Self.bottom - Self.top }
    private func x(_ index: Int) -> Double {
        let span = Self.width - Self.left
        return Self.left + (Double(index) + 0.5) * span / Double(max(1, labels.count))
    }
    private func y(_ value: Double) -> Double { Self.top + plotHeight * (1 - value / highest) }

    private var summary: String {
        series.map { "\($0.name): \(Self.text($0.values.min() ?? 0)) – \(Self.text($0.values.max() ?? 0)) \(unit)" }
            .joined(separator: "; ") + ". " + title
    }

    private var grid: Markup {
        [0, 0.5, 1].map { part -> Markup in
            let value = highest * part
            return """
                <line class="grid" x1="\(Self.left)" x2="640" y1="\(Self.text(y(value)))" y2="\(Self.text(y(value)))"/>\
                <text class="tick" x="\(Self.left - 6)" y="\(Self.text(y(value) + 4))" text-anchor="end">\(Self.text(value))</text>
                """
        }.joined()
    }

    private var axis: Markup {
        let step = max(1, (labels.count + 7) / 8)
        return labels.indices.filter { $0 % step == 0 }.map { index -> Markup in
            "<text class=\"tick\" x=\"\(Self.text(x(index)))\" y=\"194\" text-anchor=\"middle\">\(labels[index])</text>"
        }.joined()
    }

    private var drawing: Markup { kind == .line ? lines : bars }

    private var lines: Markup {
        series.enumerated().map { number, one -> Markup in
            let points = one.values.enumerated().map { "\(Self.text(x($0))),\(Self.text(y($1)))" }.joined(separator: " ")
            return "<polyline class=\"series s\(number % 6)\" points=\"\(points)\"/>"
        }.joined()
    }

    private var bars: Markup {
        let slot = (Self.width - Self.left) / Double(max(1, labels.count)), full = min(48, slot * 0.72)
        return labels.indices.map { index -> Markup in
            var base = 0.0
            return series.enumerated().map { number, one -> Markup in
                let value = one.values[index], isStacked = kind == .stacked
                let width = isStacked ? full : full / Double(series.count)
                let start = x(index) - full / 2 + (isStacked ? 0 : Double(number) * width)
                let upper = y(base + value), lower = y(base)
                if isStacked { base += value }
                return """
                    <rect class="bar s\(number % 6)" x="\(Self.text(start))" y="\(Self.text(upper))" \
                    width="\(Self.text(max(1, width - 1)))" height="\(Self.text(max(0, lower - upper)))">\
                    <title>\(labels[index]): \(one.name) \(Self.text(value)) \(unit)</title></rect>
                    """
            }.joined()
        }.joined()
    }

    private var legend: Markup {
        guard series.count > 1 else { return .blank }
        let items = series.enumerated().map { "<span class=\"key s\($0 % 6)\">\($1.name)</span>" as Markup }
        return "<span class=\"legend\">\(items)</span>"
    }

    private func table(_ texts: Texts) -> Markup {
        let head = series.map { "<th scope=\"col\" class=\"num\">\($0.name)\(unit.isEmpty ? "" : " (\(unit))")</th>" as Markup }
        let rows = labels.enumerated().map { index, label -> Markup in
            let cells = series.map { "<td class=\"num\">\(Self.text($0.values[index]))</td>" as Markup }
            return "<tr><th scope=\"row\">\(label)</th>\(cells)</tr>"
        }
        return "<table><caption class=\"hidden\">\(title)</caption><thead><tr><td></td>\(head)</tr></thead><tbody>\(rows)</tbody></table>"
    }

    /// One decimal at most.
    private static func text(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded()), whole = tenths / 10, rest = abs(tenths % 10)
        return rest == 0 ? String(whole) : "\(tenths < 0 && whole == 0 ? "-" : "")\(whole).\(rest)"
    }
}
