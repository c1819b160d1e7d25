import Kernel
import Testing

@Suite struct HSCodeTests {
    @Test("six to ten digits are read, dots and spaces aside", arguments: [
        ("847130", "847130"), ("8471.30", "847130"), ("8471.30.0100", "8471300100"), ("6109 10 00", "61091000"),
        ("010121", "010121"), ("990000", "990000"),
    ])
    func read(text: String, digits: String) { #expect(HSCode(text)?.digits == digits) }

    @Test("what is no code is nil", arguments: ["", "8471", "84713", "84713001001", "84713O", "001234", "771234", "8471-30"])
    func refused(text: String) { #expect(HSCode(text) == nil) }

    @Test func `a code has a chapter, a heading and a subheading, and covers the finer ones`() throws {
        let code = try #require(HSCode("8471.30.0100")), subheading = try #require(HSCode("847130"))
        #expect(code.chapter == "84" && code.heading == "8471" && code.subheading == "847130")
        #expect(subheading.covers(code) && subheading.covers(subheading) && !code.covers(subheading))
        #expect(subheading < code)
    }
}
