import Edges

extension Markup {
    /// A QR code as a drawing, black on white in light and dark.
    package static func picture(of code: QRCode, _ label: String) -> Markup {
        let boxes = code.boxes.map { "<rect x=\"\($0.x)\" y=\"\($0.y)\" width=\"\($0.width)\" height=\"\($0.height)\"/>" as Markup }
        let quiet = QRCode.quietModules, side = code.modules + 2 * quiet
        return """
            <svg class="qr" role="img" aria-label="\(label)" viewBox="-\(quiet) -\(quiet) \(side) \(side)">\(boxes)</svg>
            """
    }
}
