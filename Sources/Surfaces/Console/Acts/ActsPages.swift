import Identity
import Kernel
import Store
import Views

/// The audit log: who did what, to what, and when.
struct ActsPages {
    static let readers: Set<AccountRole> = [.owner, .operator, .reader]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/acts", "acts.title", for: Self.readers, at: Place(.settings, 60, "log")) { try await Self.list($0) }
        ]
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, doors = Doors(visit), zone = visit.format.zone
        let after = visit.query["after"].flatMap { ActCursor($0) }, who = text("who", visit), what = text("q", visit)
        var filter = ActFilter()
        filter.actor = who
        if let day = text("day", visit).flatMap({ CivilDate($0) }) {
            (filter.from, filter.until) = (zone.instant(day, .midnight), zone.instant(day, .endOfDay))
        }
        let finder = Finder(visit.scope, nil), base = filter
        let (window, people, keys) = try await visit.read { tx in
            var wanted = base
            if let what { wanted.subject = try what.contains("_") ? what : finder.all(what, in: tx).first?.id ?? what }
            let window = try ActWindow.read(wanted, after: after, limit: rows, in: tx)
            return (window, try Account.list(limit: 200, in: tx), try Keys.list(limit: 100, in: tx))
        }
        let any = Form.Option("", texts["acts.everybody"])
        let fields: [Form.Field] = [
            .choice(
                "who", texts["acts.who"],
                [any] + people.map { Form.Option($0.id.description, $0.name) }
                    + keys.map { Form.Option($0.id.description, texts("acts.key", ["name": $0.name])) }),
            .input("q", texts["acts.what"], type: "search", placeholder: texts["acts.q_hint"]),
            .input("day", texts["inbound.day"], type: "date"),
        ]
        return .content(
            "\(Filters(visit, fields).markup)<div id=\"acts\" data-live>\(table(window, doors, visit))</div>")
    }

    private static func text(_ name: String, _ visit: Visit) -> String? {
        visit.query[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    }

    private static func table(_ window: ActWindow, _ doors: Doors, _ visit: Visit) -> Markup {
        let texts = visit.texts, who = Who(window.names, texts)
        return Table(
            texts["acts.title"], columns: ["at", "who", "did", "on", "detail", "site"].map { Table.Column(texts["acts.\($0)"]) },
            rows: window.acts.map { act in
                Table.Row([
                    .time(act.occurred), who.cell(act.actor), .text(ActWords.did(act.type, texts)),
                    .markup("<code>\(doors.link(window.subjects[act.subject] ?? act.subject, to: act.subject))</code>"),
                    .quiet(ActWords.detail(act, texts)), .optional(act.site) { .text(window.names.site($0)) },
                ])
            },
            empty: window.next == nil
                ? .init(texts["acts.none"], texts["acts.none_hint"]) : .init(texts["orders.further"], texts["acts.further_hint"]),
            pager: Pager(visit, nextKey: window.next?.description)
        ).markup(visit.format)
    }
}

/// An act in words.
enum ActWords {
    static func did(_ type: String, _ texts: Texts) -> String { texts.code("act", type.replacing(".", with: "_")) }

    /// What its event says besides: short values, no ids.
    static func detail(_ act: Act, _ texts: Texts) -> String {
        guard case .object(let members) = act.payload else { return "" }
        var parts = members.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
            let text = value.string ?? value.int.map(String.init)
            guard let text, !text.isEmpty, text.count <= 40, !text.contains("_0") else { return nil }
            return "\(name.replacing("_", with: " ")): \(text)"
        }
        if let quantity = act.quantity { parts.insert("\(quantity)", at: 0) }
        return parts.prefix(4).joined(separator: " · ")
    }
}
