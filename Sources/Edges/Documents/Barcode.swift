import CZint
import Kernel

/// A linear barcode as bars on a grid of modules, drawn by any renderer at any size.
package struct Barcode: Hashable, Sendable {
    package enum Symbology: Hashable, Sendable {
        /// GS1-128 of application identifier 00 and an SSCC.
        case sscc
        case code128
    }

    package let symbology: Symbology
    /// What is encoded, without start, FNC1 and check characters; the eighteen digits alone for an SSCC.
    package let data: String
    /// The width in modules, without quiet zones.
    package let modules: Int
    /// The black bars, left to right, in modules.
    package let bars: [Range<Int>]

    /// Modules of white that a reader needs on each side (ISO/IEC 15417).
    package static let quietModules = 10

    package static func sscc(_ code: SSCC) throws(DocumentRefusal) -> Barcode {
        try Barcode(.sscc, code.description, source: "[00]\(code)")
    }

    package static func code128(_ text: String) throws(DocumentRefusal) -> Barcode {
        try Barcode(.code128, text, source: text)
    }

    private init(_ symbology: Symbology, _ data: String, source: String) throws(DocumentRefusal) {
        // The encoder takes a length of zero for "up to the zero byte" and would read on.
        if data.isEmpty { throw .barcode(data: data, reason: "there is nothing to encode") }
        guard let symbol = ZBarcode_Create() else { throw .barcode(data: data, reason: "out of memory") }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = symbology == .sscc ? BARCODE_GS1_128 : BARCODE_CODE128
        symbol.pointee.input_mode = symbology == .sscc ? GS1_MODE : DATA_MODE
        symbol.pointee.show_hrt = 0
        // A symbol the encoder has doubts about is not compliant and may be turned away at the dock.
        symbol.pointee.warn_level = WARN_FAIL_ALL
        let bytes = Array(source.utf8)
        guard ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, Int32(bytes.count), 0) == 0,
            let vector = symbol.pointee.vector, symbol.pointee.width > 0
        else { throw .barcode(data: data, reason: Self.reason(symbol)) }

        let unit = vector.pointee.width / Float(symbol.pointee.width)
        var bars: [Range<Int>] = []
        var next = vector.pointee.rectangles
        while let bar = next {
            let start = Int((bar.pointee.x / unit).rounded())
            bars.append(start..<start + Int((bar.pointee.width / unit).rounded()))
            next = bar.pointee.next
        }
        self.symbology = symbology
        self.data = data
        modules = Int(symbol.pointee.width)
        self.bars = bars.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func reason(_ symbol: UnsafeMutablePointer<zint_symbol>) -> String {
        withUnsafeBytes(of: &symbol.pointee.errtxt) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
