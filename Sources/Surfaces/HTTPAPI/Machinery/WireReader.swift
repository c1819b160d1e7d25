/// Reads a JSON body strictly: one value and nothing after it, at most 64 deep, each key once, no half surrogate,
/// no NUL character (PostgreSQL cannot store it).
///
/// It differs from the reader of `JSON` in keeping numbers as written and in naming the place by JSON pointer.
struct WireReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var path: [String] = []

    static let maxDepth = 64

    /// - Throws: `Malformed` with the place and the reason.
    static func read(_ bytes: [UInt8]) throws(Malformed) -> WireValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Malformed(pointer: "", rule: "The body is not UTF-8.", offset: 0)
        }
        return try bytes.withUnsafeBufferPointer { buffer -> Result<WireValue, Malformed> in
            var reader = WireReader(bytes: buffer)
            do throws(Malformed) { return .success(try reader.document()) } catch { return .failure(error) }
        }.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func document() throws(Malformed) -> WireValue {
        skipSpace()
        guard at < bytes.count else { throw fail("The body is empty; it must be one JSON value.") }
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw fail("There is more text after the JSON value.") }
        return value
    }

    private func fail(_ rule: String) -> Malformed {
        Malformed(pointer: JSONPointer.text(path), rule: rule, offset: at)
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    private mutating func value() throws(Malformed) -> WireValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
        default: throw fail("A JSON value is missing.")
        }
    }

    private mutating func inside<Value>(
        _ step: String, _ read: (inout Self) throws(Malformed) -> Value
    ) throws(Malformed) -> Value {
        path.append(step)
        guard path.count <= Self.maxDepth else {
            throw Malformed(pointer: "", rule: "The body is nested deeper than \(Self.maxDepth).", offset: at)
        }
        let value = try read(&self)
        path.removeLast()
        return value
    }

    private mutating func object() throws(Malformed) -> WireValue {
        at += 1
        var members: [String: WireValue] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fail("A key in double quotes is missing.") }
            let key = try string()
            guard take(":") else { throw fail("':' is missing after a key.") }
            let member = try inside(key) { reader throws(Malformed) in try reader.value() }
            guard members.updateValue(member, forKey: key) == nil else {
                path.append(key)
                throw fail("The key stands twice in its object.")
            }
        } while take(",")
        guard take("}") else { throw fail("'}' or ',' is missing.") }
        return .object(members)
    }

    private mutating func array() throws(Malformed) -> WireValue {
        at += 1
        var values: [WireValue] = []
        if take("]") { return .array(values) }
        repeat {
            values.append(try inside(String(values.count)) { reader throws(Malformed) in try reader.value() })
        } while take(",")
        guard take("]") else { throw fail("']' or ',' is missing.") }
        return .array(values)
    }

    private mutating func literal(_ word: StaticString, _ value: WireValue) throws(Malformed) -> WireValue {
        let matches = word.withUTF8Buffer { word in
            at + word.count <= bytes.count && word.indices.allSatisfy { bytes[at + $0] == word[$0] }
        }
        guard matches else { throw fail("'\(word)' is misspelt.") }
        at += word.utf8CodeUnitCount
        return value
    }
}

extension WireReader {
    /// RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    private mutating func number() throws(Malformed) -> String {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let whole = at
        guard digits() > 0, at == whole + 1 || bytes[whole] != UInt8(ascii: "0") else {
            throw fail("A number is malformed.")
        }
        if next == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw fail("A number is malformed.") }
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw fail("A number is malformed.") }
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = next, (48...57).contains(byte) { at += 1 }
        return at - start
    }

    private mutating func string() throws(Malformed) -> String {
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

/// The body is not the JSON it should be; says where and why.
struct Malformed: Error, Equatable {
    /// JSON pointer of the innermost value that was being read; empty for the whole.
    let pointer: String
    /// One sentence.
    let rule: String
    /// Byte of the body, from 0.
    let offset: Int
}

/// RFC 6901.
package enum JSONPointer {
    package static func text(_ path: some Sequence<String>) -> String {
        path.reduce(into: "") { $0 += "/" + escaped($1) }
    }

    static func escaped(_ step: String) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return step }
        return step.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }
}
