import Kernel

/// What stands on a shipping label of 4 by 6 inches (101.6 by 152.4 mm).
///
/// `pdf(fonts:)` and `zpl()` draw the same label. It holds a recipient's address: it is filled in when it is
/// printed and not stored.
package struct LabelDocument: Hashable, Sendable {
    package static let linesFrom = 5
    package static let linesTo = 7
    package static let markLimit = 5

    /// Who sends and where returns go, one line each; at most five.
    package var shipFrom: [String]
    /// Who receives, one line each; at most seven.
    package var shipTo: [String]
    package var carrier: String
    package var service: String
    /// One to thirty-five ASCII letters, digits and hyphens.
    package var trackingNumber: String
    package var sscc: SSCC
    /// The carrier's sort code in large type; empty for none.
    package var routingCode: String
    /// Empty for none.
    package var zone: String
    package var weight: Grams
    /// Counts from 1.
    package var piece: Int
    package var pieces: Int
    package var orderReference: String
    package var marks: [HandlingMark]
    package var date: CivilDate

    package init(
        shipFrom: [String], shipTo: [String], carrier: String, service: String, trackingNumber: String, sscc: SSCC,
        routingCode: String = "", zone: String = "", weight: Grams, piece: Int = 1, pieces: Int = 1,
        orderReference: String = "", marks: [HandlingMark] = [], date: CivilDate
    ) {
        self.shipFrom = shipFrom
        self.shipTo = shipTo
        self.carrier = carrier
        self.service = service
        self.trackingNumber = trackingNumber
        self.sscc = sscc
        self.routingCode = routingCode
        self.zone = zone
        self.weight = weight
        self.piece = piece
        self.pieces = pieces
        self.orderReference = orderReference
        self.marks = marks
        self.date = date
    }

    /// Refuses in the order of `DocumentRefusal`.
    func check() throws(DocumentRefusal) {
        for (field, lines) in [("shipFrom", shipFrom), ("shipTo", shipTo)] where lines.allSatisfy(\.isEmpty) {
            throw .missing(field: field)
        }
        if service.isEmpty { throw .missing(field: "service") }
        if shipFrom.count > Self.linesFrom {
            throw .tooManyLines(field: "shipFrom", count: shipFrom.count, limit: Self.linesFrom)
        }
        if shipTo.count > Self.linesTo {
            throw .tooManyLines(field: "shipTo", count: shipTo.count, limit: Self.linesTo)
        }
        if marks.count > Self.markLimit { throw .tooManyLines(field: "marks", count: marks.count, limit: Self.markLimit) }
        guard piece >= 1, piece <= pieces else { throw .pieceOutOfRange(piece: piece, pieces: pieces) }
        if weight < 0 { throw .negative(field: "weight") }
        guard Self.isTrackingNumber(trackingNumber) else { throw .notATrackingNumber(trackingNumber) }
        for case .lithiumBattery(let number) in marks where !HandlingMark.lithiumBattery(unNumber: number).isValid {
            throw .notAUNNumber(number)
        }
    }

    private static func isTrackingNumber(_ text: String) -> Bool {
        (1...35).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
