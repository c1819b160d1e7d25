/// The text of an SVG drawing under way. Colours and type come from the style sheet of the page, by class.
struct SVG {
    private var body = ""

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        body += "<line class=\"\(style)\" x1=\"\(f(x1))\" y1=\"\(f(y1))\" x2=\"\(f(x2))\" y2=\"\(f(y2))\"/>\n"
    }

    /// - Parameter tip: shown while the pointer rests on it.
    mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, tip: String = "") {
        let title = tip.isEmpty ? "/>" : "><title>\(Self.escaped(tip))</title></rect>"
        body += "<rect class=\"\(style)\" x=\"\(f(x))\" y=\"\(f(y))\" width=\"\(f(width))\" height=\"\(f(height))\"\(title)\n"
    }

    mutating func path(_ points: [(x: Double, y: Double)], _ style: String) {
        guard !points.isEmpty else { return }
        let steps = points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\(f($0.element.x)) \(f($0.element.y))" }
        body += "<path class=\"\(style)\" d=\"\(steps.joined(separator: " "))\"/>\n"
    }

    enum Anchor: String { case start, middle, end }

    mutating func text(_ words: String, _ x: Double, _ y: Double, _ anchor: Anchor, _ style: String, isUpright: Bool = true) {
        let turn = isUpright ? "" : " transform=\"rotate(-90 \(f(x)) \(f(y)))\""
        body += "<text class=\"\(style)\" x=\"\(f(x))\" y=\"\(f(y))\" text-anchor=\"\(anchor.rawValue)\"\(turn)>"
            + Self.escaped(words) + "</text>\n"
    }

    /// The finished drawing, which fills the width it is given.
    func drawing(width: Double, height: Double, label: String) -> String {
        "<svg viewBox=\"0 0 \(f(width)) \(f(height))\" role=\"img\" aria-label=\"\(Self.escaped(label))\">\n\(body)</svg>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// One decimal at most.
    private func f(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return sign + "\(tenths.magnitude / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths.magnitude % 10)")
    }
}
