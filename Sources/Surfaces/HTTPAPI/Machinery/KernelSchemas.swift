import Kernel

extension ID: APISchema {
    package static var schema: Schema {
        .string(
            "Id of the form `\(Tag.prefix)_…`.", pattern: "^\(Tag.prefix)_[0-7][0-9a-hjkmnp-tv-z]{12}$",
            example: .id(Self(250_000_000_000 << 22)))
    }
}

extension Instant: APISchema {
    package static var schema: Schema {
        .string("A moment, RFC 3339; answered in UTC.", format: "date-time", example: "2026-11-21T05:03:00Z")
    }
}

extension Currency: APISchema {
    package static var schema: Schema {
        .enumeration(exponents.keys.sorted(), "ISO 4217 currency code.")
    }
    package static var componentName: String? { "Currency" }
}

extension Money: Documented {
    package static var fields: FieldNotes {
        ["minor": FieldNote("Minor units: cents of EUR, yen of JPY, fils of KWD.", example: 1230)]
    }
}

extension Grams: APISchema {
    package static var schema: Schema { .integer("Grams.", example: 350) }
}

extension Millimetres: APISchema {
    package static var schema: Schema { .integer("Millimetres.", example: 120) }
}

extension Quantity: APISchema {
    package static var schema: Schema { .integer("Pieces.", example: 2) }
}
