import Edges
import Kernel
import Testing

@Suite struct BarcodeTests {
    /// The bars as ones and zeros, a digit a module.
    private func pattern(_ code: Barcode) -> String {
        var modules = [Character](repeating: "0", count: code.modules)
        for bar in code.bars { for module in bar { modules[module] = "1" } }
        return String(modules)
    }

    @Test("an SSCC begins with start C and FNC1 and ends with stop, as ISO/IEC 15417 draws them")
    func frame() throws {
        let code = try Barcode.sscc(#require(SSCC("106141412345678908")))
        let bars = pattern(code)
        #expect(bars.hasPrefix("11010011100" + "11110101110"))
        #expect(bars.hasSuffix("1100011101011"))
        // Start, FNC1, ten pairs, check: thirteen characters of eleven modules and a stop of thirteen.
        #expect(code.modules == 13 * 11 + 13)
    }

    @Test("bars neither touch nor overlap and the first and last module are black")
    func apart() throws {
        let code = try Barcode.code128("1Z5R89390357567127")
        #expect(code.bars.first?.lowerBound == 0)
        #expect(code.bars.last?.upperBound == code.modules)
        for (left, right) in zip(code.bars, code.bars.dropFirst()) { #expect(left.upperBound < right.lowerBound) }
    }

    @Test("data that Code 128 cannot hold is refused with the encoder's words")
    func refused() {
        #expect(throws: DocumentRefusal.self) { try Barcode.code128("") }
        #expect(throws: DocumentRefusal.self) { try Barcode.code128(String(repeating: "A", count: 200)) }
    }
}
