import Kernel

/// A type with a schema of its own, for types that cannot be derived: values with a text form, and types whose
/// `init(from:)` checks more than the shape. The schema needs an example that the type can be read from.
package protocol APISchema: Decodable {
    static var schema: Schema { get }
    /// Name among the document's components; nil writes the schema where it is used.
    static var componentName: String? { get }
}

extension APISchema {
    package static var componentName: String? { nil }
}

/// Derives schemas from Swift types and collects the named ones.
///
/// A type is run through its `init(from:)` with a decoder that notes what is asked for and hands out dummies.
package final class SchemaBook {
    package private(set) var components: [String: Schema] = [:]
    private var owners: [String: ObjectIdentifier] = [:]
    private var dummies: [ObjectIdentifier: any Decodable] = [:]
    private var inProgress: Set<ObjectIdentifier> = []

    package init() {}

    /// The schema of `type`.
    /// - Throws: `SchemaError` where the type cannot be derived.
    package func schema<T: Decodable>(of type: T.Type) throws -> Schema { try derive(type).schema }

    /// The fields of a type whose every field is one value, as a query must be; none for `Nothing`.
    func properties<T: Decodable>(of type: T.Type) throws -> [Schema.Property] {
        if type == Nothing.self { return [] }
        let record = SchemaRecord(book: self)
        _ = try T(from: SchemaRecorder(record: record, codingPath: []))
        guard case .object(var properties) = record.schema.shape else {
            throw SchemaError("\(type) is no struct of query parameters.")
        }
        try annotate(&properties, from: type)
        return properties
    }

    /// The schema and a value to hand to the type that asked; no value while the type itself is being derived.
    func derive<T: Decodable>(_ type: T.Type) throws -> (schema: Schema, dummy: T?) {
        if let composite = type as? any CompositeSchema.Type {
            let (schema, dummy) = try composite.derive(in: self)
            return (schema, dummy as? T)
        }
        if inProgress.contains(ObjectIdentifier(type)) { return (.component(TypeName.of(type)), nil) }
        if let custom = type as? any APISchema.Type { return try fixed(custom, as: type) }
        if let scalar = type as? any WireScalar.Type { return (scalar.schema, scalar.dummy as? T) }
        if let cases = type as? any CaseIterable.Type, let known = try enumeration(cases, as: type) { return known }
        return try recorded(type)
    }

    private func fixed<T: Decodable>(_ custom: any APISchema.Type, as type: T.Type) throws -> (Schema, T?) {
        let schema = custom.schema
        guard let example = schema.example else { throw SchemaError("The schema of \(type) has no example.") }
        do {
            let dummy = try T(from: WireDecoder(WireValue(example)))
            guard let name = custom.componentName else { return (schema, dummy) }
            return (try register(schema, as: name, of: type), dummy)
        } catch let error as DecodingError {
            throw SchemaError("The example of \(type) is not one: \(error)")
        }
    }

    private func enumeration<T: Decodable>(_ cases: any CaseIterable.Type, as type: T.Type) throws -> (Schema, T?)? {
        func all<C: CaseIterable>(_: C.Type) -> [(C, String)] {
            C.allCases.compactMap { value in ((value as? any RawRepresentable)?.rawValue as? String).map { (value, $0) }
            }
        }
        let values = all(cases)
        guard let first = values.first?.0 as? T else { return nil }
        let description = (type as? any Documented.Type).map { notes in
            values.compactMap { value in notes.fields[value.1].map { "`\(value.1)`: \($0.description)" } }.joined(
                separator: " ")
        }
        let schema = Schema.enumeration(values.map(\.1), description)
        return (try register(schema, as: TypeName.of(type), of: type), first)
    }

    private func recorded<T: Decodable>(_ type: T.Type) throws -> (Schema, T?) {
        let id = ObjectIdentifier(type)
        if let dummy = dummies[id] as? T { return (.component(TypeName.of(type)), dummy) }
        inProgress.insert(id)
        defer { inProgress.remove(id) }
        let record = SchemaRecord(book: self)
        let dummy: T
        do {
            dummy = try T(from: SchemaRecorder(record: record, codingPath: []))
        } catch let error as DecodingError {
            throw SchemaError("\(type) refuses a dummy value and needs a schema of its own (APISchema): \(error)")
        }
        guard case .object(var properties) = record.schema.shape else { return (record.schema, dummy) }
        try annotate(&properties, from: type)
        dummies[id] = dummy
        return (try register(.object(properties), as: TypeName.of(type), of: type), dummy)
    }

    func annotate<T>(_ properties: inout [Schema.Property], from type: T.Type) throws {
        guard let notes = (type as? any Documented.Type)?.fields else { return }
        for (name, note) in notes.sorted(by: { $0.key < $1.key }) {
            guard let index = properties.firstIndex(where: { $0.name == name }) else {
                throw SchemaError("\(type) has a note for '\(name)', which is not one of its fields.")
            }
            properties[index].schema = try note.applied(to: properties[index].schema, of: name)
        }
    }

    private func register<T>(_ schema: Schema, as name: String, of type: T.Type) throws -> Schema {
        guard owners.updateValue(ObjectIdentifier(type), forKey: name).map({ $0 == ObjectIdentifier(type) }) ?? true
        else {
            throw SchemaError(
                "Two types of the API are named \(name); rename one, the second being \(String(reflecting: type)).")
        }
        components[name] = schema
        return .component(name)
    }
}

/// The stable name of a type among the components: `NewOrder.Line` is `NewOrderLine`, `Page<Order>` is `PageOfOrder`.
enum TypeName {
    static func of(_ type: Any.Type) -> String {
        String(reflecting: type).split { "<>,".contains($0) }.map(unqualified).joined(separator: "Of")
    }

    /// Without the module, and without the marks of a private or local context.
    private static func unqualified(_ name: Substring) -> String {
        let parts = name.split(separator: ".").filter { !$0.contains("(") }
        return parts.dropFirst(parts.count > 1 ? 1 : 0).joined().filter { $0 != " " }
    }
}
