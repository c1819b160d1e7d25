/// A generic type of the standard library whose schema is made of its elements'.
protocol CompositeSchema {
    /// The schema, and an empty value of the type.
    static func derive(in book: SchemaBook) throws -> (Schema, Any)
}

extension Optional: CompositeSchema where Wrapped: Decodable {
    static func derive(in book: SchemaBook) throws -> (Schema, Any) {
        (try book.schema(of: Wrapped.self).orNull, Self.none as Any)
    }
}

extension Array: CompositeSchema where Element: Decodable {
    static func derive(in book: SchemaBook) throws -> (Schema, Any) {
        (.array(of: try book.schema(of: Element.self)), Self())
    }
}

extension Set: CompositeSchema where Element: Decodable {
    static func derive(in book: SchemaBook) throws -> (Schema, Any) {
        (.array(of: try book.schema(of: Element.self)), Self())
    }
}

extension Dictionary: CompositeSchema where Key == String, Value: Decodable {
    static func derive(in book: SchemaBook) throws -> (Schema, Any) {
        (Schema(.map(try book.schema(of: Value.self))), Self())
    }
}
