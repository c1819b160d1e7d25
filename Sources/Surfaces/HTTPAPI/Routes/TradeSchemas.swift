import Kernel
import Views

extension Country: APISchema {
    package static var schema: Schema { .enumeration(all.map(\.code), "ISO 3166-1 alpha-2 country code.") }
    package static var componentName: String? { "Country" }
}

extension CivilDate: APISchema {
    package static var schema: Schema { .string("A day.", format: "date", example: "2026-11-21") }
}

extension LocalTime: APISchema {
    package static var schema: Schema {
        .string("A time on the wall clock of the site; 24:00 is the end of the day.", pattern: "^[0-2][0-9]:[0-5][0-9]$", length: 5...5,
            example: "08:30")
    }
}

extension HSCode: APISchema {
    package static var schema: Schema {
        .string("Six to ten digits of the Harmonized System.", pattern: "^[0-9. ]{6,14}$", length: 6...14, example: "8471.30")
    }
}

extension Payload: APISchema {
    package static var schema: Schema { Schema(.any, "Any JSON value.", example: [:]) }
}

extension Coordinates: Documented {
    package static var fields: FieldNotes {
        [
            "latitude": FieldNote(
                "Millionths of a degree, north positive.", range: -90_000_000...90_000_000, example: 52_520_000),
            "longitude": FieldNote(
                "Millionths of a degree, east positive.", range: -180_000_000...180_000_000, example: 13_405_000),
        ]
    }
}

extension Dimensions: Documented {
    package static var fields: FieldNotes {
        let limit: ClosedRange<Int64> = 1...5000
        return [
            "length": FieldNote("Millimetres.", range: limit, example: 300),
            "width": FieldNote("Millimetres.", range: limit, example: 200),
            "height": FieldNote("Millimetres.", range: limit, example: 100),
        ]
    }
}
