import Foundation

/// A regular expression that is looked for in whole files at once.
struct Pattern {
    private let expression: NSRegularExpression

    init(_ pattern: String) throws {
        expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
    }

    struct Match {
        let line: Int
        /// The whole match, then its groups; nil where a group took no part.
        let groups: [String?]
    }

    func matches(in text: String) -> [Match] {
        expression.matches(in: text, range: NSRange(location: 0, length: text.utf16.count)).map { found in
            let groups = (0..<found.numberOfRanges).map { index in
                Range(found.range(at: index), in: text).map { String(text[$0]) }
            }
            return Match(line: SourceFile.line(at: found.range.location, in: text), groups: groups)
        }
    }
}
