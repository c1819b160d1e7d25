/// Lying bars, one a name, with the number and its share at their ends.
struct RankPlot {
    var rows: [NamedCount]

    func drawn(label: String) -> String {
        var svg = SVG()
        let width = 640.0, right = 120.0, step = 34.0
        // About as wide as the longest name, at 13 px.
        let left = min(300, 24 + 7 * Double(rows.map(\.name.count).max() ?? 0))
        let all = rows.reduce(0) { $0 + $1.count }
        let most = max(1, rows.map(\.count).max() ?? 1)
        for (index, row) in rows.enumerated() {
            let y = 10 + step * Double(index)
            let length = (width - left - right) * Double(row.count) / Double(most)
            svg.text(row.name, left - 10, y + 16, .end, "tick")
            svg.rect(left, y, max(length, row.count > 0 ? 1.5 : 0), 22, "bar", tip: "\(row.name): \(row.count.grouped)")
            svg.text("\(row.count.grouped) · \(Percent(row.count, of: all))", left + length + 8, y + 16, .start, "note")
        }
        return svg.drawing(width: width, height: 14 + step * Double(rows.count), label: label)
    }
}

/// A share in per cent with one decimal: `93.4 %`; a dash of nothing.
struct Percent: CustomStringConvertible {
    let description: String

    init(ppm: Int64?) { description = ppm.map { "\($0 / 10_000).\($0 / 1000 % 10) %" } ?? "–" }
    init(_ part: Int64, of whole: Int64) { self.init(ppm: perMillion(part, of: whole)) }
}
