import Edges
import Kernel
import Testing

@Suite struct LabelPDFTests {
    @Test("an independent reader finds the SSCC and the tracking number on the printed label")
    func decodes() throws {
        let proof = try PrintProof(sampleLabel().pdf())
        #expect(try proof.barcodes() == ["CODE-128:00106141412345678908", "CODE-128:WB40283716550293841"])
        #expect(try proof.info("Page size") == "288 x 432 pts")
        #expect(try proof.info("Pages") == "1")
        try proof.remove()
    }

    @Test(
        "tracking numbers of other carriers are read back as they are",
        arguments: [
            "1Z5R89390357567127", "RB123456785GB", "9400111206206406260787", "986578788855", "a-b-C-9",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678901234567890123456789012345",
        ])
    func others(number: String) throws {
        var label = try sampleLabel()
        label.trackingNumber = number
        let proof = try PrintProof(label.pdf())
        #expect(try proof.barcodes() == ["CODE-128:00106141412345678908", "CODE-128:\(number)"].sorted())
        try proof.remove()
    }

    @Test("the words on the label are those of the document")
    func words() throws {
        let proof = try PrintProof(sampleLabel().pdf())
        let text = try proof.text()
        for words in [
            "SHIP TO", "Zoë Example", "Montréal QC H2X 1Y4", "EXPRESS", "1.250 kg", "1 of 2", "2026-11-21", "YUL-07",
            "TT-576486316948", "FRAGILE", "LITHIUM BATTERY", "UN3481", "(00) 106141412345678908",
        ] { #expect(text.contains(words), "\(words) is not on the label") }
        try proof.remove()
    }

    @Test("the same label gives the same bytes, from many threads at once")
    func repeatable() async throws {
        let label = try sampleLabel()
        let first = try label.pdf()
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<40 { group.addTask { try label.pdf() } }
            for try await pdf in group { #expect(pdf == first) }
        }
    }

    @Test("any text at all prints, with and without fonts", arguments: 0..<8)
    func anyText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed)), label = try sampleLabel()
        label.shipTo = (0..<LabelDocument.linesTo).map { _ in
            var line = String.UnicodeScalarView()
            for _ in 0..<random.below(120) {
                let ceiling = [0x100, 0x3000, 0x11_0000][random.below(3)]
                if let scalar = Unicode.Scalar(UInt32(random.below(ceiling))) { line.append(scalar) }
            }
            return String(line) + "x"
        }
        for fonts in [DocumentFonts.system, .none] {
            let proof = try PrintProof(label.pdf(fonts: fonts))
            #expect(try proof.barcodes().count == 2)
            try proof.remove()
        }
        #expect(try label.zpl().utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("a line in another script is drawn with the fonts at hand")
    func scripts() throws {
        var label = try sampleLabel()
        label.shipTo = ["Nguyễn Thị Phương", "ул. Ленина 1", "Αθήνα"]
        try #require(DocumentFonts.system.missing(in: label.shipTo.joined()).isEmpty, "install fonts-dejavu-core")
        var blank = label
        blank.shipTo = ["x"]
        let drawn = try PrintProof(label.pdf()), empty = try PrintProof(blank.pdf())
        #expect(try drawn.inkPerMille() > empty.inkPerMille())
        try drawn.remove()
        try empty.remove()
    }
}
