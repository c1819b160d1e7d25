extension WireReader {
    mutating func string() throws(Malformed) -> String {
        at += 1
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        if next == UInt8(ascii: "\"") {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        var out = Array(bytes[start..<at])
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): out += String(Character(try escape())).utf8
            case 0..<0x20: throw fail("A control character stands unescaped in a string.")
            default: out.append(byte)
            }
        }
        throw fail("A string has no end.")
    }

    private mutating func escape() throws(Malformed) -> Unicode.Scalar {
        guard let byte = next else { throw fail("A string has no end.") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fail("An escape is not one of JSON's.")
        }
    }

    private mutating func unicodeEscape() throws(Malformed) -> Unicode.Scalar {
        var code = try fourHexDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard at + 2 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
                throw fail("Half of a surrogate pair stands alone.")
            }
            at += 2
            let low = try fourHexDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw fail("Half of a surrogate pair stands alone.") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard code != 0 else { throw fail("A string holds the character U+0000, which cannot be stored.") }
        guard let scalar = Unicode.Scalar(code) else { throw fail("Half of a surrogate pair stands alone.") }
        return scalar
    }

    private mutating func fourHexDigits() throws(Malformed) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fail("\\u needs four hexadecimal digits.")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
