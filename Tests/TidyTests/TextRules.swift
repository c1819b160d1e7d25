import Foundation

/// Rules on the text of a file, whatever it says.
enum TextRules {
    static let longestFile = 400
    static let longestLine = 140

    static func size(_ files: [SourceFile]) -> [Fault] {
        files.flatMap { file -> [Fault] in
            var faults = file.lines.indexed.filter { $0.line.utf16.count > longestLine }.map { number, line in
                let message = "\(line.utf16.count) characters; \(longestLine) is the limit"
                return Fault(path: file.path, line: number, message: message)
            }
            let count = file.lines.count - 1
            if count > longestFile {
                faults.append(Fault(path: file.path, line: 1, message: "\(count) lines; \(longestFile) is the limit"))
            }
            return faults
        }
    }

    static func whitespace(_ files: [SourceFile]) -> [Fault] {
        files.flatMap { file -> [Fault] in
            var faults: [Fault] = []
            for (number, line) in file.lines.indexed {
                if line.utf8.last == UInt8(ascii: " ") || line.utf8.last == UInt8(ascii: "\r") {
                    faults.append(Fault(path: file.path, line: number, message: "ends in a space or carriage return"))
                }
                if file.path != "Makefile", line.utf8.contains(9) {
                    faults.append(Fault(path: file.path, line: number, message: "a tab"))
                }
            }
            if file.lines.last?.isEmpty == false {
                faults.append(Fault(path: file.path, line: file.lines.count, message: "must end in a newline"))
            }
            return faults
        }
    }

    /// Notes to oneself, which belong into an issue. XXX alone is a currency.
    static func leftovers(_ files: [SourceFile]) throws -> [Fault] {
        try Pattern(#"\b(?:TODO|FIXME|HACK)\b|\bXXX:|// *XXX\b"#).faults(in: files, text: \.text) {
            "'\($0[0] ?? "")' is left over"
        }
    }
}

extension Collection where Element == Substring {
    /// Lines with their numbers from 1.
    var indexed: [(number: Int, line: Substring)] { enumerated().map { ($0.offset + 1, $0.element) } }
}

extension Pattern {
    /// One fault a match, in the files that `except` does not name by path or beginning of path.
    func faults(
        in files: [SourceFile], text: (SourceFile) -> String, except: [String] = [], _ message: ([String?]) -> String
    ) -> [Fault] {
        files.filter { file in !except.contains { file.path.hasPrefix($0) } }.flatMap { file in
            matches(in: text(file)).map { Fault(path: file.path, line: $0.line, message: message($0.groups)) }
        }
    }
}
