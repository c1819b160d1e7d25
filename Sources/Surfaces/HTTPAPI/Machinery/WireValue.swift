import Kernel

/// A value as it came over the wire, before it has a Swift type.
///
/// Unlike `JSON` it keeps the text of numbers, so that a wrong one can be refused by its field, and knows
/// the bare text of a path or query parameter, which may still become a number or a truth value.
package indirect enum WireValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The digits as written.
    case number(String)
    case string(String)
    /// A path or query parameter.
    case bare(String)
    case array([WireValue])
    case object([String: WireValue])

    package static let empty = WireValue.object([:])

    package init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .number(String(value))
        case .string(let value): self = .string(value)
        case .array(let values): self = .array(values.map(Self.init))
        case .object(let members): self = .object(members.mapValues(Self.init))
        }
    }

    /// What it is, for a sentence: "a string", "null".
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .bare: "a text"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// How it is quoted in a refusal: short, and never more than 80 characters of the caller's text.
    var quoted: String {
        switch self {
        case .bool(let value): "\(value)"
        case .number(let text): Self.shortened(text)
        case .string(let text), .bare(let text): "'\(Self.shortened(text))'"
        default: kind
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 80 ? text : text.prefix(80) + "…"
    }
}

extension WireValue {
    /// Appends the canonical text: members sorted by their bytes, no spaces; the same content, the same bytes.
    func writeCanonical(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .number(let text): out += text.utf8
        case .string(let text), .bare(let text): JSON.write(text, to: &out)
        case .array(let values): Self.write(values, "[", "]", to: &out) { $0.writeCanonical(to: &$1) }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.write(sorted, "{", "}", to: &out) { member, out in
                JSON.write(member.key, to: &out)
                out.append(UInt8(ascii: ":"))
                member.value.writeCanonical(to: &out)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to out: inout [UInt8],
        _ each: (Item, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: open))
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            each(item, &out)
        }
        out.append(UInt8(ascii: close))
    }
}
