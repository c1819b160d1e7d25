import Kernel

/// Where everything stands on the label: one layout for every printer language.
///
/// The barcode of the SSCC follows the GS1 Logistic Label Guideline: bars 32 mm high, a module of 0.5 mm (0.495 to
/// 1.016 mm are allowed), at the foot of the label, its text in the form (00)….
struct LabelLayout {
    /// 101.5 by 152.25 mm in dots.
    static let width = 812
    static let height = 1218
    private static let margin = 20
    private static let inner = width - 2 * margin

    private(set) var elements: [LabelElement] = []

    init(_ label: LabelDocument) throws(DocumentRefusal) {
        try label.check()
        sender(label)
        service(label)
        recipient(label)
        routing(label)
        marks(label.marks)
        try tracking(label)
        try unit(label)
    }

    // MARK: Bands, top to bottom

    private mutating func sender(_ label: LabelDocument) {
        caption("FROM", x: Self.margin, top: 14)
        for (index, line) in label.shipFrom.enumerated() {
            text(line, x: Self.margin, baseline: 62 + index * 30, size: 24, maxWidth: 440)
        }
    }

    private mutating func service(_ label: LabelDocument) {
        let x = 480, width = Self.width - Self.margin - 480
        elements.append(.bar(x: x, y: 16, width: width, height: 72))
        text(
            label.service, x: x + width / 2, baseline: 66, size: 40, bold: true, white: true, align: .centre,
            maxWidth: width - 24)
        let thousandths = String(label.weight.rawValue % 1000 + 1000).dropFirst()
        let kilograms = "\(label.weight.rawValue / 1000).\(thousandths) kg"
        for (row, (name, value)) in [
            ("CARRIER", label.carrier), ("WEIGHT", kilograms), ("PIECE", "\(label.piece) of \(label.pieces)"),
            ("DATE", label.date.description),
        ].enumerated() where !value.isEmpty {
            caption(name, x: x, top: 100 + row * 26)
            text(
                value, x: Self.width - Self.margin, baseline: 118 + row * 26, size: 22, bold: true, align: .right,
                maxWidth: width - 110)
        }
    }

    private mutating func recipient(_ label: LabelDocument) {
        rule(212)
        caption("SHIP TO", x: Self.margin, top: 224)
        let pitch = min(44, 236 / max(label.shipTo.count, 1))
        for (index, line) in label.shipTo.enumerated() {
            text(
                line, x: Self.margin + 40, baseline: 286 + index * pitch, size: pitch - (index == 0 ? 4 : 8), bold: index == 0,
                maxWidth: Self.inner - 40)
        }
    }

    private mutating func routing(_ label: LabelDocument) {
        rule(492)
        let split = label.routingCode.isEmpty ? Self.margin : 470
        if !label.routingCode.isEmpty {
            text(label.routingCode, x: Self.margin, baseline: 584, size: 92, bold: true, maxWidth: split - 50)
            elements.append(.bar(x: split - 16, y: 492, width: 3, height: 112))
        }
        let facts = [("ORDER", label.orderReference), ("ZONE", label.zone)].filter { !$0.1.isEmpty }
        for (row, (name, value)) in facts.enumerated() {
            caption(name, x: split, top: 506 + row * 46)
            let x = split + 84
            text(value, x: x, baseline: 530 + row * 46, size: 30, bold: true, maxWidth: Self.width - Self.margin - x)
        }
    }

    private mutating func marks(_ marks: [HandlingMark]) {
        rule(604)
        guard !marks.isEmpty else { return }
        let gap = 10, room = Self.inner - gap * (marks.count - 1)
        let widths = Money.split(Int64(room), by: marks.map { Int64(MarkDrawing.share($0)) })
        var x = Self.margin
        for (mark, width) in zip(marks, widths) {
            elements += MarkDrawing(mark, x: x, y: 614, width: Int(width), height: 62).elements
            x += Int(width) + gap
        }
    }

    private mutating func tracking(_ label: LabelDocument) throws(DocumentRefusal) {
        rule(686)
        caption("TRACKING NUMBER", x: Self.margin, top: 694)
        let code = try Barcode.code128(label.trackingNumber)
        try barcode(code, modules: [4, 3, 2], top: 720, height: 104)
        written(grouped(label.trackingNumber), baseline: 856)
    }

    private mutating func unit(_ label: LabelDocument) throws(DocumentRefusal) {
        rule(872)
        caption("SSCC", x: Self.margin, top: 880)
        let code = try Barcode.sscc(label.sscc)
        try barcode(code, modules: [4], top: 906, height: 256)
        written("(00) \(label.sscc)", baseline: 1198)
    }

    // MARK: Parts

    private mutating func text(
        _ text: String, x: Int, baseline: Int, size: Int, bold: Bool = false, white: Bool = false,
        align: LabelText.Align = .left, maxWidth: Int
    ) {
        let line = PrintableText.line(text)
        guard !line.isEmpty else { return }
        elements.append(.text(LabelText(
            text: line, x: x, baseline: baseline, size: size, isBold: bold, isWhite: white, align: align, maxWidth: maxWidth)))
    }

    /// What a barcode says, below it.
    private mutating func written(_ data: String, baseline: Int) {
        text(data, x: Self.width / 2, baseline: baseline, size: 31, bold: true, align: .centre, maxWidth: Self.inner)
    }

    private mutating func caption(_ words: String, x: Int, top: Int) {
        text(words, x: x, baseline: top + 17, size: 17, maxWidth: 300)
    }

    private mutating func rule(_ y: Int) {
        elements.append(.bar(x: Self.margin - 4, y: y, width: Self.inner + 8, height: 3))
    }

    /// The widest of the modules with which the bars and their quiet zones fit, centred.
    private mutating func barcode(_ code: Barcode, modules: [Int], top: Int, height: Int) throws(DocumentRefusal) {
        guard let module = modules.first(where: { (code.modules + 2 * Barcode.quietModules) * $0 <= Self.width }) else {
            throw .barcodeTooWide(data: code.data)
        }
        let x = (Self.width - code.modules * module) / 2
        elements.append(.barcode(code, x: x, y: top, module: module, height: height))
    }

    /// In fours, for reading aloud.
    private func grouped(_ number: String) -> String {
        number.enumerated().map { ($0.offset > 0 && $0.offset.isMultiple(of: 4) ? " " : "") + String($0.element) }.joined()
    }
}
