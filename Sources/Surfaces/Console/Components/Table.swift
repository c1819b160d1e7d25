/// A dense table: sticky head, a row that can be a link, a pager, and words that teach where it is empty.
package struct Table: Sendable {
    package struct Column: Sendable {
        let title: String
        let isNumber: Bool

        /// - Parameter number: right-aligned with digits of one width.
        package init(_ title: String, number: Bool = false) { (self.title, isNumber) = (title, number) }
    }

    package struct Row: Sendable {
        let cells: [Cell]
        let path: String?
        let tone: Tone?

        /// - Parameters:
        ///   - path: where a click on the row leads; the first cell is then a link.
        ///   - tone: a coloured edge for rows that stand out.
        package init(_ cells: [Cell], to path: String? = nil, tone: Tone? = nil) {
            (self.cells, self.path, self.tone) = (cells, path, tone)
        }
    }

    /// What an empty table says: what would stand here, and what to do so that it does.
    package struct Empty: Sendable {
        let title: String
        let hint: String
        let action: Markup

        package init(_ title: String, _ hint: String, action: Markup = .blank) {
            (self.title, self.hint, self.action) = (title, hint, action)
        }

        var markup: Markup { "<div class=\"empty\"><h3>\(title)</h3><p>\(hint)</p>\(action)</div>" }
    }

    let caption: String
    let columns: [Column]
    let rows: [Row]
    let empty: Empty
    let pager: Pager?

    /// - Parameter caption: what the table is of, for those who do not see it.
    package init(_ caption: String, columns: [Column], rows: [Row], empty: Empty, pager: Pager? = nil) {
        (self.caption, self.columns, self.rows, self.empty, self.pager) = (caption, columns, rows, empty, pager)
    }

    package func markup(_ format: Format) -> Markup {
        if rows.isEmpty { return "\(empty.markup)\(pager?.markup(format.texts) ?? .blank)" }
        let head = columns.map { "<th scope=\"col\"\("class", is: $0.isNumber ? "num" : nil)>\($0.title)</th>" as Markup }
        return """
            <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table><caption class="hidden">\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>\(rows.map { row($0, format) })</tbody></table></div>
            \(pager?.markup(format.texts) ?? .blank)
            """
    }

    private func row(_ row: Row, _ format: Format) -> Markup {
        let cells = row.cells.enumerated().map { index, cell -> Markup in
            let inner = cell.markup(format)
            let isNumber = cell.isNumber || columns.indices.contains(index) && columns[index].isNumber
            guard index == 0, let path = row.path else { return "<td\("class", is: isNumber ? "num" : nil)>\(inner)</td>" }
            return "<th scope=\"row\"\("class", is: isNumber ? "num" : nil)><a class=\"row\" href=\"\(path)\">\(inner)</a></th>"
        }
        let classes = [row.path == nil ? nil : "linked", row.tone?.rawValue].compactMap(\.self).joined(separator: " ")
        return "<tr\("class", is: classes.isEmpty ? nil : classes)>\(cells)</tr>\n"
    }
}

/// The way to the next rows and back. Places stand in the address: `after` is the last row's key, `trail` those before.
package struct Pager: Sendable {
    let next: String?
    let previous: String?

    /// - Parameters:
    ///   - visit: whose address the links keep, filters included.
    ///   - nextKey: the key of the last row shown; nil where there are no more.
    package init(_ visit: Visit, nextKey: String?) {
        let here = visit.query["after"], trail = (visit.query["trail"] ?? "").split(separator: "~").map(String.init)
        next = nextKey.map { visit.address(["after": $0, "trail": (trail + [here ?? ""]).suffix(50).joined(separator: "~")]) }
        previous = here.map { _ in
            let before = trail.last.flatMap { $0.isEmpty ? nil : $0 }, rest = trail.dropLast().joined(separator: "~")
            return visit.address(["after": before, "trail": rest.isEmpty ? nil : rest])
        }
    }

    func markup(_ texts: Texts) -> Markup {
        if next == nil, previous == nil { return .blank }
        let back = previous.map { "<a class=\"button\" rel=\"prev\" href=\"\($0)\">\(texts["table.previous"])</a>" as Markup }
        let on = next.map { "<a class=\"button\" rel=\"next\" href=\"\($0)\">\(texts["table.next"])</a>" as Markup }
        return "<nav class=\"pager\" aria-label=\"\(texts["table.pages"])\">\(back ?? .blank)\(on ?? .blank)</nav>"
    }
}

extension Array {
    /// The rows to show of one more than asked for, and the key of the last one where there are more.
    package func page(_ limit: Int, key: (Element) -> some CustomStringConvertible) -> (rows: [Element], nextKey: String?) {
        guard count > limit, limit > 0 else { return (self, nil) }
        return (Array(prefix(limit)), key(self[limit - 1]).description)
    }
}
