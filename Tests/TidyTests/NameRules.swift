/// A folder or file is called by what it is about, in the trade's words.
enum NameRules {
    private static let empty: Set = [
        "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Common", "Core", "Manager", "Managers", "Misc", "Stub",
    ]

    static func meaningless(_ files: [SourceFile]) -> [Fault] {
        files.flatMap { file in
            file.components.flatMap(words).filter(empty.contains).map {
                Fault(path: file.path, line: 1, message: "'\($0)' says nothing; name it by what it is about")
            }
        }
    }

    /// `OrderManager.swift` → Order, Manager, Swift.
    private static func words(of name: Substring) -> [String] {
        var words: [String] = []
        for character in name {
            if character.isUppercase || words.isEmpty { words.append("") }
            if !character.isLetter {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }
}
