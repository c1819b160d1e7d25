import Kernel
import Store

/// Which types of events a webhook is told of: `*`, `order.*` or `order.placed`.
package struct TypePattern: Hashable, Sendable {
    package let text: String

    /// Nil where the text is none: words of a–z and `_` joined by dots, the last of which may be `*`.
    package init?(_ text: String) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let isWord = { (word: Substring) in
            !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") }
        }
        guard text.utf8.count <= 60, let last = words.last, words.dropLast().allSatisfy(isWord), last == "*" || isWord(last)
        else { return nil }
        self.text = text
    }

    package func matches(_ type: String) -> Bool { text.hasSuffix("*") ? type.hasPrefix(text.dropLast()) : type == text }
}

/// Patterns as one column holds them, joined by spaces.
package struct TypePatterns: Hashable, Sendable, SQLValue {
    package let all: [TypePattern]

    package init(_ all: [TypePattern]) { self.all = all }

    package func matches(_ type: String) -> Bool { all.contains { $0.matches(type) } }

    package static var sqlKind: ValueKind { .text }
    package var sqlValue: Datum { .text(all.map(\.text).joined(separator: " ")) }

    package static func read(_ row: any RowSource, _ column: Int) throws -> TypePatterns {
        TypePatterns(try row.text(column).split(separator: " ").compactMap { TypePattern(String($0)) })
    }
}
