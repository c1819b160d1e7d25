/// Blanks comments and string literals out of Swift source. It knows what this repository uses: `//`, `/* */`,
/// plain, raw and multi-line strings. Quotes inside an interpolation count as the string's end and beginning.
struct SwiftScanner {
    private enum State {
        case code
        case lineComment
        case blockComment
        case string(quotes: Int, hashes: Int)
    }

    private let bytes: [UInt8]
    private var state = State.code
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// - Returns: the text without comments, and without comments and string contents.
    mutating func scan() -> (uncommented: String, code: String) {
        var uncommented: [UInt8] = []
        var code: [UInt8] = []
        uncommented.reserveCapacity(bytes.count)
        code.reserveCapacity(bytes.count)
        while index < bytes.count {
            let start = index
            let before = state
            step()
            for byte in bytes[start..<index] {
                switch (before, state) {
                case (.lineComment, _), (.blockComment, _), (_, .lineComment), (_, .blockComment):
                    if byte == newline { uncommented.append(byte); code.append(byte) }
                case (.code, .code):
                    uncommented.append(byte)
                    code.append(byte)
                default:
                    uncommented.append(byte)
                    if byte == newline || byte == quote { code.append(byte) }
                }
            }
        }
        return (String(decoding: uncommented, as: UTF8.self), String(decoding: code, as: UTF8.self))
    }

    /// Consumes one byte, or one delimiter, and enters the state that follows it.
    private mutating func step() {
        switch state {
        case .code: stepInCode()
        case .lineComment:
            if bytes[index] == newline { state = .code }
            index += 1
        case .blockComment:
            if starts(with: [star, slash]) { state = .code; index += 2 } else { index += 1 }
        case .string(let quotes, let hashes):
            let escape = [backslash] + Array(repeating: hash, count: hashes)
            if starts(with: escape) {
                index = min(index + escape.count + 1, bytes.count)
            } else if starts(with: Array(repeating: quote, count: quotes) + Array(repeating: hash, count: hashes)) {
                index += quotes + hashes
                state = .code
            } else {
                index += 1
            }
        }
    }

    private mutating func stepInCode() {
        switch bytes[index] {
        case slash where starts(with: [slash, slash]):
            state = .lineComment
            index += 2
        case slash where starts(with: [slash, star]):
            state = .blockComment
            index += 2
        case quote: openString(hashes: 0)
        case hash:
            let hashes = bytes[index...].prefix { $0 == hash }.count
            index += hashes
            if index < bytes.count, bytes[index] == quote { openString(hashes: hashes) }
        default: index += 1
        }
    }

    private mutating func openString(hashes: Int) {
        let quotes = starts(with: [quote, quote, quote]) ? 3 : 1
        index += quotes
        state = .string(quotes: quotes, hashes: hashes)
    }

    private func starts(with pattern: [UInt8]) -> Bool {
        guard index + pattern.count <= bytes.count else { return false }
        for (offset, byte) in pattern.enumerated() where bytes[index + offset] != byte { return false }
        return true
    }
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")
private let hash = UInt8(ascii: "#")
private let backslash = UInt8(ascii: "\\")
