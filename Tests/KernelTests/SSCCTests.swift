import Kernel
import Testing

@Suite struct SSCCTests {
    @Test("published examples are read", arguments: ["106141412345678908", "340123450000000000", "006141411234567890"])
    func read(text: String) throws { #expect(try #require(SSCC(text)).description == text) }

    @Test("a wrong length, letter or check digit is nil", arguments: [
        "", "106141412345678909", "10614141234567890", "00106141412345678908", "10614141234567890A", "106141412345687908",
    ])
    func refused(text: String) { #expect(SSCC(text) == nil) }

    @Test("a code is made of extension, prefix and serial", arguments: [
        (1, "0614141", 234_567_890 as Int64, "106141412345678908"),
        (3, "4012345", 0, "340123450000000000"),
        (0, "0614141", 123_456_789, "006141411234567890"),
        (9, "9999999999", 999_999, "999999999999999995"),
    ])
    func made(extension: Int, prefix: String, serial: Int64, text: String) throws {
        #expect(try SSCC.make(extension: `extension`, prefix: prefix, serial: serial).description == text)
    }

    @Test("what does not fit is refused by its field", arguments: [
        (10, "1", -1 as Int64, "/extension"), (-1, "0614141", 0, "/extension"), (0, "614141", -1, "/prefix"),
        (0, "06141410000", 0, "/prefix"), (0, "06141 41", 0, "/prefix"), (0, "0614141", -1, "/serial"),
        (0, "0614141", 1_000_000_000, "/serial"), (0, "0614141000", 1_000_000, "/serial"),
    ])
    func doesNotFit(extension: Int, prefix: String, serial: Int64, field: String) {
        let refusal = #expect(throws: InvalidInput.self) {
            try SSCC.make(extension: `extension`, prefix: prefix, serial: serial)
        }
        #expect(refusal?.field == field)
    }

    @Test func `what is made is read back, and serials keep their order`() throws {
        var random = SeededRandom(seed: 41)
        for _ in 0..<500 {
            let length = 7 + random.below(4)
            let prefix = String((0..<length).map { _ in Character(String(random.below(10))) })
            let serial = Int64(random.below(99_999))
            let code = try SSCC.make(extension: random.below(10), prefix: prefix, serial: serial)
            #expect(SSCC(code.description) == code)
            #expect(code.description.dropFirst().hasPrefix(prefix))
            #expect(code.description.dropLast().hasSuffix(String(serial)))
        }
        let codes = try [1, 2].map { try SSCC.make(extension: 0, prefix: "0614141", serial: $0) }
        #expect(codes[0] < codes[1])
    }
}
