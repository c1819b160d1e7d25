/// Reads a JSON body strictly: one value and nothing after it, at most 64 deep, each key once, no half surrogate,
/// no NUL character (PostgreSQL cannot store it).
///
/// It differs from the reader of `JSON` in keeping numbers as written and in naming the place by JSON pointer.
struct WireReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0
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

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func document() throws(Malformed) -> WireValue {
        skipSpace()
        guard at < bytes.count else { throw fail("The body is empty; it must be one JSON value.") }
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw fail("There is more text after the JSON value.") }
        return value
    }

    func fail(_ rule: String) -> Malformed {
        Malformed(pointer: JSONPointer.text(path), rule: rule, offset: at)
    }

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

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
