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
        text = line.text
        tone = line.tone.rawValue
    }
}
