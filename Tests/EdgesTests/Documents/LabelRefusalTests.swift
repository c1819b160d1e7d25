import Edges
import Kernel
import Testing

@Suite struct LabelRefusalTests {
    @Test("an empty label and one with too much on it are refused by field")
    func refusals() throws {
        let cases: [(DocumentRefusal, (inout LabelDocument) -> Void)] = [
            (.missing(field: "shipFrom"), { $0.shipFrom = [] }),
            (.missing(field: "shipTo"), { $0.shipTo = ["", ""] }),
            (.missing(field: "service"), { $0.service = "" }),
            (.tooManyLines(field: "shipFrom", count: 6, limit: 5), { $0.shipFrom = .init(repeating: "a", count: 6) }),
            (.tooManyLines(field: "shipTo", count: 8, limit: 7), { $0.shipTo = .init(repeating: "a", count: 8) }),
            (.tooManyLines(field: "marks", count: 6, limit: 5), { $0.marks = .init(repeating: .fragile, count: 6) }),
            (.pieceOutOfRange(piece: 3, pieces: 2), { $0.piece = 3 }),
            (.pieceOutOfRange(piece: 0, pieces: 2), { $0.piece = 0 }),
            (.negative(field: "weight"), { $0.weight = -1 }),
            (.notATrackingNumber(""), { $0.trackingNumber = "" }),
            (.notATrackingNumber("A^XZ"), { $0.trackingNumber = "A^XZ" }),
            (.notATrackingNumber("Ä1"), { $0.trackingNumber = "Ä1" }),
            (.notAUNNumber("3481"), { $0.marks = [.lithiumBattery(unNumber: "3481")] }),
            (.barcodeTooWide(data: longest), { $0.trackingNumber = longest }),
        ]
        for (refusal, change) in cases {
            var label = try sampleLabel()
            change(&label)
            #expect(throws: refusal) { try label.pdf() }
            #expect(throws: refusal) { try label.zpl() }
            #expect(refusal.kind == .invalid && refusal.field != nil)
        }
    }

    /// As many characters as a number may have, none of which pack.
    private var longest: String { String(repeating: "aB-", count: 11) + "aB" }
}
