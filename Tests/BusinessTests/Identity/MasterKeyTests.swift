import Identity
import Kernel
import Testing

@Suite struct MasterKeyTests {
    private static let first = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private static let second = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="

    @Test func `a key file holds the current key first, and is written as it is read`() throws {
        let keys = try MasterKey.parse("# keys of the network\n 2026:\(Self.first)\n\n2025:\(Self.second)\n")
        #expect(keys.map(\.id) == ["2026", "2025"])
        #expect(keys.map(\.line) == ["2026:\(Self.first)", "2025:\(Self.second)"])
    }

    @Test(arguments: ["", "# nothing", "2026", "2026:AAEC", ":\(first)", "2026:\(first)x", "a:\(first)\na:\(second)"])
    func `a broken key file is refused without repeating it`(_ text: String) {
        let refusal = #expect(throws: InvalidInput.self) { try MasterKey.parse(text) }
        #expect(refusal?.message.contains("AAEC") == false)
    }

    @Test func `a key is hidden wherever it is printed`() throws {
        let key = try MasterKey(id: "2026", bytes: [UInt8](repeating: 65, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("65") && !text.contains("QUFB")) }
    }
}
