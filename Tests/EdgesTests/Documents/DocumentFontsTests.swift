@testable import Edges
import Testing

@Suite struct DocumentFontsTests {
    @Test("what no font has, and what would be joined or run right to left, is reported once each")
    func missing() {
        #expect(DocumentFonts.none.missing(in: "Zoë Łukasz 山山") == ["Ł", "山"])
        #expect(DocumentFonts.none.missing(in: "plain").isEmpty)
        #expect(DocumentFonts.system.missing(in: "دد") == ["د"])
    }

    @Test("a file that is no font, or absent, is left out")
    func unreadable() {
        let fonts = DocumentFonts(regular: ["/nowhere.ttf", "/etc/hostname"], bold: [])
        #expect(fonts.regular.isEmpty && fonts.bold.isEmpty)
        #expect(TrueTypeFont([]) == nil)
        #expect(TrueTypeFont(Array(repeating: 0, count: 1000)) == nil)
    }

    @Test("a letter composed of composed letters keeps all its parts")
    func composed() throws {
        let font = try #require(DocumentFonts.system.regular.first, "install fonts-dejavu-core")
        func contours(_ scalar: Unicode.Scalar) throws -> Int { font.outline(try #require(font.glyph(scalar))).contours.count }
        // e has an outer and an inner curve, the circumflex and the tilde one each.
        #expect(try [contours("e"), contours("ê"), contours("ễ")] == [2, 3, 4])
        #expect(try contours(" ") == 0)
    }

    @Test("every glyph of every font is read without an accident, its curves closed")
    func allGlyphs() {
        for font in DocumentFonts.system.regular {
            for value in stride(from: UInt32(0x20), to: 0xFFFF, by: 7) {
                guard let scalar = Unicode.Scalar(value), let glyph = font.glyph(scalar) else { continue }
                for contour in font.outline(glyph).contours { #expect(contour.curves.last?.end == contour.start) }
            }
        }
    }

    @Test("what ISO 8859-1 lacks loses its accents, then becomes a plain sign or a question mark", arguments: [
        ("čšž", "csz"), ("“Łódź”", "\"L\u{F3}dz\""), ("a–b", "a-b"), ("山", "?"), ("Zoë", "Zo\u{EB}"),
    ])
    func latin1(text: String, expected: String) {
        #expect(PrintableText.latin1(text) == expected.unicodeScalars.map { UInt8($0.value) })
    }

    @Test("a line has no control characters, joiners or double spaces")
    func lines() {
        #expect(PrintableText.line(" a\u{0}\n\u{200D}b  c\u{FE0F} ") == "a b c")
    }
}
