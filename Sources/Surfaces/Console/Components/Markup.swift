import Mustache

/// Text that is markup already. Its literals are trusted; what is put into them is escaped, unless it is markup itself.
///
/// A template shows it as `{{{html(name)}}}`: the transform is there for markup only, so that plain text never gets in
/// unescaped.
package struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package private(set) var text: String

    package init(stringLiteral value: String) { text = value }
    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }
    /// Of text that came from a renderer of this program.
    init(rendered text: String) { self.text = text }

    package static func plain(_ text: String) -> Markup { "\(text)" }
    package static let blank: Markup = ""
    package var isEmpty: Bool { text.isEmpty }
    package var description: String { text }

    package static func += (a: inout Markup, b: Markup) { a.text += b.text }

    package struct Interpolation: StringInterpolationProtocol {
        var text = ""
        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }
        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        package mutating func appendInterpolation(_ markup: [Markup]) { for one in markup { text += one.text } }
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) { text.append(escaping: value.description) }
        package mutating func appendInterpolation(_ value: String?) { if let value { text.append(escaping: value) } }
        /// ` name="value"`, or nothing where there is no value.
        package mutating func appendInterpolation(_ name: StaticString, is value: String?) {
            guard let value else { return }
            text += " \(name)=\""
            text.append(escaping: value)
            text += "\""
        }
        /// A bare attribute such as ` disabled` where it holds.
        package mutating func appendInterpolation(_ name: StaticString, if holds: Bool) { if holds { text += " \(name)" } }
    }
}

extension Markup: MustacheTransformable {
    package func transform(_ name: String) -> Any? { name == "html" ? text : nil }
}

extension Sequence<Markup> {
    package func joined(_ separator: Markup = "") -> Markup {
        var sum = Markup.blank, isFirst = true
        for one in self {
            if !isFirst { sum += separator }
            sum += one
            isFirst = false
        }
        return sum
    }
}

extension String {
    /// The characters that mean something in markup, in text and in quoted attributes.
    mutating func append(escaping value: String) {
        guard value.utf8.contains(where: { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 || $0 == 39 }) else {
            self += value
            return
        }
        for character in value.unicodeScalars {
            switch character {
            case "&": self += "&amp;"
            case "<": self += "&lt;"
            case ">": self += "&gt;"
            case "\"": self += "&quot;"
            case "'": self += "&#39;"
            default: unicodeScalars.append(character)
            }
        }
    }
}
