/// A thing drawn on a label. Lengths are dots of 1/8 mm (203 dpi); x runs right and y down from the top left.
enum LabelElement: Hashable, Sendable {
    case text(LabelText)
    /// A filled black rectangle; also rules.
    case bar(x: Int, y: Int, width: Int, height: Int)
    /// The outline of a rectangle, drawn inwards.
    case frame(x: Int, y: Int, width: Int, height: Int, thickness: Int)
    /// The module is the width of the narrowest bar.
    case barcode(Barcode, x: Int, y: Int, module: Int, height: Int)
}

/// One line of text on a label, made smaller where it is wider than its space.
struct LabelText: Hashable, Sendable {
    enum Align: Hashable, Sendable { case left, centre, right }

    var text: String
    /// The left end, the middle or the right end, by `align`.
    var x: Int
    var baseline: Int
    /// Size of the type in dots.
    var size: Int
    var isBold = false
    /// White, for text on a black bar.
    var isWhite = false
    var align = Align.left
    var maxWidth: Int
}
