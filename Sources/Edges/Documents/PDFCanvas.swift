import CHaru
import Kernel

/// A PDF being drawn: owns the writer's handle and gives it back. Lengths are points, y up from the bottom left.
///
/// One call makes one canvas, so that nothing is shared between threads. The writer remembers its first failure and
/// does nothing after it; `data()` reports it.
final class PDFCanvas {
    private let document: HPDF_Doc
    private let builtIn: (regular: HPDF_Font, bold: HPDF_Font)
    private let fonts: DocumentFonts
    private var page: HPDF_Page?
    private let width: Double
    private let height: Double

    /// - Throws: `pdf` where the writer could not be set up.
    init(width: Double, height: Double, fonts: DocumentFonts, title: String) throws(DocumentRefusal) {
        guard let document = HPDF_New(nil, nil) else { throw .pdf(status: Int(HPDF_FAILD_TO_ALLOC_MEM)) }
        guard let regular = HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding"),
            let bold = HPDF_GetFont(document, "Helvetica-Bold", "WinAnsiEncoding")
        else {
            defer { HPDF_Free(document) }
            throw .pdf(status: Int(HPDF_GetError(document)))
        }
        self.document = document
        builtIn = (regular, bold)
        self.fonts = fonts
        self.width = width
        self.height = height
        HPDF_SetCompressionMode(document, HPDF_UINT(HPDF_COMP_ALL))
        HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, title)
        addPage()
    }

    deinit { HPDF_Free(document) }

    func addPage() {
        page = HPDF_AddPage(document)
        HPDF_Page_SetWidth(page, HPDF_REAL(width))
        HPDF_Page_SetHeight(page, HPDF_REAL(height))
    }

    /// The finished file.
    func data() throws(DocumentRefusal) -> [UInt8] {
        HPDF_SaveToStream(document)
        guard HPDF_GetError(document) == 0 else { throw .pdf(status: Int(HPDF_GetError(document))) }
        var size = HPDF_GetStreamSize(document)
        HPDF_ResetStream(document)
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let status = HPDF_ReadFromStream(document, &bytes, &size)
        guard status == 0 || status == HPDF_UINT(HPDF_STREAM_EOF) else { throw .pdf(status: Int(status)) }
        return Array(bytes.prefix(Int(size)))
    }

    // MARK: Drawing

    func fill(x: Double, y: Double, width: Double, height: Double) {
        HPDF_Page_Rectangle(page, HPDF_REAL(x), HPDF_REAL(y), HPDF_REAL(width), HPDF_REAL(height))
        HPDF_Page_Fill(page)
    }

    /// 0 is black, 1 white; holds until the next call.
    func setInk(_ grey: Double) { HPDF_Page_SetGrayFill(page, HPDF_REAL(grey)) }

    /// Draws one line (see `PrintableText.line`) from the left end of its baseline.
    ///
    /// A line of ISO 8859-1 is text in the reader's own Helvetica; in any other, glyphs of `fonts` are drawn as curves.
    func text(_ text: String, x: Double, y: Double, size: Double, bold: Bool = false) {
        var x = x
        for piece in pieces(text, bold: bold) {
            switch piece {
            case .words(let bytes):
                HPDF_Page_BeginText(page)
                HPDF_Page_SetFontAndSize(page, bold ? builtIn.bold : builtIn.regular, HPDF_REAL(size))
                HPDF_Page_MoveTextPos(page, HPDF_REAL(x), HPDF_REAL(y))
                HPDF_Page_ShowText(page, bytes)
                HPDF_Page_EndText(page)
            case .glyph(let glyph, let font):
                draw(font.outline(glyph), x: x, y: y, scale: size / Double(font.unitsPerEm))
            }
            x += width(of: piece, bold: bold) * size
        }
    }

    func width(of text: String, size: Double, bold: Bool = false) -> Double {
        pieces(text, bold: bold).reduce(0) { $0 + width(of: $1, bold: bold) } * size
    }

    // MARK: Fonts

    private enum Piece {
        /// ISO 8859-1, with a zero at the end.
        case words([CChar])
        case glyph(Int, TrueTypeFont)
    }

    private func pieces(_ text: String, bold: Bool) -> [Piece] {
        let chain = bold ? fonts.bold : fonts.regular
        if chain.isEmpty || PrintableText.isLatin1(text) { return [words(text)] }
        return text.unicodeScalars.map { scalar in
            for font in chain {
                if let glyph = font.glyph(scalar) { return .glyph(glyph, font) }
            }
            return words(String(scalar))
        }
    }

    private func words(_ text: String) -> Piece {
        .words(PrintableText.latin1(text).map { CChar(bitPattern: $0) } + [0])
    }

    /// In ems.
    private func width(of piece: Piece, bold: Bool) -> Double {
        switch piece {
        case .glyph(let glyph, let font): return Double(font.advance(glyph)) / Double(font.unitsPerEm)
        case .words(let bytes):
            let units = bytes.withUnsafeBytes { bytes in
                HPDF_Font_TextWidth(
                    bold ? builtIn.bold : builtIn.regular, bytes.bindMemory(to: HPDF_BYTE.self).baseAddress,
                    HPDF_UINT(bytes.count - 1))
            }
            return Double(units.width) / 1000
        }
    }

    private func draw(_ outline: GlyphOutline, x: Double, y: Double, scale: Double) {
        guard !outline.contours.isEmpty else { return }
        func at(_ point: GlyphOutline.Point) -> (x: HPDF_REAL, y: HPDF_REAL) {
            (HPDF_REAL(x + point.x * scale), HPDF_REAL(y + point.y * scale))
        }
        for contour in outline.contours {
            var here = contour.start
            HPDF_Page_MoveTo(page, at(here).x, at(here).y)
            for curve in contour.curves {
                let first = at(here.towards(curve.control)), second = at(curve.end.towards(curve.control))
                HPDF_Page_CurveTo(page, first.x, first.y, second.x, second.y, at(curve.end).x, at(curve.end).y)
                here = curve.end
            }
            HPDF_Page_ClosePath(page)
        }
        HPDF_Page_Fill(page)
    }
}
