@testable import Edges
import Testing

@Suite struct CourierNumberTests {
    @Test("a number depends on seed, key and attempt, and carries a check digit")
    func made() {
        let number = CourierNumber.make(seed: 1, key: "out_1", attempt: 0)
        #expect(number.count == 19 && number.hasPrefix("WB") && CourierNumber.isValid(number))
        #expect(number == CourierNumber.make(seed: 1, key: "out_1", attempt: 0))
        let others = [
            CourierNumber.make(seed: 2, key: "out_1", attempt: 0), CourierNumber.make(seed: 1, key: "out_2", attempt: 0),
            CourierNumber.make(seed: 1, key: "out_1", attempt: 1),
        ]
        #expect(Set(others + [number]).count == 4)
    }

    @Test("the check digit is that of S10 numbers", arguments: [
        // 47312482 → 9 and 12345678 → 5 are S10's; the first eight digits here are zeros.
        ("WB0000000047312482" + "9", true), ("WB0000000012345678" + "5", true), ("WB0000000012345678" + "6", false),
        ("WB00000000123456785" + "5", false), ("XB0000000012345678" + "5", false), ("WB000000001234567A" + "5", false),
    ])
    func check(number: String, isValid: Bool) { #expect(CourierNumber.isValid(number) == isValid) }

    @Test("two digits exchanged are noticed in nine of ten numbers")
    func exchanged() {
        var noticed = 0, tried = 0
        for key in 0..<500 {
            var digits = Array(CourierNumber.make(seed: 5, key: "\(key)", attempt: 0))
            guard digits[6] != digits[7] else { continue }
            digits.swapAt(6, 7)
            tried += 1
            noticed += CourierNumber.isValid(String(digits)) ? 0 : 1
        }
        #expect(noticed * 10 >= tried * 9)
    }
}
