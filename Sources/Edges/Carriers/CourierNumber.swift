import Kernel

/// Tracking numbers of the built-in courier: `WB`, sixteen digits and a check digit.
///
/// The check digit is that of the postal S10 format (UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11), its weights repeated
/// for the second eight digits.
package enum CourierNumber {
    package static let prefix = "WB"
    private static let weights = [8, 6, 4, 2, 3, 5, 9, 7]

    /// The number of the purchase with this key; `attempt` counts up where a number is taken by another key.
    static func make(seed: UInt64, key: String, attempt: Int) -> String {
        var random = SeededRandom(seed: seed).fork("number").fork(key)
        for _ in 0..<attempt { _ = random.next() }
        let digits = String(random.next() % 10_000_000_000_000_000)
        let body = String(repeating: "0", count: 16 - digits.count) + digits
        return prefix + body + String(checkDigit(Array(body.utf8)))
    }

    /// Whether form and check digit are right.
    package static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, text.hasPrefix(prefix), bytes[2...].allSatisfy({ (48...57).contains($0) }) else {
            return false
        }
        return checkDigit(Array(bytes[2..<18])) == Int(bytes[18] - 48)
    }

    private static func checkDigit(_ digits: [UInt8]) -> Int {
        let sum = digits.enumerated().reduce(0) { $0 + Int($1.element - 48) * weights[$1.offset % 8] }
        switch 11 - sum % 11 {
        case 10: return 0
        case 11: return 5
        case let digit: return digit
        }
    }
}
