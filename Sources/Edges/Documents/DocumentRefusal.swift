import Kernel

/// Why a label or a packing slip is not drawn, in the order of the checks.
package enum DocumentRefusal: Refusal, Equatable {
    /// A part that the document cannot do without is empty.
    case missing(field: String)
    /// More lines than the space on the document takes.
    case tooManyLines(field: String, count: Int, limit: Int)
    /// Piece numbers run from 1 to the number of pieces.
    case pieceOutOfRange(piece: Int, pieces: Int)
    /// A weight or a quantity below zero.
    case negative(field: String)
    /// Not one to thirty-five ASCII letters, digits and hyphens.
    case notATrackingNumber(String)
    /// Not `UN` and four digits.
    case notAUNNumber(String)
    /// The bars at their narrowest do not fit the width of the label.
    case barcodeTooWide(data: String)
    /// The barcode encoder warned or refused; its words.
    case barcode(data: String, reason: String)
    /// The PDF writer failed; its error number.
    case pdf(status: Int)

    package var code: String {
        switch self {
        case .missing: "documents.missing"
        case .tooManyLines: "documents.too_many_lines"
        case .pieceOutOfRange: "documents.piece_out_of_range"
        case .negative: "documents.negative"
        case .notATrackingNumber: "documents.not_a_tracking_number"
        case .notAUNNumber: "documents.not_a_un_number"
        case .barcodeTooWide: "documents.barcode_too_wide"
        case .barcode: "documents.barcode"
        case .pdf: "documents.pdf"
        }
    }

    package var message: String {
        switch self {
        case .missing(let field): "'\(field)' is empty; the document needs it."
        case .tooManyLines(let field, let count, let limit): "'\(field)' has \(count) lines; there is room for \(limit)."
        case .pieceOutOfRange(let piece, let pieces): "Piece \(piece) of \(pieces) is not between 1 and the number of pieces."
        case .negative(let field): "'\(field)' is below zero."
        case .notATrackingNumber(let text): "'\(text)' is not a tracking number of 1 to 35 letters, digits and hyphens."
        case .notAUNNumber(let text): "'\(text)' is not a UN number of the form UN3481."
        case .barcodeTooWide(let data): "The barcode of '\(data)' is wider than the label."
        case .barcode(let data, let reason): "'\(data)' cannot be drawn as a barcode: \(reason)."
        case .pdf(let status): "The PDF could not be written (status \(String(status, radix: 16)))."
        }
    }

    package var kind: RefusalKind {
        if case .pdf = self { .busy } else { .invalid }
    }

    package var field: String? {
        switch self {
        case .missing(let field), .tooManyLines(let field, _, _), .negative(let field): "/\(field)"
        case .pieceOutOfRange: "/piece"
        case .notATrackingNumber, .barcodeTooWide: "/trackingNumber"
        case .notAUNNumber: "/marks"
        case .barcode, .pdf: nil
        }
    }
}
