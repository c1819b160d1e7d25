/// Names what is wrong with the tags of an HTML text: unbalanced, crossed, without quotes, ids used twice.
struct MarkupCheck {
    private(set) var faults: [String] = []
    private var open: [Substring] = []
    private var ids: Set<Substring> = []

    /// Elements that have no end tag.
    private static let void: Set<Substring> = ["meta", "link", "br", "hr", "img", "input", "!doctype"]
    private static let verbatim: Set<Substring> = ["style", "script"]

    init(_ html: String) {
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ">") else {
                faults.append("a tag without an end: \(rest.prefix(40))")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            take(tag)
            if let name = open.last, Self.verbatim.contains(name), !tag.hasPrefix("/") {
                guard let close = rest.range(of: "</\(name)>") else { break }
                rest = rest[close.lowerBound...]
            }
        }
        faults += open.map { "<\($0)> is never closed" }
    }

    private mutating func take(_ tag: Substring) {
        if tag.hasPrefix("/") {
            let name = tag.dropFirst()
            if open.last == name { open.removeLast() } else { faults.append("</\(name)> closes <\(open.last ?? "nothing")>") }
            return
        }
        let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
        if tag.filter({ $0 == "\"" }).count % 2 != 0 { faults.append("quotes do not pair in <\(tag)>") }
        if let id = Self.attribute("id", of: tag), !ids.insert(id).inserted { faults.append("the id '\(id)' twice") }
        if !tag.hasSuffix("/"), !Self.void.contains(name) { open.append(name) }
    }

    private static func attribute(_ name: String, of tag: Substring) -> Substring? {
        guard let start = tag.range(of: " \(name)=\"") else { return nil }
        return tag[start.upperBound...].prefix { $0 != "\"" }
    }
}
