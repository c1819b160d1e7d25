import Testing

/// Each rule finds its fault, and lets pass what only looks like one.
@Suite struct RuleTests {
    @Test(arguments: [
        ("let a = try! b()", 1), ("let a = b as! C", 1), ("let a = b!.c", 1), ("var a: B!", 1), ("a[0]!", 1), ("f()!", 1),
        ("if !a && b != c { }", 0), ("let a = \"wow! try! this\"", 0), ("// really! TODO", 0),
        ("let a = #\"x!\"# + \"\"\"\n y!\n\"\"\"", 0),
        ("let a = \"\\(b) no!\"", 0), ("fatalError(\"no\")", 1), ("final class A: @unchecked Sendable {}", 1),
        ("public struct A {}", 1), ("    open class A {}", 1), ("package struct A {}", 0), ("let now = Date()", 1),
        ("let day = Date(timeIntervalSince1970: 0)", 0), ("print(1)", 1), ("/* a! */ let b = 1", 0), ("clock: .wallClock", 1),
    ])
    func `banned words are found in code and not in texts`(code: String, faults: Int) throws {
        #expect(try CodeRules.banned([business(code)], by: CodeRules.bans).count == faults)
    }

    @Test(arguments: [
        ("func f() async {}", 1), ("try await f()", 1), ("Task { }", 1), ("let actor: String", 0), ("actor Ledger {}", 1),
        ("let t = PickTask(id)", 0), ("a.random(in: 0..<3)", 1), ("Int.random(in: 0..<3, using: &random)", 0),
        ("a.shuffled()", 1), ("UUID()", 1),
    ])
    func `business may not wait, guess or tell the time`(code: String, faults: Int) throws {
        #expect(try CodeRules.banned([business(code)], by: CodeRules.deterministic).count == faults)
    }

    @Test(arguments: [
        ("Sources/Business/Orders/A.swift", "import Kernel\nimport Store", 0),
        ("Sources/Business/Orders/A.swift", "import Inventory", 1),
        ("Sources/Business/Orders/A.swift", "import Decisions", 1), ("Sources/Business/Orders/A.swift", "import Crypto", 1),
        ("Sources/Decisions/Packing/A.swift", "import Store", 1), ("Sources/Decisions/Packing/A.swift", "import Kernel", 0),
        ("Sources/Edges/Carriers/A.swift", "import Orders\nimport Decisions", 0),
        ("Sources/Edges/Carriers/A.swift", "import Flows", 1),
        ("Sources/Flows/A.swift", "import Edges", 0), ("Sources/Flows/A.swift", "import Views", 1),
        ("Sources/Flows/A.swift", "import StoreSQLite", 1), ("Sources/Views/A.swift", "@testable import Flows", 1),
        ("Sources/Rehearsal/A.swift", "import Flows", 0), ("Sources/Rehearsal/A.swift", "private import HTTPAPI", 1),
        ("Sources/Ground/Kernel/A.swift", "import struct Store.Transaction", 1),
        ("Sources/Surfaces/Waybill/A.swift", "import Rehearsal", 0),
        ("Sources/Business/Orders/A.swift", "// import Inventory", 0),
    ])
    func `imports against the arrows are found`(path: String, code: String, faults: Int) throws {
        let inventory = SourceFile(path: "Sources/Business/Inventory/B.swift", text: "")
        let file = SourceFile(path: path, text: code)
        #expect(try ArrowRules(sources: [file, inventory, business("")]).faults([file]).count == faults)
    }

    @Test(arguments: [
        ("Sources/Flows/A.swift", "struct Place: BatchFlow {}", 0),
        ("Sources/Business/Orders/A.swift", "struct Place: Flow {}", 1),
        ("Sources/Business/Orders/A.swift", "struct Place: Sendable, BatchFlow {", 1),
        ("Sources/Views/A.swift", "store.perform(flow)", 1),
        ("Sources/Business/Orders/A.swift", "let a: Flow", 0),
        ("Sources/Surfaces/HTTPAPI/A.swift", "try await store.perform(flow)", 0),
        ("Sources/Surfaces/HTTPAPI/A.swift", "store.perform(InPlace { })", 1),
        ("Sources/Decisions/A.swift", "store.read { tx in }", 1),
    ])
    func `transactions opened elsewhere are found`(path: String, code: String, faults: Int) throws {
        #expect(try CodeRules.banned([SourceFile(path: path, text: code)], by: TransactionRules.bans).count == faults)
    }

    @Test(arguments: [
        ("Sources/Business/Orders/A.swift", "SELECT id FROM stock WHERE x = 1", 1),
        ("Sources/Business/Inventory/A.swift", "UPDATE stock SET x = 1", 0),
        ("Sources/Business/Orders/A.swift", "UPDATE stock SET x = 1", 1),
        ("Sources/Business/Orders/A.swift", "FROM orders o JOIN stock s", 1),
        ("Sources/Business/Orders/A.swift", "FROM orders o, stock s", 1),
        ("Sources/Views/A.swift", "FROM orders o JOIN stock s", 0),
        ("Sources/Views/A.swift", "DELETE FROM stock WHERE", 1), ("Sources/Flows/A.swift", "INSERT INTO stock (a)", 1),
        ("Sources/Business/Orders/A.swift", "WITH stock AS (SELECT 1) SELECT a FROM stock", 0),
        ("Sources/Business/Orders/A.swift", "FROM orders ORDER BY id FOR UPDATE", 0),
        ("Sources/Flows/A.swift", "FROM orders", 1),
    ])
    func `SQL on tables of others is found`(path: String, sql: String, faults: Int) throws {
        let schema = [
            SourceFile(path: "Sources/Business/Inventory/Schema.swift", text: "\"CREATE TABLE stock (id BIGINT)\""),
            SourceFile(path: "Sources/Business/Orders/Schema.swift", text: "\"CREATE TABLE orders (id BIGINT)\""),
        ]
        let file = SourceFile(path: path, text: "let sql: SQL = \"\"\"\n\(sql)\n\"\"\"\n// FROM stock, FROM orders\n")
        let rules = try TableRules(sources: schema)
        #expect(try rules.faults([file]).map(\.line) == Array(repeating: 2, count: faults))
        #expect(rules.duplicates.isEmpty)
    }

    @Test func `a table of two modules is found`() throws {
        let files = ["Orders", "Inventory"].map {
            SourceFile(path: "Sources/Business/\($0)/Schema.swift", text: "\"CREATE TABLE IF NOT EXISTS stock (id BIGINT)\"")
        }
        #expect(try TableRules(sources: files).duplicates.count == 1)
    }

    @Test(arguments: [
        ("a\n", 0), ("a", 1), ("a \nb\n", 1), ("\ta\n", 1), ("a\r\nb\n", 1), ("", 0),
    ])
    func `untidy whitespace is found`(text: String, faults: Int) {
        #expect(TextRules.whitespace([SourceFile(path: "docs/a.md", text: text)]).count == faults)
    }

    @Test func `long files, long lines and notes to oneself are found`() throws {
        let long = business(String(repeating: "let a = 1\n", count: 401) + String(repeating: "a", count: 141) + "\n")
        #expect(TextRules.size([long]).map(\.line) == [402, 1])
        #expect(TextRules.size([business(String(repeating: "let a = 1\n", count: 400))]).isEmpty)
        #expect(try TextRules.leftovers([business("// TODO\nlet XXXL = 1 // FIXME: a")]).map(\.line) == [1, 2])
    }

    @Test(arguments: [
        ("Sources/Flows/OrderManager.swift", 1), ("Sources/Utils/A.swift", 1), ("Tests/FlowsTests/TestHelpers.swift", 1),
        ("Sources/Flows/Score.swift", 0), ("scripts/common.sh", 1), ("Sources/Business/Orders/Commonwealth.swift", 0),
    ])
    func `names that say nothing are found`(path: String, faults: Int) {
        #expect(NameRules.meaningless([SourceFile(path: path, text: "")]).count == faults)
    }

    @Test(arguments: [
        ("[a](b.md)", 0), ("[a](../README.md#top)", 0), ("[a](c.md)", 1), ("[a](https://example.org)", 0), ("[a](#top)", 0),
        ("```\n[a](c.md)\n```", 0), ("[a](/docs/b.md)", 0),
    ])
    func `links that lead nowhere are found`(text: String, faults: Int) throws {
        let found = try DocumentRules.links([SourceFile(path: "docs/a.md", text: text)]) {
            ["docs/b.md", "README.md"].contains($0)
        }
        #expect(found.count == faults)
    }

    @Test func `decisions with a gap, without a part or without a title are found`() throws {
        let text = "# A rule\n\n## Context\n\n## Decision\n\n## Consequences\n"
        let pages = [
            SourceFile(path: "docs/decisions/0001-a-rule.md", text: text),
            SourceFile(path: "docs/decisions/0003-b.md", text: text),
            SourceFile(path: "docs/decisions/0003-c.md", text: "A rule\n\n## Context\n\n## Consequences\n"),
        ]
        #expect(try DocumentRules.decisions(pages).map(\.path) == [pages[1].path, pages[2].path])
        #expect(DocumentRules.titles(pages).map(\.path) == [pages[2].path])
    }

    @Test func `scripts that go on after an error are found`() {
        let good = SourceFile(path: "scripts/a.sh", text: "#!/usr/bin/env bash\nset -euo pipefail\n")
        let bad = SourceFile(path: "scripts/b.sh", text: "#!/bin/sh\n")
        #expect(DocumentRules.scripts([good, bad]) { _ in true }.map(\.path) == [bad.path])
        #expect(DocumentRules.scripts([good]) { _ in false }.count == 1)
    }

    private func business(_ code: String) -> SourceFile {
        SourceFile(path: "Sources/Business/Orders/A.swift", text: code)
    }
}
