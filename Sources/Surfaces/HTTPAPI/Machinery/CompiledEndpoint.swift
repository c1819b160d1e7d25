import HTTPTypes
import Kernel

/// An endpoint with its schemas derived: what the router serves and what the document tells of.
struct CompiledEndpoint: Sendable {
    let endpoint: Endpoint
    let pathParameters: [Schema.Property]
    /// True where the path's type is the one parameter itself and not a struct of them.
    let pathIsOneValue: Bool
    let query: [Schema.Property]
    let body: Schema?
    let reply: Schema?

    var declaration: Endpoint.Declaration { endpoint.declaration }

    /// - Throws: `SchemaError` where template and types do not agree.
    init(_ endpoint: Endpoint, in book: SchemaBook) throws {
        self.endpoint = endpoint
        let shapes: Endpoint.Shapes
        let place = "\(endpoint.declaration.method.rawValue) \(endpoint.declaration.path)"
        do { shapes = try endpoint.shapes(book) } catch { throw SchemaError("\(place): \(error)") }
        query = shapes.query
        body = shapes.body
        reply = shapes.reply
        let names = Self.parameterNames(of: endpoint.declaration.path)
        let path = Self.resolved(shapes.path, book.components)
        if case .object(let properties) = path.shape {
            pathParameters = properties
            pathIsOneValue = false
        } else {
            pathParameters = names.prefix(1).map { .init(name: $0, schema: shapes.path, isRequired: true) }
            pathIsOneValue = true
        }
        guard pathParameters.map(\.name).sorted() == names.sorted(), names.count == 1 || !pathIsOneValue,
            pathParameters.allSatisfy(\.isRequired)
        else {
            throw SchemaError("\(place): the path's type has other parameters than its template.")
        }
        guard (query + pathParameters).allSatisfy({ Self.isFlat($0.schema, book.components) }) else {
            throw SchemaError("\(place): a path or query parameter must be one value or a list of them.")
        }
        guard !endpoint.declaration.isIdempotent || endpoint.declaration.access != .open else {
            throw SchemaError("\(place): an idempotent endpoint needs a key, which its answers belong to.")
        }
    }

    /// The names in braces.
    static func parameterNames(of template: String) -> [String] {
        template.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map {
            String($0.dropFirst().dropLast())
        }
    }

    private static func resolved(_ schema: Schema, _ components: [String: Schema]) -> Schema {
        guard case .component(let name) = schema.shape, let component = components[name] else { return schema }
        return component
    }

    private static func isFlat(_ schema: Schema, _ components: [String: Schema]) -> Bool {
        switch resolved(schema, components).shape {
        case .object, .map, .any: false
        case .array(let items, _):
            if case .array = items.shape { false } else { isFlat(items, components) }
        default: true
        }
    }
}

/// The whole API with its schemas: what is served is what is documented.
struct CompiledAPI: Sendable {
    let endpoints: [CompiledEndpoint]
    let components: [String: Schema]

    /// - Throws: `SchemaError` where an endpoint cannot be documented, or one stands twice.
    init(_ endpoints: [Endpoint]) throws {
        let book = SchemaBook()
        self.endpoints = try endpoints.map { try CompiledEndpoint($0, in: book) }
        _ = try book.schema(of: Problem.self)
        components = book.components
        for names in [
            endpoints.map { "\($0.declaration.method.rawValue) \($0.declaration.path)" },
            endpoints.map(\.declaration.operationID),
        ] {
            let twice = Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
            guard twice.isEmpty else { throw SchemaError("Declared twice: \(twice.joined(separator: ", ")).") }
        }
    }
}
