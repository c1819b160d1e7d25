/// A moment, in microseconds since 1970-01-01T00:00:00 UTC.
@frozen @usableFromInline
package struct Instant: Hashable, Comparable, Sendable {
    @usableFromInline package var micros: Int64

    @inlinable package init(micros: Int64) { self.micros = micros }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.micros < b.micros }
    @inlinable package static func + (a: Self, b: Duration) -> Self { Self(micros: a.micros + b.micros) }
    @inlinable package static func - (a: Self, b: Duration) -> Self { Self(micros: a.micros - b.micros) }
    @inlinable package static func - (a: Self, b: Self) -> Duration { .microseconds(a.micros - b.micros) }

    package static let distantPast = Self(micros: 0)
    /// The year 9999: stands for "no end".
    package static let distantFuture = Self(micros: 253_402_300_799_000_000)
}

extension Duration {
    /// Whole microseconds, the rest cut off.
    @inlinable package var micros: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }

    @inlinable package static func minutes(_ count: some BinaryInteger) -> Duration { .seconds(Int64(count) * 60) }
    @inlinable package static func hours(_ count: some BinaryInteger) -> Duration { .seconds(Int64(count) * 3600) }
    @inlinable package static func days(_ count: some BinaryInteger) -> Duration { .seconds(Int64(count) * 86400) }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-11-21T05:03:00Z`, with six decimals where there are micros.
    @usableFromInline package var description: String {
        let (day, rest) = micros.flooredDivision(by: 86_400_000_000)
        let date = CivilDate(dayNumber: Int(day))
        let second = Int(rest / 1_000_000), fraction = Int(rest % 1_000_000)
        let (year, month, dayOfMonth) = date.parts
        guard (0...9999).contains(year) else {
            return "\(date)T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60)).\(zeroPadded(fraction, to: 6))Z"
        }
        return String(unsafeUninitializedCapacity: 27) { text in
            func write(_ value: Int, _ digits: Int, at end: Int, then mark: Unicode.Scalar) {
                var rest = value
                for index in 0..<digits {
                    text[end - 1 - index] = UInt8(48 + rest % 10)
                    rest /= 10
                }
                text[end] = UInt8(ascii: mark)
            }
            write(year, 4, at: 4, then: "-")
            write(month, 2, at: 7, then: "-")
            write(dayOfMonth, 2, at: 10, then: "T")
            write(second / 3600, 2, at: 13, then: ":")
            write(second / 60 % 60, 2, at: 16, then: ":")
            write(second % 60, 2, at: 19, then: fraction > 0 ? "." : "Z")
            guard fraction > 0 else { return 20 }
            write(fraction, 6, at: 26, then: "Z")
            return 27
        }
    }

    /// Reads RFC 3339 (`2026-11-21T05:03:00Z`, an offset, decimals). Nil where the text is anything else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "t"),
            let hour = number(bytes[11..<13]), bytes[13] == UInt8(ascii: ":"),
            let minute = number(bytes[14..<16]), bytes[16] == UInt8(ascii: ":"),
            let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19, fraction: Int64 = 0, scale: Int64 = 1_000_000
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            while index < bytes.count, (48...57).contains(bytes[index]) {
                if scale > 1 { scale /= 10; fraction += Int64(bytes[index] - 48) * scale }
                index += 1
            }
            guard index > start else { return nil }
        }
        guard let offset = Self.offsetSeconds(bytes[index...]) else { return nil }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(micros: seconds * 1_000_000 + fraction)
    }

    private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        let at = bytes.startIndex
        guard bytes.count == 6, bytes[at + 3] == UInt8(ascii: ":"),
            let hour = number(bytes[at + 1..<at + 3]), let minute = number(bytes[at + 4..<at + 6]),
            hour < 24, minute < 60, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        else { return nil }
        return (hour * 3600 + minute * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

extension Instant: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Self(text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath,
                debugDescription: "'\(text)' is not a time of the form 2026-11-21T05:03:00Z"))
        }
        self = instant
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

func pad(_ value: some BinaryInteger) -> String { value < 10 ? "0\(value)" : "\(value)" }

/// The digits of a number that is not negative, with zeros in front up to `length`.
func zeroPadded(_ value: some BinaryInteger, to length: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, length - digits.count)) + digits
}

/// The number written by these digits; nil where one is not a digit.
func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0 as Int?) { sum, byte in
        guard let sum, (48...57).contains(byte) else { return nil }
        return sum * 10 + Int(byte - 48)
    }
}

extension Int64 {
    /// Division that rounds down, so that the remainder is never negative.
    @inlinable package func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
