/// A module's SQL names only its own tables. What joins modules to read stands in `Views`.
struct TableRules {
    /// Table → the module that creates it.
    private let owners: [String: String]
    /// Tables that two modules create.
    let duplicates: [Fault]

    init(sources: [SourceFile]) throws {
        let creation = try Pattern(#"CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)"#)
        var owners: [String: String] = [:]
        var duplicates: [Fault] = []
        for file in sources {
            let module = ArrowRules.module(of: file)
            for match in creation.matches(in: file.uncommented) {
                guard let table = match.groups[1] else { continue }
                if let owner = owners[table], owner != module {
                    duplicates.append(Fault(path: file.path, line: match.line, message: "\(owner) creates \(table) as well"))
                }
                owners[table] = module
            }
        }
        (self.owners, self.duplicates) = (owners, duplicates)
    }

    /// Modules that may read tables of others: views do it for a living, a rehearsal describes what it made.
    private static let readers: Set = ["Views", "Rehearsal"]

    func faults(_ sources: [SourceFile]) throws -> [Fault] {
        let write = try Pattern(#"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)"#)
        let read = try Pattern(
            #"\b(?:FROM|JOIN)\s+((?:[a-z_]+(?:\s+(?:AS\s+)?[a-z_]+)?\s*,\s*)*[a-z_]+)"#)
        let named = try Pattern(#"\b([a-z_]+)\s*(?:\([a-z_, ]*\)\s*)?AS (?:MATERIALIZED )?\("#)
        return sources.flatMap { file -> [Fault] in
            let module = ArrowRules.module(of: file)
            let expressions = Set(named.matches(in: file.uncommented).compactMap { $0.groups[1] })
            var uses = names(write, in: file).map { (verb: "writes", $0.table, $0.line) }
            if !Self.readers.contains(module) {
                uses += names(read, in: file).filter { !expressions.contains($0.table) }.map { ("reads", $0.table, $0.line) }
            }
            return uses.compactMap { verb, table, line in
                guard let owner = owners[table], owner != module else { return nil }
                return Fault(path: file.path, line: line, message: "\(module) \(verb) \(table), a table of \(owner)")
            }
        }
    }

    /// The tables a pattern's first group lists, each without its alias.
    private func names(_ pattern: Pattern, in file: SourceFile) -> [(table: String, line: Int)] {
        pattern.matches(in: file.uncommented).flatMap { match in
            (match.groups[1] ?? "").split(separator: ",").compactMap { part in
                part.split(whereSeparator: \.isWhitespace).first.map { (String($0), match.line) }
            }
        }
    }
}
