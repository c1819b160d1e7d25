import Kernel

extension LabelDocument {
    /// The label as a PDF page of 4 by 6 inches, barcodes as vectors; the same label gives the same bytes.
    package func pdf(fonts: DocumentFonts = .system) throws(DocumentRefusal) -> [UInt8] {
        let layout = try LabelLayout(self)
        let canvas = try PDFCanvas(width: 288, height: 432, fonts: fonts, title: "Label \(trackingNumber)")
        let pen = LabelPen(canvas: canvas)
        for element in layout.elements { pen.draw(element) }
        return try canvas.data()
    }
}

/// Draws elements of a label, whose lengths are dots from the top, on a page in points from the bottom.
private struct LabelPen {
    /// 72 points and 203.2 dots an inch.
    private static let point = 72 / 203.2

    let canvas: PDFCanvas

    func draw(_ element: LabelElement) {
        switch element {
        case .text(let text): draw(text)
        case .bar(let x, let y, let width, let height): fill(x, y, width, height)
        case .frame(let x, let y, let width, let height, let thickness):
            fill(x, y, width, thickness)
            fill(x, y + height - thickness, width, thickness)
            fill(x, y, thickness, height)
            fill(x + width - thickness, y, thickness, height)
        case .barcode(let code, let x, let y, let module, let height):
            for bar in code.bars { fill(x + bar.lowerBound * module, y, bar.count * module, height) }
        }
    }

    private func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
        let top = 432 - Double(y) * Self.point
        canvas.fill(
            x: Double(x) * Self.point, y: top - Double(height) * Self.point, width: Double(width) * Self.point,
            height: Double(height) * Self.point)
    }

    private func draw(_ text: LabelText) {
        let room = Double(text.maxWidth) * Self.point
        var size = Double(text.size) * Self.point
        var width = canvas.width(of: text.text, size: size, bold: text.isBold)
        if width > room {
            size *= room / width
            width = room
        }
        let x = Double(text.x) * Self.point
        let left =
            switch text.align {
            case .left: x
            case .centre: x - width / 2
            case .right: x - width
            }
        canvas.setInk(text.isWhite ? 1 : 0)
        canvas.text(text.text, x: left, y: 432 - Double(text.baseline) * Self.point, size: size, bold: text.isBold)
        canvas.setInk(0)
    }
}
