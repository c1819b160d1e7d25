import Mustache

/// A text of the catalog in all languages. `{name}` stands for a value; `one|many` are the forms of a count `{n}`.
package struct Text: Sendable {
    package let key: String
    package let en: String
    package let pt: String
    package let zh: String

    package init(_ key: String, _ en: String, pt: String, zh: String) {
        (self.key, self.en, self.pt, self.zh) = (key, en, pt, zh)
    }

    func text(_ language: Language) -> String {
        switch language {
        case .en: en
        case .pt: pt
        case .zh: zh
        }
    }
}

/// All texts in one language. In Swift: `texts["orders.title"]`; in a template: `{{t.orders.title}}`.
package struct Texts: Sendable {
    package let language: Language
    private let table: [String: String]

    private init(_ language: Language) {
        self.language = language
        table = Dictionary(TextCatalog.all.map { ($0.key, $0.text(language)) }, uniquingKeysWith: { first, _ in first })
    }

    private static let english = Texts(.en), portuguese = Texts(.pt), chinese = Texts(.zh)

    package static func of(_ language: Language) -> Texts {
        switch language {
        case .en: english
        case .pt: portuguese
        case .zh: chinese
        }
    }

    package func has(_ key: String) -> Bool { table[key] != nil }

    /// The text; where there is none the key itself, which a test of all pages looks for.
    package subscript(_ key: String) -> String { table[key] ?? key }

    /// The text with its values put in.
    package func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        values.reduce(self[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// The form for a count, with `{n}` put in.
    package func count(_ key: String, _ n: Int64) -> String {
        let forms = self[key].split(separator: "|", omittingEmptySubsequences: false)
        let form = n == 1 || forms.count == 1 ? forms.first : forms.last
        return String(form ?? "").replacing("{n}", with: n.grouped)
    }

    /// A code such as `out_for_delivery` in words: the text `group.code` where there is one, else the code's own words.
    package func code(_ group: String, _ code: String) -> String {
        table["\(group).\(code)"] ?? code.split { $0 == "_" || $0 == "." }.joined(separator: " ").capitalizedFirst
    }
}

extension Texts: MustacheParent {
    package func child(named name: String) -> Any? { TextBranch(texts: self, path: name).found }
}

/// The texts whose keys begin alike.
private struct TextBranch: MustacheParent {
    let texts: Texts
    let path: String

    var found: Any { texts.has(path) ? texts[path] : self }

    func child(named name: String) -> Any? { TextBranch(texts: texts, path: "\(path).\(name)").found }
}
