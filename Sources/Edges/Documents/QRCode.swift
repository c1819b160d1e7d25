import CZint

/// A QR code as black boxes on a grid of modules, drawn by any renderer at any size.
package struct QRCode: Hashable, Sendable {
    package struct Box: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let width: Int
        package let height: Int
    }

    /// The width and height in modules, without quiet zones.
    package let modules: Int
    package let boxes: [Box]

    /// Modules of white that a reader needs around it (ISO/IEC 18004).
    package static let quietModules = 4

    /// - Throws: a refusal where the text is empty or longer than a code holds.
    package init(_ text: String) throws(DocumentRefusal) {
        // The encoder takes a length of zero for "up to the zero byte" and would read on.
        if text.isEmpty { throw .barcode(data: "", reason: "there is nothing to encode") }
        guard let symbol = ZBarcode_Create() else { throw .barcode(data: "", reason: "out of memory") }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = BARCODE_QRCODE
        symbol.pointee.input_mode = UNICODE_MODE
        symbol.pointee.show_hrt = 0
        let bytes = Array(text.utf8)
        guard ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, Int32(bytes.count), 0) == 0,
            let vector = symbol.pointee.vector, symbol.pointee.width > 0
        else { throw .barcode(data: "", reason: "it does not fit a QR code") }
        let unit = vector.pointee.width / Float(symbol.pointee.width)
        func module(_ length: Float) -> Int { Int((length / unit).rounded()) }
        var boxes: [Box] = [], next = vector.pointee.rectangles
        while let box = next {
            let part = box.pointee
            boxes.append(Box(x: module(part.x), y: module(part.y), width: module(part.width), height: module(part.height)))
            next = part.next
        }
        modules = Int(symbol.pointee.width)
        self.boxes = boxes
    }
}
