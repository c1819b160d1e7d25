/// Every kind of exception that is opened stands in the catalog, with what can be done about it.
enum ExceptionRules {
    private static let catalog = "Sources/Business/Exceptions/ExceptionCatalog.swift"

    /// A kind is a text in the call, or a constant that is one; where it comes in a variable, all texts of the file that look
    /// like one are taken but for the kinds of clocks that the file handles.
    static func unlisted(_ sources: [SourceFile]) throws -> [Fault] {
        let entry = try Pattern(#"\b(?:kind|moving)\("([a-z_.]+)""#), call = try Pattern(#"\bNewException\(([^)]*?)subject:"#)
        let text = try Pattern(#""([a-z_]+\.[a-z_]+)""#)
        let known = Set(sources.filter { $0.path == catalog }.flatMap { entry.matches(in: $0.uncommented) }.compactMap { $0.groups[1] })
        return try sources.filter { !$0.path.hasPrefix("Sources/Business/Exceptions/") }.flatMap { file -> [Fault] in
            try call.matches(in: file.uncommented).flatMap { match -> [Fault] in
                let here = text.matches(in: match.groups[1] ?? "").compactMap { $0.groups[1] }
                let named = here.isEmpty ? try constants(match.groups[1] ?? "", in: file, sources) : here
                let clocks = try Set(clockNames(in: file).flatMap { try constants($0, in: file, sources) })
                let kinds = named.isEmpty ? text.matches(in: file.uncommented).compactMap { $0.groups[1] } : named
                return kinds.filter { !clocks.contains($0) }.filter { !known.contains($0) }.map {
                    Fault(path: file.path, line: match.line, message: "'\($0)' is not in the catalog of exceptions")
                }
            }
        }
    }

    private static func clockNames(in file: SourceFile) throws -> [String] {
        try Pattern(#"\blet kinds = \[([^\]]*)\]"#).matches(in: file.uncommented).flatMap { match in
            (match.groups[1] ?? "").split { !$0.isLetter && $0 != "." }.compactMap { $0.split(separator: ".").last.map(String.init) }
        }
    }

    /// The text behind `name`, a constant of the file, or `Type.name`, one of the file that has the type.
    private static func constants(_ argument: String, in file: SourceFile, _ sources: [SourceFile]) throws -> [String] {
        let words = argument.split { !$0.isLetter && $0 != "." }.first?.split(separator: ".") ?? []
        guard let name = words.last else { return [] }
        let value = try Pattern("\\blet \(name) = \"([a-z_]+\\.[a-z_]+)\"")
        let type = try words.count == 2 && words[0] != "Self" ? Pattern("\\b(?:enum|struct) \(words[0])\\b") : nil
        let homes = type.map { type in sources.filter { !type.matches(in: $0.uncommented).isEmpty } } ?? [file]
        return homes.flatMap { value.matches(in: $0.uncommented).compactMap { $0.groups[1] } }
    }
}
