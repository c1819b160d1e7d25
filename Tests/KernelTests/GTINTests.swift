import Kernel
import Testing

@Suite struct GTINTests {
    @Test("published examples are read", arguments: [
        ("96385074", "96385074"),  // EAN-8
        ("036000291452", "036000291452"),  // UPC-A
        ("4006381333931", "4006381333931"),  // EAN-13
        ("9780306406157", "9780306406157"),  // an ISBN
        ("10614141000415", "10614141000415"),  // a case
        ("09506000134352", "9506000134352"), ("0036000291452", "036000291452"), ("00000096385074", "96385074"),
    ])
    func read(text: String, shortest: String) throws {
        let gtin = try #require(GTIN(text))
        #expect(gtin.description == shortest)
        #expect(gtin.gtin14.hasSuffix(text) && gtin.gtin14.utf8.count == 14 || text.hasSuffix(gtin.description))
        #expect(GTIN(gtin.gtin14) == gtin)
    }

    @Test func `a UPC scanned as an EAN is the same item`() { #expect(GTIN("036000291452") == GTIN("0036000291452")) }

    @Test func `the indicator tells an each from a case`() {
        #expect(GTIN("10614141000415")?.indicator == 1)
        #expect(GTIN("4006381333931")?.indicator == 0)
    }

    @Test("a wrong length, letter or check digit is nil", arguments: [
        "", "4006381333930", "400638133393", "40063813339310", "4006381333931 ", "400638133393A", "00000000", "036000291453",
        "4006318333931", "００６３８１３３",
    ])
    func refused(text: String) { #expect(GTIN(text) == nil) }

    @Test func `every single wrong digit is noticed`() {
        let digits = Array("4006381333931")
        for index in digits.indices {
            for wrong in "0123456789" where wrong != digits[index] {
                var copy = digits
                copy[index] = wrong
                #expect(GTIN(String(copy)) == nil)
            }
        }
    }

    private static let vectors = "gs1-barcode/test_vectors.jsonl"

    @Test(.enabled(if: SharedData.has(vectors), "needs gs1-barcode"))
    func `check digits agree with the GS1 Syntax Engine's vectors`() throws {
        let vectors = try SharedData.lines(Self.vectors).compactMap { try? JSON($0) }
            .filter { $0["kind"]?.string == "component_csum" }
        #expect(vectors.count >= 7)
        for vector in vectors {
            let input = try #require(vector["input"]?.string), valid = vector["valid"] == true
            #expect(GS1CheckDigit.holds(Array(input.utf8)) == valid, "\(input)")
        }
    }
}
