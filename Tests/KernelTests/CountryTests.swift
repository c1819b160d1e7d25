import Foundation
import Kernel
import Testing

@Suite struct CountryTests {
    @Test func `there are 249, in order`() {
        #expect(Country.all.count == 249)
        #expect(Country.all == Country.all.sorted())
    }

    @Test("a code outside ISO 3166-1 is nil", arguments: ["", "de", "DEU", "UK", "EU", "XK", "ZZ", "AN", "D "])
    func refused(code: String) { #expect(Country(code) == nil) }

    private static let vectors = "gs1-barcode/test_vectors.jsonl"

    @Test(.enabled(if: SharedData.has(vectors), "needs gs1-barcode"))
    func `the list agrees with the GS1 Syntax Engine's vectors`() throws {
        let vectors = try SharedData.lines(Self.vectors).compactMap { try? JSON($0) }
            .filter { $0["kind"]?.string == "component_iso3166alpha2" }
        #expect(vectors.count > 400)
        for vector in vectors {
            let input = try #require(vector["input"]?.string), valid = vector["valid"] == true
            #expect((Country(input) != nil) == valid, "\(input)")
        }
    }

    @Test func `a country is coded as its text, and an unknown one does not decode`() throws {
        let brazil = try #require(Country("BR"))
        #expect(String(decoding: try JSONEncoder().encode([brazil]), as: UTF8.self) == #"["BR"]"#)
        #expect(try JSONDecoder().decode([Country].self, from: Data(#"["BR"]"#.utf8)) == [brazil])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Country].self, from: Data(#"["XX"]"#.utf8)) }
    }
}
