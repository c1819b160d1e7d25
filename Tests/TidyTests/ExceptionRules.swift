/// Every kind of exception that is opened stands in the catalog, with what can be done about it.
enum ExceptionRules {
    private static let catalog = "Sources/Business/Exceptions/ExceptionCatalog.swift"

    /// A kind is a text in the call; where it comes in a variable, all texts of the file that look like one are taken.
    static func unlisted(_ sources: [SourceFile]) throws -> [Fault] {
        let entry = try Pattern(#"\bkind\("([a-z_.]+)""#), call = try Pattern(#"\bNewException\(([^)]*?)subject:"#)
        let text = try Pattern(#""([a-z_]+\.[a-z_]+)""#)
        let known = Set(sources.filter { $0.path == catalog }.flatMap { entry.matches(in: $0.uncommented) }.compactMap { $0.groups[1] })
        return sources.filter { !$0.path.hasPrefix("Sources/Business/Exceptions/") }.flatMap { file -> [Fault] in
            call.matches(in: file.uncommented).flatMap { match -> [Fault] in
                let here = text.matches(in: match.groups[1] ?? "").compactMap { $0.groups[1] }
                let kinds = here.isEmpty ? text.matches(in: file.uncommented).compactMap { $0.groups[1] } : here
                return kinds.filter { !known.contains($0) }.map {
                    Fault(path: file.path, line: match.line, message: "'\($0)' is not in the catalog of exceptions")
                }
            }
        }
    }
}
