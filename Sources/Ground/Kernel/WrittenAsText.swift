/// A value that has one text form, in JSON too: `"2026-11-21"`, `"04006381333931"`.
package protocol WrittenAsText: LosslessStringConvertible, Hashable, Sendable, Codable {
    /// What the text looks like, for messages: "a day of the form 2026-11-21".
    static var form: String { get }
}

extension WrittenAsText {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath, debugDescription: "'\(text)' is not \(Self.form)"))
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
