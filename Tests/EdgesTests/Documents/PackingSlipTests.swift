import Edges
import Kernel
import Testing

@Suite struct PackingSlipTests {
    private func slip(lines count: Int) throws -> PackingSlip {
        PackingSlip(
            merchant: "Glow & Co.", orderNumber: "TT-576486316948", date: try #require(CivilDate("2026-11-21")),
            lines: (0..<count).map {
                .init(sku: "GLW-\($0)-END", name: "Serum number \($0) with hyaluronic acid, travel edition, 30 ml", quantity: 2)
            },
            parcel: 2, parcels: 3, message: "Thank you!\nKeep the box: free returns within 30 days.")
    }

    @Test("a short slip is one page with heading, lines, total and message")
    func short() throws {
        let proof = try PrintProof(slip(lines: 2).pdf())
        let text = try proof.text()
        #expect(try proof.info("Pages") == "1")
        for words in [
            "Glow & Co.", "Order TT-576486316948", "Parcel 2 of 3", "GLW-0-END", "GLW-1-END", "Total pieces 4", "Thank you!",
            "Keep the box", "Page 1",
        ] { #expect(text.contains(words), "\(words) is not on the slip") }
        try proof.remove()
    }

    @Test("a long slip breaks pages, repeats its heading and loses no line", arguments: [PackingSlip.Paper.a6, .letter])
    func long(paper: PackingSlip.Paper) throws {
        let proof = try PrintProof(slip(lines: 70).pdf(on: paper))
        let text = try proof.text()
        let pages = Int(try proof.info("Pages") ?? "") ?? 0
        #expect(pages > 1)
        #expect(text.split(separator: "Order TT-576486316948").count == pages + 1)
        for line in 0..<70 { #expect(text.contains("GLW-\(line)-END"), "line \(line) is missing") }
        #expect(text.contains("Page \(pages)") && text.contains("Total pieces 140"))
        try proof.remove()
    }

    @Test("a name without spaces breaks within, a very long one is cut with an ellipsis")
    func unbroken() throws {
        var slip = try slip(lines: 1)
        slip.lines[0].name = String(repeating: "abcdefghij", count: 60)
        let proof = try PrintProof(slip.pdf())
        #expect(try proof.info("Pages") == "1")
        try proof.remove()
    }

    @Test("a slip without lines, merchant or number, or beyond the number of parcels, is refused")
    func refusals() throws {
        let cases: [(DocumentRefusal, (inout PackingSlip) -> Void)] = [
            (.missing(field: "merchant"), { $0.merchant = "" }),
            (.missing(field: "orderNumber"), { $0.orderNumber = "" }),
            (.missing(field: "lines"), { $0.lines = [] }),
            (.pieceOutOfRange(piece: 4, pieces: 3), { $0.parcel = 4 }),
            (.negative(field: "lines/1/quantity"), { $0.lines[1].quantity = -1 }),
        ]
        for (refusal, change) in cases {
            var slip = try slip(lines: 2)
            change(&slip)
            #expect(throws: refusal) { try slip.pdf() }
        }
    }
}
