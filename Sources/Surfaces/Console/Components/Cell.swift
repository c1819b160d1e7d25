import Kernel

/// How a state is coloured.
package enum Tone: String, Sendable {
    case plain, info, good, warn, bad, done

    /// The tone of a state by its code; the same everywhere.
    package static func of(state code: String) -> Tone { table[code] ?? .plain }

    private static let table: [String: Tone] = {
        let words: [(Tone, String)] = [
            (.info, "open new placed announced reserved released picking picked packing packed labelled sent accepted active running "
                + "in_transit handed_over out_for_delivery received receiving arrived departed approved enabled"),
            (.good, "delivered done shipped closed paid completed complete restocked refunded ok kept"),
            (.warn, "waiting pending short partly late attempted returning return_to_origin due paused invited backordered held unknown"),
            (.bad, "lost damaged failed refused rejected overdue dead exception missing broken blocked"),
            (.done, "cancelled voided returned expired ended revoked disabled"),
        ]
        return Dictionary(
            words.flatMap { tone, codes in codes.split(separator: " ").map { (String($0), tone) } }, uniquingKeysWith: { $1 })
    }()
}

/// A state in a word, coloured.
package struct Badge: Sendable {
    package let text: String
    package let tone: Tone

    package init(_ text: String, _ tone: Tone) { (self.text, self.tone) = (text, tone) }

    /// A state by its code: the text `state.code`, the colour of the code.
    package init(state code: String, _ texts: Texts) { self.init(texts.code("state", code), .of(state: code)) }

    package var markup: Markup { "<span class=\"badge \(tone.rawValue)\">\(text)</span>" }
}

/// What stands in a cell of a table, or beside a term.
package enum Cell: Sendable {
    case text(String)
    /// Said more quietly.
    case quiet(String)
    case link(String, to: String)
    /// An id or a code, in the type for codes.
    case code(String)
    case codeLink(String, to: String)
    case badge(Badge)
    case time(Instant)
    /// How far away a moment is; the exact one in the tool tip. Alarming where it has passed and `isLate`.
    case due(Instant, isLate: Bool)
    case money(Money)
    case quantity(Int64)
    case weight(Grams)
    case markup(Markup)
    case empty

    var isNumber: Bool {
        switch self {
        case .money, .quantity, .weight: true
        default: false
        }
    }

    package func markup(_ format: Format) -> Markup {
        switch self {
        case .text(let text): "\(text)"
        case .quiet(let text): "<span class=\"quiet\">\(text)</span>"
        case .link(let text, let path): "<a href=\"\(path)\">\(text)</a>"
        case .code(let text): "<code>\(text)</code>"
        case .codeLink(let text, let path): "<a href=\"\(path)\"><code>\(text)</code></a>"
        case .badge(let badge): badge.markup
        case .time(let instant): format.time(instant)
        case .due(let instant, let isLate):
            """
            <time datetime="\(instant)" title="\(format.moment(instant))"\("class", is: isLate ? "late" : nil)>\
            \(format.relative(instant))</time>
            """
        case .money(let money): "\(format.money(money))"
        case .quantity(let count): "\(format.count(count))"
        case .weight(let grams): "\(format.weight(grams))"
        case .markup(let markup): markup
        case .empty: "<span class=\"quiet\" aria-label=\"\(format.texts["table.nothing"])\">–</span>"
        }
    }
}

extension Cell {
    package static func optional<Value>(_ value: Value?, _ cell: (Value) -> Cell) -> Cell { value.map(cell) ?? .empty }
}
