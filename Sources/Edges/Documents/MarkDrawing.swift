/// The sign of a handling mark: a frame with a picture of bars, which every printer can draw, and its words.
struct MarkDrawing {
    private(set) var elements: [LabelElement] = []

    /// Lengths in dots.
    init(_ mark: HandlingMark, x: Int, y: Int, width: Int, height: Int) {
        switch mark {
        case .fragile, .liquid:
            elements.append(.bar(x: x, y: y, width: width, height: height))
        case .thisSideUp, .limitedQuantity, .lithiumBattery:
            elements.append(.frame(x: x, y: y, width: width, height: height, thickness: 4))
        }
        switch mark {
        case .thisSideUp: arrows(x: x + 12, y: y + 8, height: height - 16)
        case .limitedQuantity: diamond(x: x + 10, y: y + 6, side: height - 12)
        default: break
        }
        let picture = Self.pictureWidth(mark), lines = mark.caption, pitch = 27
        for (index, line) in lines.enumerated() {
            let middle = y + height / 2 + (2 * index + 1 - lines.count) * pitch / 2
            elements.append(.text(LabelText(
                text: line, x: x + picture + (width - picture) / 2, baseline: middle + 9, size: lines.count > 1 ? 25 : 30,
                isBold: true, isWhite: mark == .fragile || mark == .liquid, align: .centre, maxWidth: width - picture - 12)))
        }
    }

    /// What share of a row a mark should have, in characters.
    static func share(_ mark: HandlingMark) -> Int {
        (mark.caption.map(\.count).max() ?? 0) + pictureWidth(mark) / 12 + 2
    }

    private static func pictureWidth(_ mark: HandlingMark) -> Int {
        mark == .thisSideUp || mark == .limitedQuantity ? 62 : 0
    }

    /// Two arrows over a line (ISO 780, symbol 3).
    private mutating func arrows(x: Int, y: Int, height: Int) {
        for left in [x, x + 26] {
            for row in 0..<10 {
                elements.append(.bar(x: left + 10 - row, y: y + row * 2, width: 2 * row + 2, height: 2))
            }
            elements.append(.bar(x: left + 7, y: y + 20, width: 8, height: height - 28))
        }
        elements.append(.bar(x: x, y: y + height - 4, width: 48, height: 4))
    }

    /// A square on its corner with black top and bottom corners (ADR 3.4.7).
    private mutating func diamond(x: Int, y: Int, side: Int) {
        let half = side / 2, line = 4
        for row in 0..<half {
            let reach = row + 1
            let isBlack = row < half * 2 / 5
            for top in [y + row, y + side - 1 - row] {
                if isBlack || reach <= line {
                    elements.append(.bar(x: x + half - reach, y: top, width: 2 * reach, height: 1))
                } else {
                    elements.append(.bar(x: x + half - reach, y: top, width: line, height: 1))
                    elements.append(.bar(x: x + half + reach - line, y: top, width: line, height: 1))
                }
            }
        }
    }
}
