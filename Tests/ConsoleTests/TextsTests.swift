import Testing

@testable import Console

@Suite struct TextsTests {
    @Test("every text is there in all languages, under one key")
    func complete() {
        let keys = TextCatalog.all.map(\.key)
        #expect(Set(keys).count == keys.count, "twice: \(Dictionary(grouping: keys) { $0 }.filter { $0.value.count > 1 }.keys.sorted())")
        for text in TextCatalog.all {
            #expect(!text.en.isEmpty && !text.pt.isEmpty && !text.zh.isEmpty, "\(text.key)")
            for language in Language.allCases { #expect(values(text.text(language)) == values(text.en), "\(text.key) in \(language)") }
        }
    }

    @Test("no key is the beginning of another one")
    func branches() {
        let keys = Set(TextCatalog.all.map(\.key))
        for key in keys {
            let parts = key.split(separator: ".")
            for count in 1..<max(2, parts.count) where parts.count > count {
                #expect(!keys.contains(parts.prefix(count).joined(separator: ".")), "\(key)")
            }
        }
    }

    @Test("templates name texts that there are, and put nothing in unescaped but markup")
    func templates() {
        let texts = Texts.of(.en)
        for (name, template) in Templates.all {
            for match in template.matches(of: /\{\{[#^]?t\.([a-z0-9_.]+)\}\}/) {
                #expect(texts.has(String(match.1)), "\(name): \(match.1)")
            }
            for match in template.matches(of: /\{\{\{([^}]*)\}\}\}/) {
                #expect(match.1.wholeMatch(of: /html\([a-zA-Z.]+\)/) != nil, "\(name): \(match.0)")
            }
            #expect(!template.contains("{{&"), "\(name)")
        }
    }

    @Test("the language is the first one asked for that there is", arguments: [
        (nil, Language.en), ("pt-BR,pt;q=0.9,en;q=0.8", .pt), ("fr, zh-CN;q=0.8", .zh), ("de", .en), ("", .en),
    ] as [(String?, Language)])
    func accepted(_ header: String?, _ language: Language) { #expect(Language.accepted(header) == language) }

    @Test("markup escapes what is put into it")
    func escaping() {
        let markup: Markup = "<b>\("<&\"'>")</b>\("href", is: "/a?b=\"c\"")\("hidden", if: false)"
        #expect(markup.text == "<b>&lt;&amp;&quot;&#39;&gt;</b> href=\"/a?b=&quot;c&quot;\"")
    }

    private func values(_ text: String) -> Set<String> { Set(text.matches(of: /\{[a-z]+\}/).map { String($0.0) }) }
}
