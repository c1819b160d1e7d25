import Foundation

/// The TrueType fonts that documents draw lines with that are not ISO 8859-1, in the order in which they are tried for a
/// character.
///
/// A character that no font has is replaced as `PrintableText.latin1` says, in the end by `?`. Letters stand in the
/// order of the text and unjoined, so scripts that need more than that are not set as they should be.
package struct DocumentFonts: Sendable {
    let regular: [TrueTypeFont]
    let bold: [TrueTypeFont]

    /// Files that are absent or not TrueType with outlines are left out; the regular ones serve where a bold one lacks
    /// a character.
    package init(regular: [String], bold: [String]) {
        self.regular = Self.readable(regular)
        self.bold = Self.readable(bold) + self.regular
    }

    package static let none = DocumentFonts(regular: [], bold: [])

    /// DejaVu Sans, then fonts of scripts it lacks, where the system has them (Debian: fonts-dejavu-core,
    /// fonts-thai-tlwg, fonts-droid-fallback). Read once.
    package static let system = DocumentFonts(
        regular: [
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "/usr/share/fonts/TTF/DejaVuSans.ttf",
            "/usr/share/fonts/truetype/tlwg/Loma.ttf",
            "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf",
            "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        ],
        bold: [
            "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
            "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
            "/usr/share/fonts/truetype/tlwg/Loma-Bold.ttf",
        ])

    /// The characters of `text` that would not print as they should, each once, in order: those no font has, and those
    /// of scripts that are joined or run right to left. A label whose address has some needs a person.
    package func missing(in text: String) -> [Character] {
        var seen: [Character] = []
        for scalar in PrintableText.line(text).unicodeScalars where !prints(scalar) {
            if !seen.contains(Character(scalar)) { seen.append(Character(scalar)) }
        }
        return seen
    }

    private func prints(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Hebrew to Arabic Extended-A, the scripts of India and Sri Lanka, and the Arabic presentation forms.
        case 0x0590...0x0DFF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF: false
        default: PrintableText.isLatin1(String(scalar)) || regular.contains { $0.glyph(scalar) != nil }
        }
    }

    private static func readable(_ paths: [String]) -> [TrueTypeFont] {
        paths.compactMap { path in FileManager.default.contents(atPath: path).flatMap { TrueTypeFont([UInt8]($0)) } }
    }
}
