import Foundation

/// Text made fit for a printer.
enum PrintableText {
    /// One line without control characters, joiners and variation selectors; runs of white space become one space.
    static func line(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                if out.last != " " { out.append(" ") }
            case .format, .surrogate, .privateUse, .unassigned: continue
            default:
                if !scalar.properties.isVariationSelector { out.append(scalar) }
            }
        }
        return String(out).trimmingCharacters(in: .whitespaces)
    }

    /// The bytes of `text` in ISO 8859-1, for printing without an embedded font: a letter that is not in it loses
    /// its accents (č becomes c), typographic quotes and dashes become plain ones, anything else becomes `?`.
    static func latin1(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            if let byte = latin1(scalar) { return byte }
            if let plain = plain[scalar] { return plain }
            let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first
            return base.flatMap(latin1) ?? UInt8(ascii: "?")
        }
    }

    static func isLatin1(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { latin1($0) != nil } }

    private static func latin1(_ scalar: Unicode.Scalar) -> UInt8? {
        (0x20...0x7E).contains(scalar.value) || (0xA0...0xFF).contains(scalar.value) ? UInt8(scalar.value) : nil
    }

    private static let plain: [Unicode.Scalar: UInt8] = [
        "‘": 0x27, "’": 0x27, "‚": 0x27, "“": 0x22, "”": 0x22, "„": 0x22, "–": 0x2D, "—": 0x2D, "‐": 0x2D, "−": 0x2D,
        "•": 0xB7, "ł": 0x6C, "Ł": 0x4C, "đ": 0x64, "Đ": 0x44, "ı": 0x69, "…": 0x2E,
    ]
}
