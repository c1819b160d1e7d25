import Kernel

extension LabelDocument {
    /// The label in ZPL II for a 203 dpi printer: pure ASCII, other characters as UTF-8 in hexadecimal (`^CI28`, `^FH`).
    package func zpl() throws(DocumentRefusal) -> String {
        let layout = try LabelLayout(self)
        var out = "^XA\n^CI28\n^PW\(LabelLayout.width)\n^LL\(LabelLayout.height)\n^LH0,0\n"
        for element in layout.elements { out += ZPL.field(element) + "\n" }
        return out + "^PQ1\n^XZ\n"
    }
}

/// Writes single fields of ZPL II.
enum ZPL {
    static func field(_ element: LabelElement) -> String {
        switch element {
        case .text(let text): self.text(text)
        case .bar(let x, let y, let width, let height):
            "^FO\(x),\(y)^GB\(width),\(height),\(min(width, height))^FS"
        case .frame(let x, let y, let width, let height, let thickness):
            "^FO\(x),\(y)^GB\(width),\(height),\(thickness)^FS"
        case .barcode(let code, let x, let y, let module, let height):
            "^FO\(x),\(y)^BY\(module)^BCN,\(height),N,N,N,\(mode(code))^FD\(data(code))^FS"
        }
    }

    /// N: the data chooses subsets itself; A: the printer packs as it sees fit.
    private static func mode(_ code: Barcode) -> String { code.symbology == .sscc ? "N" : "A" }

    /// `>;` starts in subset C (pairs of digits), `>8` is FNC1.
    private static func data(_ code: Barcode) -> String {
        switch code.symbology {
        case .sscc: ">;>800" + code.data
        case .code128: code.data
        }
    }

    private static func text(_ text: LabelText) -> String {
        let size = min(text.size, max(8, text.maxWidth * text.size / max(width(of: text), 1)))
        let top = text.baseline - size * 4 / 5
        let (left, block) =
            switch text.align {
            case .left: (text.x, "")
            case .centre: (text.x - text.maxWidth / 2, "^FB\(text.maxWidth),1,0,C")
            case .right: (text.x - text.maxWidth, "^FB\(text.maxWidth),1,0,R")
            }
        // In a block the printer takes a backslash as the start of a command of its own.
        let content = block.isEmpty ? text.text : text.text.replacing("\\", with: "\\\\")
        return "^FO\(max(left, 0)),\(top)\(text.isWhite ? "^FR" : "")^A0N,\(size),\(size)\(block)^FH^FD\(escaped(content))^FS"
    }

    /// Dots, estimated: the resident font is narrower than 0.6 of its height, wide scripts take all of it.
    private static func width(of text: LabelText) -> Int {
        text.text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 6 : 10) * text.size } / 10
    }

    /// For a field under `^FH` with its default indicator `_`.
    static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "_"), 0..<0x20, 0x7F...:
                let hex = String(byte, radix: 16, uppercase: true)
                out += "_" + (hex.count < 2 ? "0" + hex : hex)
            default: out.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return out
    }
}
