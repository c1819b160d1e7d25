/// A TrueType font read for drawing: which glyph a character has, how wide it is and its outline.
///
/// Documents draw outlines instead of embedding the font: the PDF writer drops the parts of glyphs that are composed
/// of composed glyphs, which would print wrong names without a word; and a page stays small.
/// Source of the tables: the OpenType specification (cmap format 4, glyf, head, hhea, hmtx, loca).
struct TrueTypeFont: Sendable {
    let unitsPerEm: Int
    private let file: FontFile
    private let glyf: Int
    private let loca: Int
    private let hmtx: Int
    private let isLongLoca: Bool
    private let metrics: Int
    /// By character up to U+FFFF; 0 for none.
    private var glyphs = [UInt16](repeating: 0, count: 0x10000)

    /// Nil where the bytes are not a TrueType font with outlines and a Unicode table.
    init?(_ bytes: [UInt8]) {
        let file = FontFile(bytes)
        guard file.u32(0) == 0x0001_0000, let glyf = file.table("glyf"), let loca = file.table("loca"),
            let hmtx = file.table("hmtx"), let head = file.table("head"), let hhea = file.table("hhea"),
            let unitsPerEm = file.u16(head + 18), unitsPerEm > 0, let format = file.u16(head + 50),
            let metrics = file.u16(hhea + 34), metrics > 0, let cmap = Self.characterTable(file)
        else { return nil }
        self.file = file
        self.glyf = glyf
        self.loca = loca
        self.hmtx = hmtx
        self.unitsPerEm = unitsPerEm
        self.metrics = metrics
        isLongLoca = format == 1
        guard let doubled = file.u16(cmap + 6) else { return nil }
        for segment in 0..<doubled / 2 { map(segment, of: doubled, at: cmap + 14) }
    }

    /// Nil where the font has none.
    func glyph(_ scalar: Unicode.Scalar) -> Int? {
        guard scalar.value < 0x10000, glyphs[Int(scalar.value)] != 0 else { return nil }
        return Int(glyphs[Int(scalar.value)])
    }

    /// In units of the em.
    func advance(_ glyph: Int) -> Int { file.u16(hmtx + 4 * min(glyph, metrics - 1)) ?? 0 }

    /// Where the glyph's description lies; nil for one without ink.
    func description(_ glyph: Int) -> Int? {
        let (start, end) =
            isLongLoca
            ? (file.u32(loca + glyph * 4), file.u32(loca + glyph * 4 + 4))
            : (file.u16(loca + glyph * 2).map { $0 * 2 }, file.u16(loca + glyph * 2 + 2).map { $0 * 2 })
        guard let start, let end, end > start else { return nil }
        return glyf + start
    }

    func outline(_ glyph: Int) -> GlyphOutline { GlyphOutline(glyph, in: self, file: file) }

    private static func characterTable(_ file: FontFile) -> Int? {
        guard let cmap = file.table("cmap"), let count = file.u16(cmap + 2) else { return nil }
        for record in (0..<count).map({ cmap + 4 + $0 * 8 }) {
            guard let platform = file.u16(record), platform == 3 || platform == 0, let offset = file.u32(record + 4),
                file.u16(cmap + offset) == 4
            else { continue }
            return cmap + offset
        }
        return nil
    }

    private mutating func map(_ segment: Int, of doubled: Int, at ends: Int) {
        let range = ends + doubled * 3 + 2 + segment * 2
        guard let end = file.u16(ends + segment * 2), let start = file.u16(ends + doubled + 2 + segment * 2),
            let delta = file.u16(ends + doubled * 2 + 2 + segment * 2), let offset = file.u16(range), start <= end
        else { return }
        for code in start...end where code < 0xFFFF {
            var glyph = code
            if offset != 0 {
                guard let listed = file.u16(range + offset + (code - start) * 2), listed != 0 else { continue }
                glyph = listed
            }
            glyphs[code] = UInt16((glyph + delta) & 0xFFFF)
        }
    }
}
