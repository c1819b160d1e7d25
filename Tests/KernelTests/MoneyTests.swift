import Foundation
import Kernel
import Testing

@Suite struct MoneyTests {
    @Test("an amount is written in major units with its currency's digits", arguments: [
        (1230 as Int64, "EUR", "12.30 EUR"), (-5, "EUR", "-0.05 EUR"), (500, "JPY", "500 JPY"), (1, "KWD", "0.001 KWD"),
        (0, "USD", "0.00 USD"), (Int64.min, "JPY", "-9223372036854775808 JPY"),
    ])
    func text(minor: Int64, code: String, text: String) throws {
        #expect(Money(minor, try #require(Currency(code))).description == text)
    }

    @Test("what is no active currency is nil", arguments: ["", "eur", "EURO", "XXX", "DEM", "US"])
    func refused(code: String) { #expect(Currency(code) == nil) }

    @Test func `amounts of one currency add and subtract`() throws {
        let euro = try #require(Currency("EUR"))
        #expect(Money(250, euro) + Money(-50, euro) == Money(200, euro))
        #expect(Money(250, euro) - Money(300, euro) == Money(-50, euro))
    }

    @Test func `amounts of two currencies never add`() async throws {
        await #expect(processExitsWith: .failure) {
            let euro = try #require(Currency("EUR")), yen = try #require(Currency("JPY"))
            _ = Money(1, euro) + Money(1, yen)
        }
    }

    @Test func `money decodes as it was encoded, and an unknown currency does not`() throws {
        let money = Money(1230, try #require(Currency("KWD")))
        #expect(try JSONDecoder().decode(Money.self, from: JSONEncoder().encode(money)) == money)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Money.self, from: Data(#"{"minor":1,"currency":"ABC"}"#.utf8))
        }
    }

    @Test("a split by weights gives the remainders to the largest fractions", arguments: [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [0, 0], [5, 5]),
        (5, [0, 3, 0], [0, 5, 0]),
        (1, [1, 2], [0, 1]),
        (0, [7, 8], [0, 0]),
        (7, [], []),
        (Int64.max, [Int64.max / 2, Int64.max / 2], [Int64.max / 2 + 1, Int64.max / 2]),
    ] as [(Int64, [Int64], [Int64])])
    func split(total: Int64, weights: [Int64], parts: [Int64]) { #expect(Money.split(total, by: weights) == parts) }

    @Test func `the parts of a split add up, each less than one unit from its exact share`() {
        var random = SeededRandom(seed: 21)
        for _ in 0..<3000 {
            let weights = (0..<1 + random.below(9)).map { _ in Int64(random.below(1000)) }
            let total = Int64(random.below(2_000_000)) - 1_000_000
            let parts = Money.split(total, by: weights)
            #expect(parts.reduce(0, +) == total)
            let sum = weights.reduce(0, +)
            for (part, weight) in zip(parts, weights) where sum > 0 {
                #expect(abs(part * sum - total * weight) < sum, "\(total) by \(weights) gave \(parts)")
            }
        }
    }

    @Test func `a heavier weight never gets less`() {
        var random = SeededRandom(seed: 22)
        for _ in 0..<1000 {
            let weights = (0..<6).map { _ in Int64(random.below(50)) }
            let parts = Money.split(Int64(random.below(500)), by: weights)
            for (a, b) in zip(weights, parts) {
                for (c, d) in zip(weights, parts) where a > c { #expect(b >= d, "\(weights) gave \(parts)") }
            }
        }
    }
}
