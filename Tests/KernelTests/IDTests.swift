import Foundation
import Kernel
import Testing

@Suite struct IDTests {
    @Test("an id is written with its prefix and thirteen characters", arguments: [
        (0 as Int64, "ord_0000000000000"),
        (31, "ord_000000000000z"),
        (32, "ord_0000000000010"),
        (Int64.max, "ord_7zzzzzzzzzzzz"),
    ])
    func text(raw: Int64, text: String) {
        #expect(OrderID(raw).description == text)
        #expect(OrderID(text) == OrderID(raw))
    }

    @Test func `reading gives back what was written, and text sorts as the number does`() {
        var random = SeededRandom(seed: 11)
        let ids = (0..<2000).map { _ in ParcelID(Int64(random.next() >> UInt64(1 + random.below(60)))) }
        for id in ids { #expect(ParcelID(id.description) == id) }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test("look-alikes and capitals are forgiven in the number", arguments: [
        ("ord_000000000000O", 0 as Int64), ("ord_000000000000I", 1), ("ord_000000000000l", 1), ("ord_000000000000Z", 31),
    ])
    func forgiven(text: String, raw: Int64) { #expect(OrderID(text) == OrderID(raw)) }

    @Test("what is not this kind's id is nil", arguments: [
        "", "ord_", "0000000000000", "ful_0000000000000", "ord-0000000000000", "ORD_0000000000000", "ord_000000000000",
        "ord_00000000000000", "ord_000000000000u", "ord_000000000000!", "ord_000000000000@", "ord_8000000000000",
        "ord_g000000000000", "ord_zzzzzzzzzzzzz", " ord_0000000000000", "ord_00000000000é",
    ])
    func refused(text: String) { #expect(OrderID(text) == nil) }

    @Test func `an id of another kind does not decode`() throws {
        let coded = try JSONEncoder().encode([OrderID(7)])
        #expect(try JSONDecoder().decode([OrderID].self, from: coded) == [OrderID(7)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([SKUID].self, from: coded) }
    }

    private enum ParcelTag: IDTag { static let prefix = "p" }
    private typealias ParcelID = ID<ParcelTag>
}
