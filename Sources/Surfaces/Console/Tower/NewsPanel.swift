import Kernel
import Views

/// An event as the template draws it.
struct NewsItem {
    /// Tells a new line from one that stood there before.
    let key: String
    let time: String
    let clock: String
    let text: String
    let tone: String

    init(_ line: EventLine, _ format: Format) {
        key = "\(line.position.tx).\(line.position.seq)"
        time = line.occurred.description
        clock = format.moment(line.occurred)
        text = line.text
        tone = line.tone.rawValue
    }
}

/// Open exceptions of one kind and site as the template draws them.
struct TroubleItem {
    let count: String
    let what: String
    let site: String?
    let due: String
    let isOverdue: Bool

    init(_ line: ExceptionLine, now: Instant) {
        count = line.count.grouped
        what = line.kind.inWords.capitalizedFirst
        site = line.site
        isOverdue = line.due < now
        due = isOverdue ? "overdue since \((now - line.due).inWords)" : "due \(line.due.relative(to: now))"
    }
}
