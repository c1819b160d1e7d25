/// What one run of a type's `init(from:)` asked for.
final class SchemaRecord {
    let book: SchemaBook
    private(set) var schema = Schema.any

    init(book: SchemaBook) { self.book = book }

    func become(_ schema: Schema) { self.schema = schema }

    /// Makes it an object, if it is not one yet: `init(from:)` may open several containers.
    func becomeObject() {
        if case .object = schema.shape { return }
        schema = .object([])
    }

    func add(_ property: Schema.Property) {
        becomeObject()
        guard case .object(var properties) = schema.shape, !properties.contains(where: { $0.name == property.name })
        else { return }
        properties.append(property)
        schema.shape = .object(properties)
    }
}

/// A decoder that notes what is asked for and answers with dummies.
struct SchemaRecorder: Decoder {
    let record: SchemaRecord
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        record.becomeObject()
        return KeyedDecodingContainer(KeyedRecorder(record: record, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaError("An array that is read element by element needs a schema of its own (APISchema).")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// The dummy for `type` that stands at `key`.
    static func dummy<T>(_ derived: (schema: Schema, dummy: T?), _ type: T.Type) throws -> T {
        guard let dummy = derived.dummy else {
            throw SchemaError("\(type) holds itself other than by an array or an optional.")
        }
        return dummy
    }
}

extension SchemaRecorder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let derived = try record.book.derive(type)
        record.become(derived.schema)
        return try Self.dummy(derived, type)
    }
}

private final class KeyedRecorder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: SchemaRecord
    let codingPath: [any CodingKey]
    /// Keys that were asked for with "is it there?" first, and so may be left out.
    private var optional: Set<String> = []

    init(record: SchemaRecord, codingPath: [any CodingKey]) {
        self.record = record
        self.codingPath = codingPath
    }

    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool {
        optional.insert(key.stringValue)
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        optional.insert(key.stringValue)
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try SchemaRecorder.dummy(note(type, key), type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        optional.insert(key.stringValue)
        return try note(type, key).dummy
    }

    private func note<T: Decodable>(_ type: T.Type, _ key: Key) throws -> (schema: Schema, dummy: T?) {
        let derived = try record.book.derive(type)
        let mayMiss = optional.contains(key.stringValue) || derived.schema.isNullable
        record.add(
            .init(
                name: key.stringValue, schema: mayMiss ? derived.schema.orNull : derived.schema, isRequired: !mayMiss))
        return derived
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    { throw unsupported(key) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw unsupported(key) }
    func superDecoder() throws -> any Decoder { SchemaRecorder(record: record, codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw unsupported(key) }

    private func unsupported(_ key: Key) -> SchemaError {
        SchemaError("'\(key.stringValue)' is read by hand and needs a type of its own.")
    }
}
