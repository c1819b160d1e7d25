/// Reads a Swift type from a `WireValue`. Shape and limits were checked against the schema before; what fails
/// here is what only the type itself knows, such as the check digit of a barcode.
struct WireDecoder: Decoder {
    let value: WireValue
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: WireValue, at codingPath: [any CodingKey] = []) {
        self.value = value
        self.codingPath = codingPath
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch("an object", type) }
        return KeyedDecodingContainer(WireKeyedContainer(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .array(let values): return WireUnkeyedContainer(values: values, codingPath: codingPath)
        case .bare(let text): return WireUnkeyedContainer(values: SchemaCheck.items(of: text), codingPath: codingPath)
        default: throw mismatch("an array", [Any].self)
        }
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func mismatch(_ expected: String, _ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "\(value.quoted) must be \(expected)."))
    }

    func read<T: Decodable>(_ type: T.Type) throws -> T {
        try Self.read(type, from: value) { codingPath }
    }

    /// - Parameter path: asked for only where it is needed, as most values are plain texts and numbers.
    static func read<T: Decodable>(
        _ type: T.Type, from value: WireValue, at path: () -> [any CodingKey]
    ) throws -> T {
        switch value {
        case .string(let text) where type == String.self, .bare(let text) where type == String.self:
            if let text = text as? T { return text }
        default: break
        }
        guard let scalar = type as? any WireScalar.Type else { return try T(from: WireDecoder(value, at: path())) }
        guard let read = scalar.init(wire: value) as? T else {
            throw WireDecoder(value, at: path()).mismatch("a value of the type \(type)", type)
        }
        return read
    }
}

extension WireDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }
}

private struct WireKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: WireValue]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.keys.sorted().compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { members[key.stringValue] == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        guard let value = members[key.stringValue] else { return try decoder(key).read(type) }
        return try WireDecoder.read(type, from: value) { codingPath + [key] }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { WireDecoder(.object(members), at: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: Key) throws -> WireDecoder {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath + [key], debugDescription: "'\(key.stringValue)' is missing."))
        }
        return WireDecoder(value, at: codingPath + [key])
    }
}

private struct WireUnkeyedContainer: UnkeyedDecodingContainer {
    let values: [WireValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(values: [WireValue], codingPath: [any CodingKey]) {
        self.values = values
        self.codingPath = codingPath
    }

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex == values.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, values[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().read(type) }
    mutating func superDecoder() throws -> any Decoder { try next() }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        try next().container(keyedBy: type)
    }

    private mutating func next() throws -> WireDecoder {
        let path = codingPath + [IndexKey(intValue: currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, .init(codingPath: path, debugDescription: "The array ends too early."))
        }
        defer { currentIndex += 1 }
        return WireDecoder(values[currentIndex], at: path)
    }
}

private struct IndexKey: CodingKey {
    let index: Int
    var stringValue: String { String(index) }
    var intValue: Int? { index }
    init(intValue: Int) { index = intValue }
    init?(stringValue: String) { return nil }
}
