/// What a worker sees: one thing to do, one thing to look at, and what may be tapped.
struct FloorScreen: Sendable {
    struct Button: Sendable {
        let act: String
        let text: String
        var tone = Tone.plain
        /// A second line, smaller.
        var note = ""
    }

    struct Line: Sendable {
        let text: String
        var side = ""
        var isDone = false
    }

    /// What is to be done, in a few words.
    let ask: String
    /// The place, the count or the way, as large as it goes.
    var big = ""
    var tone = Tone.plain
    var below: [String] = []
    var lines: [Line] = []
    var buttons: [Button] = []
    /// A number is wanted: the keys of a phone are digits.
    var isNumber = false
    /// A paper to print, by its path and words.
    var paper: (path: String, text: String)?
    /// What the page sends by itself while nothing is to be done; nil where it waits for a person.
    var waits: String?

    /// - Parameter note: what the server says to the scan before.
    func markup(_ state: FloorState, _ note: FloorNote?, _ key: String, _ texts: Texts) -> Markup {
        """
        <section id="screen" data-tone="\(note?.tone.rawValue ?? "")"\("data-wait", is: waits)\("data-digits", if: isNumber)>
        <input type="hidden" name="state" form="scan" value="\(state.text)">
        <input type="hidden" name="key" form="scan" value="\(key)">
        <p class="told \(note?.tone.rawValue ?? "none")" role="status">\(told(note, texts))</p>
        <h1>\(ask)</h1>
        \(big.isEmpty ? .blank : "<p class=\"big \(tone.rawValue)\">\(big)</p>" as Markup)
        \(below.filter { !$0.isEmpty }.map { "<p class=\"below\">\($0)</p>" as Markup })
        \(list)
        <div class="acts">\(printing)\(buttons.map(button))</div>
        </section>
        """
    }

    /// A sign stands before the words, so that colour says nothing alone.
    private func told(_ note: FloorNote?, _ texts: Texts) -> Markup {
        guard let note else { return .blank }
        let sign = switch note.tone {
        case .right: "✓"
        case .warn: "!"
        case .wrong: "✗"
        case .pull: "■"
        }
        return "<b aria-hidden=\"true\">\(sign)</b> \(note.words(texts))"
    }

    private var list: Markup {
        if lines.isEmpty { return .blank }
        let items = lines.map { line -> Markup in
            "<li\("class", is: line.isDone ? "done" : nil)><span>\(line.isDone ? "✓ " : "")\(line.text)</span><b>\(line.side)</b></li>"
        }
        return "<ul class=\"lines\">\(items)</ul>"
    }

    private var printing: Markup {
        paper.map { "<a class=\"button primary print\" href=\"\($0.path)\" target=\"_blank\" rel=\"noopener\">\($0.text)</a>" } ?? .blank
    }

    private func button(_ one: Button) -> Markup {
        let note: Markup = one.note.isEmpty ? .blank : "<small>\(one.note)</small>"
        return """
            <button type="submit" form="scan" name="act" value="\(one.act)" class="act \(one.tone.rawValue)">\(one.text)\(note)</button>
            """
    }
}
