import Testing

/// The style of this repository, as far as a program can see it.
@Suite struct TidyTests {
    /// The tests of this folder hold what they look for.
    private let text = Repository.files.filter { !$0.path.hasPrefix("Tests/TidyTests/") }
    private let code = Repository.swift.filter { !$0.path.hasPrefix("Tests/TidyTests/") }
    private let pure = Repository.sources.filter {
        $0.path.hasPrefix("Sources/Business/") || $0.path.hasPrefix("Sources/Decisions/")
    }

    @Test func `the repository is found`() {
        #expect(Repository.sources.count > 20)
        #expect(!Repository.pages.isEmpty)
    }

    @Test func `files and lines are short`() { expectNone(TextRules.size(Repository.swift)) }

    @Test func `there are no tabs and no trailing spaces`() { expectNone(TextRules.whitespace(Repository.files)) }

    @Test func `nothing is left over`() throws { expectNone(try TextRules.leftovers(text)) }

    @Test func `code does without what it should do without`() throws {
        expectNone(try CodeRules.banned(code, by: CodeRules.bans))
    }

    @Test func `business and decisions are functions of their arguments`() throws {
        expectNone(try CodeRules.banned(pure, by: CodeRules.deterministic))
    }

    @Test func `names say what a thing is about`() { expectNone(NameRules.meaningless(Repository.files)) }

    @Test func `modules import along the arrows only`() throws {
        expectNone(try ArrowRules(sources: Repository.sources).faults(Repository.sources))
    }

    @Test func `transactions are opened in flows only`() throws {
        expectNone(try CodeRules.banned(Repository.sources, by: TransactionRules.bans))
    }

    @Test func `SQL names only the tables of its own module`() throws {
        let rules = try TableRules(sources: Repository.sources)
        expectNone(rules.duplicates)
        expectNone(try rules.faults(Repository.sources))
    }

    @Test func `every kind of exception is in the catalog`() throws {
        expectNone(try ExceptionRules.unlisted(Repository.sources))
        let stray = SourceFile(path: "Sources/Flows/A.swift", text: "NewException(\n    \"stray.kind\", subject: a)\n")
        #expect(try ExceptionRules.unlisted(Repository.sources + [stray]).count == 1)
    }

    @Test func `every page begins with its title`() { expectNone(DocumentRules.titles(Repository.pages)) }

    @Test func `links lead to files that are there`() throws {
        expectNone(try DocumentRules.links(Repository.pages, exists: Repository.exists))
    }

    @Test func `decisions are numbered and have their parts`() throws {
        expectNone(try DocumentRules.decisions(Repository.pages))
    }

    @Test func `scripts stop at the first error and can be started`() {
        expectNone(DocumentRules.scripts(Repository.scripts, isExecutable: Repository.isExecutable))
    }

    private func expectNone(_ faults: [Fault], _ location: SourceLocation = #_sourceLocation) {
        for fault in faults { Issue.record(Comment(rawValue: fault.description), sourceLocation: location) }
    }
}
