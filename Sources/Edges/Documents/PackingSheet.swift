import Kernel

/// Draws a packing slip, breaking pages. Lengths are points.
struct PackingSheet {
    private static let margin = 22.0
    private static let size = 9.0
    private static let leading = 12.0
    private static let foot = 34.0

    let slip: PackingSlip
    let canvas: PDFCanvas
    let width: Double
    let height: Double
    private var y = 0.0
    private var page = 1

    private var right: Double { width - Self.margin }
    private var nameLeft: Double { Self.margin + max(74, width * 0.2) }
    private var nameWidth: Double { right - 34 - nameLeft }

    init(slip: PackingSlip, canvas: PDFCanvas, width: Double, height: Double) {
        self.slip = slip
        self.canvas = canvas
        self.width = width
        self.height = height
    }

    mutating func draw() {
        heading()
        columns()
        for line in slip.lines { draw(line) }
        total()
        message()
        footer()
    }

    // MARK: Parts

    private mutating func heading() {
        y = height - Self.margin - 14
        fitted(slip.merchant, x: Self.margin, size: 15, bold: true, room: width - 2 * Self.margin)
        y -= 17
        fitted("Order \(slip.orderNumber)", x: Self.margin, size: 10, bold: true, room: width * 0.55)
        rightAligned("Parcel \(slip.parcel) of \(slip.parcels)", size: 10, bold: true)
        y -= 13
        fitted("Packed \(slip.date)", x: Self.margin, size: 8, room: width * 0.5)
        y -= 8
        rule(1)
    }

    private mutating func columns() {
        y -= 12
        canvas.text("SKU", x: Self.margin, y: y, size: 7)
        canvas.text("ITEM", x: nameLeft, y: y, size: 7)
        rightAligned("QTY", size: 7)
        y -= 5
        rule(0.4)
    }

    private mutating func draw(_ line: PackingSlip.Line) {
        let name = wrapped(line.name, room: nameWidth, limit: 4)
        need(Double(max(name.count, 1)) * Self.leading + 4)
        y -= Self.leading
        fitted(line.sku, x: Self.margin, size: Self.size, room: nameLeft - Self.margin - 6)
        rightAligned(String(line.quantity.rawValue), size: Self.size, bold: true)
        for (index, text) in name.enumerated() {
            if index > 0 { y -= Self.leading }
            canvas.text(text, x: nameLeft, y: y, size: Self.size)
        }
        y -= 4
        rule(0.2)
    }

    private mutating func total() {
        need(Self.leading + 4)
        y -= Self.leading + 2
        let pieces = slip.lines.reduce(Quantity.zero) { $0 + $1.quantity }
        rightAligned("Total pieces \(pieces)", size: Self.size, bold: true)
    }

    private mutating func message() {
        y -= 8
        for paragraph in slip.message.split(whereSeparator: \.isNewline) {
            for text in wrapped(String(paragraph), room: width - 2 * Self.margin, limit: 60) {
                need(Self.leading, withColumns: false)
                y -= Self.leading
                canvas.text(text, x: Self.margin, y: y, size: Self.size)
            }
            y -= 4
        }
    }

    private func footer() {
        let text = "Page \(page)"
        canvas.text(text, x: right - canvas.width(of: text, size: 7), y: Self.margin - 4, size: 7)
    }

    // MARK: Means

    /// Begins a new page where there is less room than this above the foot.
    private mutating func need(_ room: Double, withColumns: Bool = true) {
        guard y - room < Self.foot else { return }
        footer()
        canvas.addPage()
        page += 1
        heading()
        if withColumns { columns() }
    }

    private func rule(_ thickness: Double) {
        canvas.fill(x: Self.margin, y: y, width: width - 2 * Self.margin, height: thickness)
    }

    /// One line, made smaller where it is wider than its room.
    private func fitted(_ text: String, x: Double, size: Double, bold: Bool = false, room: Double) {
        let line = PrintableText.line(text)
        let wide = canvas.width(of: line, size: size, bold: bold)
        canvas.text(line, x: x, y: y, size: wide > room ? size * room / wide : size, bold: bold)
    }

    private func rightAligned(_ text: String, size: Double, bold: Bool = false) {
        canvas.text(text, x: right - canvas.width(of: text, size: size, bold: bold), y: y, size: size, bold: bold)
    }

    /// Lines that fit the room, broken at spaces, or within a word that alone is too wide; what is over the limit is cut.
    private func wrapped(_ text: String, room: Double, limit: Int) -> [String] {
        var lines: [String] = [], line = ""
        for word in PrintableText.line(text).split(separator: " ") {
            let joined = line.isEmpty ? String(word) : line + " " + word
            if canvas.width(of: joined, size: Self.size) <= room {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for character in word {
                if canvas.width(of: line + String(character), size: Self.size) > room, !line.isEmpty {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.count <= limit ? lines : Array(lines.prefix(limit - 1)) + [lines[limit - 1] + "…"]
    }
}
