extension WireReader {
    /// RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    ///
    /// A whole number that is written otherwise (`2.0`, `1e3`) comes back as digits: JSON Schema counts it as one.
    mutating func number() throws(Malformed) -> String {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let whole = at
        guard digits() > 0, at == whole + 1 || bytes[whole] != UInt8(ascii: "0") else {
            throw fail("A number is malformed.")
        }
        let end = at
        if next == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw fail("A number is malformed.") }
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw fail("A number is malformed.") }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        return at == end ? text : Self.digits(of: text) ?? text
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = next, (48...57).contains(byte) { at += 1 }
        return at - start
    }

    /// The digits of a number with a fraction or an exponent, if it is whole and of at most 19 digits.
    private static func digits(of text: String) -> String? {
        let parts = text.lowercased().split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, (-99...99).contains(exponent) else { return nil }
        let shift = exponent - fraction.utf8.count
        let all = mantissa[0] + fraction
        if shift >= 0 {
            let number = Int64(all + String(repeating: "0", count: shift))
            return number.map { String($0) }
        }
        let cut = all.utf8.count + shift
        guard cut > 0, all.suffix(-shift).allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(all.prefix(cut)).map { String($0) }
    }
}
