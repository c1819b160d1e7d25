/// What an `ID` identifies; gives the prefix it is written with outside (`ord_0r5…`).
@usableFromInline package protocol IDTag: Sendable {
    static var prefix: String { get }
}

/// A 64-bit identifier that sorts by the time it was made and is written as `prefix_0123456789abc`.
///
/// The thirteen characters after the prefix are Crockford base 32, most significant first, so that text
/// sorts as the number does. Ids are not secrets.
@frozen @usableFromInline
package struct ID<Tag: IDTag>: Hashable, Comparable, Sendable {
    @usableFromInline package var raw: Int64

    @inlinable package init(_ raw: Int64) { self.raw = raw }

    /// Reads the outside form. Nil where the prefix, the length or a character is not this kind's.
    package init?(_ text: some StringProtocol) {
        let head = Tag.prefix.utf8.count + 1
        let bytes = Array(text.utf8)
        guard bytes.count == head + 13, text.hasPrefix(Tag.prefix + "_") else { return nil }
        var value: UInt64 = 0
        for (index, byte) in bytes[head...].enumerated() {
            guard let digit = CrockfordBase32.value(of: byte), index > 0 || digit < 16 else { return nil }
            value = value << 5 | UInt64(digit)
        }
        guard let raw = Int64(exactly: value) else { return nil }
        self.raw = raw
    }

    @inlinable package static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

extension ID: CustomStringConvertible {
    @usableFromInline package var description: String { Tag.prefix + "_" + CrockfordBase32.text(UInt64(bitPattern: raw)) }
}

extension ID: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an id of the form \(Tag.prefix)_…"))
        }
        self = id
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Crockford's base 32: digits and lower-case letters without i, l, o, u; reading forgives case and look-alikes.
enum CrockfordBase32 {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func text(_ value: UInt64) -> String {
        String(unsafeUninitializedCapacity: 13) { buffer in
            for index in 0..<13 {
                buffer[12 - index] = alphabet[Int(value >> UInt64(5 * index) & 31)]
            }
            return 13
        }
    }

    static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "o"), UInt8(ascii: "O"): return 0
        case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "l"), UInt8(ascii: "L"): return 1
        default: return alphabet.firstIndex(of: byte | 0x20 == byte || byte < 0x40 ? byte : byte | 0x20)
        }
    }
}
