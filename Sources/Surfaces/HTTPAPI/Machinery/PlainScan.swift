import Kernel

/// Walks over a JSON text whose shape is known, value by value, without making a tree.
struct PlainScan {
    typealias NotPlain = OrderReader.NotPlain

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

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

    private mutating func demand(_ scalar: Unicode.Scalar) throws(NotPlain) { guard take(scalar) else { throw NotPlain() } }

    /// Nothing may follow.
    mutating func end() throws(NotPlain) {
        skipSpace()
        guard at == bytes.count else { throw NotPlain() }
    }

    /// The next key of an object, which begins with the first call; nil at its end.
    mutating func key(_ members: inout PlainMembers) throws(NotPlain) -> PlainKey? {
        if members.hasBegun {
            if take("}") { return nil }
            try demand(",")
        } else {
            try demand("{")
            members.hasBegun = true
            if take("}") { return nil }
        }
        try demand("\"")
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        guard next == UInt8(ascii: "\"") else { throw NotPlain() }
        let key = PlainKey(bytes: UnsafeBufferPointer(rebasing: bytes[start..<at]))
        at += 1
        try demand(":")
        return key
    }

    /// Whether the array that begins here has an element.
    mutating func elements() throws(NotPlain) -> Bool {
        try demand("[")
        return !take("]")
    }

    /// Whether another element follows.
    mutating func more() throws(NotPlain) -> Bool {
        if take(",") { return true }
        try demand("]")
        return false
    }

    mutating func null() throws(NotPlain) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// True, false, or nil for null.
    mutating func truth() throws(NotPlain) -> Bool? {
        skipSpace()
        switch next {
        case UInt8(ascii: "t"):
            try literal("true")
            return true
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default:
            try literal("null")
            return nil
        }
    }

    private mutating func literal(_ word: StaticString) throws(NotPlain) {
        let matches = word.withUTF8Buffer { word in
            at + word.count <= bytes.count && word.indices.allSatisfy { bytes[at + $0] == word[$0] }
        }
        guard matches else { throw NotPlain() }
        at += word.utf8CodeUnitCount
    }

    mutating func numberOrNull(_ range: ClosedRange<Int64>) throws(NotPlain) -> Int64? {
        try null() ? nil : try number(range)
    }

    /// A whole number in digits; a fraction or an exponent is not read here.
    mutating func number(_ range: ClosedRange<Int64>) throws(NotPlain) -> Int64 {
        skipSpace()
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let first = at
        var value: Int64 = 0
        while let byte = next, (48...57).contains(byte) {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(byte - 48))
            guard !overflow, !carry else { throw NotPlain() }
            value = sum
            at += 1
        }
        guard at > first, at == first + 1 || bytes[first] != UInt8(ascii: "0") else { throw NotPlain() }
        if let byte = next, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") { throw NotPlain() }
        if isNegative { value = -value }
        guard range.contains(value) else { throw NotPlain() }
        return value
    }

    mutating func textOrNull(_ length: ClosedRange<Int>) throws(NotPlain) -> String? {
        try null() ? nil : try text(length)
    }

    /// A text of so many Unicode scalars.
    mutating func text(_ length: ClosedRange<Int> = 0 ... .max) throws(NotPlain) -> String {
        try demand("\"")
        let start = at
        var later = 0, isASCII: UInt8 = 0
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            isASCII |= byte
            if byte & 0xC0 == 0x80 { later += 1 }
            at += 1
        }
        guard next == UInt8(ascii: "\"") else { return try escaped(from: start, length) }
        let run = UnsafeBufferPointer(rebasing: bytes[start..<at])
        guard length.contains(run.count - later) else { throw NotPlain() }
        at += 1
        if isASCII < 0x80 { return String(decoding: run, as: UTF8.self) }
        guard let text = String(validating: run, as: UTF8.self) else { throw NotPlain() }
        return text
    }

    /// As the general reader reads it.
    private mutating func escaped(from start: Int, _ length: ClosedRange<Int>) throws(NotPlain) -> String {
        var reader = WireReader(bytes: bytes)
        reader.at = start - 1
        guard let text = try? reader.string(), String(validating: bytes[start..<reader.at], as: UTF8.self) != nil,
            length.contains(text.unicodeScalars.count)
        else { throw NotPlain() }
        at = reader.at
        return text
    }

    /// One of an enumeration's words, or null.
    mutating func word<Word: RawRepresentable<String>>() throws(NotPlain) -> Word? { try value { Word(rawValue: $0) } }

    /// What a text means, or null.
    mutating func value<Value>(_ meaning: (String) -> Value?) throws(NotPlain) -> Value? {
        if try null() { return nil }
        guard let value = meaning(try text()) else { throw NotPlain() }
        return value
    }

    mutating func country() throws(NotPlain) -> Country {
        guard let country = Country(try text()) else { throw NotPlain() }
        return country
    }
}

/// Which members of an object have been seen.
struct PlainMembers {
    fileprivate(set) var hasBegun = false
    private var seen: UInt32 = 0

    /// A member stands once.
    mutating func once(_ member: UInt32) throws(OrderReader.NotPlain) {
        guard seen & (1 << member) == 0 else { throw OrderReader.NotPlain() }
        seen |= 1 << member
    }
}

/// The bytes of a key; those of a key with escapes are no key of ours.
struct PlainKey {
    let bytes: UnsafeBufferPointer<UInt8>

    func `is`(_ name: StaticString) -> Bool {
        name.utf8CodeUnitCount == bytes.count && name.withUTF8Buffer { name in name.indices.allSatisfy { name[$0] == bytes[$0] } }
    }
}
