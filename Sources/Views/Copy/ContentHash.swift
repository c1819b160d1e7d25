import Store

/// A hash over rows in their order: FNV-1a of 64 bits over each value's kind, length and bytes.
///
/// It tells a copy from one that was cut off, mixed up or changed on the way; it is no defence against forgery.
struct ContentHash: Sendable, Equatable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ row: [Datum]) {
        for value in row {
            switch value {
            case .null: add(byte: 0)
            case .int(let number):
                add(byte: 1)
                add(UInt64(bitPattern: number))
            case .text(let text):
                add(byte: 2)
                add(UInt64(text.utf8.count))
                for byte in text.utf8 { add(byte: byte) }
            }
        }
    }

    private mutating func add(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// Sixteen hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
