/// A file of the repository as text.
struct SourceFile {
    /// From the package's root, as `Sources/Flows/PlaceOrder.swift`.
    let path: String
    let text: String
    let lines: [Substring]
    /// The text without comments; every line keeps its number.
    let uncommented: String
    /// The text without comments and without what stands in string literals; every line keeps its number.
    let code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Substring.init)
        guard path.hasSuffix(".swift") else {
            (uncommented, code) = (text, text)
            return
        }
        var scanner = SwiftScanner(text)
        (uncommented, code) = scanner.scan()
    }

    /// `["Sources", "Ground", "Store", "Batch.swift"]`
    var components: [Substring] { path.split(separator: "/") }

    /// The line, from 1, on which the UTF-16 offset of one of the texts stands.
    static func line(at offset: Int, in text: String) -> Int {
        text.utf16.prefix(offset).reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    }
}

/// One breach of a rule, printed as compilers do.
struct Fault: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
