import Kernel

extension Schema {
    /// The schema in JSON Schema 2020-12, as OpenAPI 3.1 wants it.
    package var document: JSON {
        var members = shapeMembers
        if let description { members["description"] = .string(description) }
        if let example { members["examples"] = [example] }
        guard isNullable else { return .object(members) }
        if let type = members["type"] {
            members["type"] = [type, "null"]
            if case .array(let values)? = members["enum"] { members["enum"] = .array(values + [.null]) }
            return .object(members)
        }
        guard let reference = members.removeValue(forKey: "$ref") else { return .object(members) }
        members["anyOf"] = [["$ref": reference], ["type": "null"]]
        return .object(members)
    }

    /// No text may hold U+0000, which PostgreSQL cannot store.
    private static let storable = #"^[^\u0000]*$"#

    private var shapeMembers: [String: JSON] {
        switch shape {
        case .any: [:]
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            [
                "type": "integer", "format": "int64", "minimum": .int(range.lowerBound),
                "maximum": .int(range.upperBound),
            ]
        case .number: ["type": "number", "format": "double"]
        case .string(let format, let pattern, let length):
            ["type": "string"].with("format", format.map(JSON.string))
                .with("pattern", (pattern ?? (format == nil ? Self.storable : nil)).map(JSON.string))
                .with("minLength", length.lowerBound > 0 ? .int(Int64(length.lowerBound)) : nil)
                .with("maxLength", length.upperBound < .max ? .int(Int64(length.upperBound)) : nil)
        case .enumeration(let choices): ["type": "string", "enum": .array(choices.all.map(JSON.string))]
        case .array(let items, let count):
            ["type": "array", "items": items.document]
                .with("minItems", count.lowerBound > 0 ? .int(Int64(count.lowerBound)) : nil)
                .with("maxItems", count.upperBound < .max ? .int(Int64(count.upperBound)) : nil)
        case .map(let values):
            [
                "type": "object", "additionalProperties": values.document,
                "propertyNames": ["pattern": .string(Self.storable)],
            ]
        case .object(let properties): Self.members(of: properties)
        case .component(let name): ["$ref": .string("#/components/schemas/\(name)")]
        }
    }

    private static func members(of properties: [Property]) -> [String: JSON] {
        let required = properties.filter(\.isRequired).map(\.name).sorted()
        let described = properties.map { ($0.name, $0.schema.document) }
        return [
            "type": "object", "additionalProperties": false,
            "properties": .object(Dictionary(described, uniquingKeysWith: { first, _ in first })),
        ].with("required", required.isEmpty ? nil : .array(required.map(JSON.string)))
    }
}

extension [String: JSON] {
    func with(_ key: String, _ value: JSON?) -> Self {
        guard let value else { return self }
        var copy = self
        copy[key] = value
        return copy
    }
}
