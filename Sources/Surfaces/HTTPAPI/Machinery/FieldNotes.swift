import Kernel

/// What the documentation says of one field beyond its Swift type, and the limits it is held to.
package struct FieldNote: ExpressibleByStringLiteral, Sendable {
    package var description: String
    package var range: ClosedRange<Int64>?
    package var length: ClosedRange<Int>?
    package var count: ClosedRange<Int>?
    package var format: String?
    package var example: JSON?

    /// - Parameters:
    ///   - range: limits of a whole number.
    ///   - length: limits of a text, in Unicode scalars.
    ///   - count: limits of an array.
    ///   - format: a format of JSON Schema such as `uri`; documentation only.
    package init(
        _ description: String, range: ClosedRange<Int64>? = nil, length: ClosedRange<Int>? = nil,
        count: ClosedRange<Int>? = nil, format: String? = nil, example: JSON? = nil
    ) {
        self.description = description
        self.range = range
        self.length = length
        self.count = count
        self.format = format
        self.example = example
    }

    package init(stringLiteral value: String) { self.init(value) }
}

package typealias FieldNotes = [String: FieldNote]

/// A type whose fields have notes, by the name they have on the wire.
package protocol Documented {
    static var fields: FieldNotes { get }
}

extension FieldNote {
    /// The schema with this note worked in.
    /// - Throws: `SchemaError` where a limit does not go with the schema.
    func applied(to schema: Schema, of name: String) throws(SchemaError) -> Schema {
        var schema = schema
        schema.description = description
        if let example { schema.example = example }
        switch schema.shape {
        case .integer(let own): schema.shape = .integer(range?.clamped(to: own) ?? own)
        case .string(let ownFormat, let pattern, let own):
            schema.shape = .string(format: format ?? ownFormat, pattern: pattern, length: length ?? own)
        case .array(let items, let own): schema.shape = .array(items, count: count ?? own)
        default: break
        }
        try refuseMisplacedLimits(schema.shape, name)
        return schema
    }

    private func refuseMisplacedLimits(_ shape: Schema.Shape, _ name: String) throws(SchemaError) {
        let fits =
            switch shape {
            case .integer: length == nil && count == nil
            case .string: range == nil && count == nil
            case .array: range == nil && length == nil
            default: range == nil && length == nil && count == nil
            }
        guard fits else { throw SchemaError("The note of field '\(name)' sets a limit that its type does not have.") }
    }
}

/// A declaration of the API that cannot be documented; found when the server is assembled.
package struct SchemaError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
