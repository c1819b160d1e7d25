import Kernel

/// A box with a heading.
package struct Card: Sendable {
    package let markup: Markup

    /// - Parameters:
    ///   - actions: beside the heading.
    ///   - live: an id under which the box is put in anew while the page is open; nil for one that stays.
    package init(_ title: String, actions: Markup = .blank, live: String? = nil, _ content: Markup) {
        markup = """
            <section class="card"\("id", is: live)\("data-live", if: live != nil)>\
            <header class="card-head"><h2>\(title)</h2>\(actions)</header>\(content)</section>
            """
    }
}

/// Terms and what stands for them.
package struct Definitions: Sendable {
    let items: [(String, Cell)]

    package init(_ items: [(String, Cell)]) { self.items = items }

    package func markup(_ format: Format) -> Markup {
        "<dl class=\"definitions\">\(items.map { "<div><dt>\($0.0)</dt><dd>\($0.1.markup(format))</dd></div>" as Markup })</dl>"
    }
}

/// What happened, the newest first.
package struct Timeline: Sendable {
    package struct Entry: Sendable {
        let at: Instant
        let what: Markup
        let by: String?
        let tone: Tone

        package init(_ at: Instant, _ what: Markup, by: String? = nil, tone: Tone = .plain) {
            (self.at, self.what, self.by, self.tone) = (at, what, by, tone)
        }
    }

    let entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    package func markup(_ format: Format) -> Markup {
        let all = entries.map { entry -> Markup in
            let by: Markup = entry.by.map { " <span class=\"quiet\">\($0)</span>" } ?? .blank
            return "<li class=\"\(entry.tone.rawValue)\">\(format.time(entry.at))<div>\(entry.what)\(by)</div></li>"
        }
        return "<ol class=\"timeline\">\(all)</ol>"
    }
}

/// A number that matters, with what it means.
package struct Tile: Sendable {
    let title: String
    let value: String
    let note: String
    let tone: Tone
    let path: String?

    /// - Parameter path: where the number leads.
    package init(_ title: String, _ value: String, note: String = "", tone: Tone = .plain, to path: String? = nil) {
        (self.title, self.value, self.note, self.tone, self.path) = (title, value, note, tone, path)
    }

    package var markup: Markup {
        let inner: Markup = "<h3>\(title)</h3><p class=\"value\">\(value)</p><p class=\"note\">\(note)</p>"
        return path.map { "<a class=\"tile \(tone.rawValue)\" href=\"\($0)\">\(inner)</a>" }
            ?? "<div class=\"tile \(tone.rawValue)\">\(inner)</div>"
    }

    /// Tiles beside each other.
    package static func row(_ tiles: [Tile]) -> Markup { "<div class=\"tiles\">\(tiles.map(\.markup))</div>" }
}

extension Markup {
    /// A button that is a link.
    package static func link(_ text: String, to path: String, primary: Bool = false) -> Markup {
        "<a class=\"button\(primary ? " primary" : "")\" href=\"\(path)\">\(text)</a>"
    }

    /// A drawing of the sprite.
    package static func icon(_ name: String) -> Markup {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(Assets.icons.path)#\(name)\"/></svg>"
    }

    /// Grey bars where content comes later.
    package static func skeleton(lines: Int) -> Markup {
        "<div class=\"skeleton\" aria-hidden=\"true\">\((0..<lines).map { _ in "<i></i>" as Markup })</div>"
    }
}
