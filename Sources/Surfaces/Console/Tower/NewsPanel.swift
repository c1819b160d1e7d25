import Kernel
import Views

/// An event as the template draws it.
struct NewsItem: Sendable {
    /// Tells a new line from one that stood there before.
    let key: String
    let time: Markup
    let text: String
    let tone: String

    init(_ line: EventLine, _ format: Format) {
        key = "\(line.position.tx).\(line.position.seq)"
        time = format.time(line.occurred)
        text = Self.sentence(line, format.texts)
        tone = line.tone.rawValue
    }

    /// The sentence with its values, and where it happened.
    static func sentence(_ line: EventLine, _ texts: Texts) -> String {
        var text = texts["event.\(line.says)"].replacing("{units}", with: texts.count("event_count.units", line.quantity))
            .replacing("{orders}", with: texts.count("event_count.orders", line.quantity))
        for name in ["order", "channel"] { text = text.replacing("{\(name)}", with: line.names[name] ?? "") }
        let kind = texts.code("exception", (line.names["kind"] ?? "").replacing(".", with: "_"))
        text = text.replacing("{kind}", with: kind)
        for end in ["origin", "destination", "at_site"] {
            text = text.replacing("{\(end)}", with: line.names[end] ?? texts["event_count.elsewhere"])
        }
        return line.names["site"].map { "\(text) · \($0)" } ?? text
    }
}
