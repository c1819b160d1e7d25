import Kernel

/// The form of a value on the wire. One schema documents the value and checks it on the way in.
package struct Schema: Equatable, Sendable {
    package indirect enum Shape: Equatable, Sendable {
        /// Anything at all.
        case any
        case boolean
        case integer(ClosedRange<Int64>)
        case number
        /// Length in Unicode scalars, as JSON Schema counts. The pattern is documentation: the type enforces it.
        case string(format: String?, pattern: String?, length: ClosedRange<Int>)
        case enumeration(Choices)
        case array(Schema, count: ClosedRange<Int>)
        case map(Schema)
        case object([Property])
        /// A schema of the document's components.
        case component(String)
    }

    package struct Property: Equatable, Sendable {
        package var name: String
        package var schema: Schema
        package var isRequired: Bool
    }

    /// The texts that a value may be, in the order of the documentation.
    package struct Choices: Equatable, Sendable {
        let all: [String]
        private let known: Set<String>

        init(_ all: [String]) {
            self.all = all
            known = Set(all)
        }

        func contains(_ text: String) -> Bool { known.contains(text) }
        var sentence: String { "one of \(all.joined(separator: ", "))" }
    }

    package var shape: Shape
    package var description: String?
    package var example: JSON?
    package var isNullable = false

    package init(_ shape: Shape, _ description: String? = nil, example: JSON? = nil) {
        self.shape = shape
        self.description = description
        self.example = example
    }
}

extension Schema {
    package static let any = Schema(.any)
    package static let boolean = Schema(.boolean)
    package static let integer = Schema(.integer(.min ... .max))
    package static let number = Schema(.number)
    package static let text = Schema.string()

    package static func string(
        _ description: String? = nil, format: String? = nil, pattern: String? = nil,
        length: ClosedRange<Int> = 0 ... .max, example: JSON? = nil
    ) -> Schema {
        Schema(.string(format: format, pattern: pattern, length: length), description, example: example)
    }

    package static func integer(
        _ description: String? = nil, in range: ClosedRange<Int64> = .min ... .max, example: JSON? = nil
    ) -> Schema {
        Schema(.integer(range), description, example: example)
    }

    package static func enumeration(_ values: [String], _ description: String? = nil) -> Schema {
        Schema(.enumeration(Choices(values)), description, example: values.first.map(JSON.string))
    }

    package static func array(of items: Schema, count: ClosedRange<Int> = 0 ... .max) -> Schema {
        Schema(.array(items, count: count))
    }

    package static func object(_ properties: [Property], _ description: String? = nil, example: JSON? = nil) -> Schema {
        Schema(.object(properties), description, example: example)
    }

    package static func component(_ name: String) -> Schema { Schema(.component(name)) }

    var orNull: Schema {
        var copy = self
        copy.isNullable = true
        return copy
    }
}
