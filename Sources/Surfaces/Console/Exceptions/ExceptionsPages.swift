import Exceptions
import Flows
import Identity
import Kernel
import Views

/// What needs a person: an inbox by whose turn it is, with what is at stake and what can be done.
struct ExceptionsPages {
    static let readers: Set<AccountRole> = .network.union([.lead, .merchant])
    /// Who deals with them.
    static let actors: Set<AccountRole> = [.owner, .operator, .support, .lead, .merchant]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/exceptions", "cases.title", for: Self.readers, at: Place(.now, 20, "alert")) { try await Self.list($0) },
            .get("/exceptions/{exception}", "cases.one", for: Self.readers) { visit in
                let id = try visit.id("exception", ExceptionID.self), scope = visit.scope
                return ExceptionPage(try await visit.read { try ExceptionStory.read(id, scope, in: $0) }, visit).answer
            },
        ] + ExceptionActs().pages
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let scope = visit.scope, after = visit.query["after"].flatMap { ExceptionCursor($0) }
        var filter = InboxFilter()
        filter.role = visit.query["role"].flatMap(OwnerRole.init(rawValue:))
        filter.kind = visit.query["kind"].flatMap { $0.isEmpty ? nil : $0 }
        filter.site = visit.queryID("site", SiteID.self)
        filter.overdue = visit.query["due"] == "overdue"
        switch visit.query["mine"] {
        case "me": filter.assignee = visit.actor
        case "nobody": filter.assignee = ""
        default: break
        }
        let wanted = filter
        let (window, turns, names) = try await visit.read { tx in
            let window = try ExceptionPages.inbox(wanted, scope, after: after, limit: rows, in: tx)
            let names = try Names(
                merchants: window.exceptions.compactMap(\.merchant), actors: window.exceptions.compactMap(\.assignee), in: tx)
            return (window, try ExceptionPages.turns(scope, in: tx), names)
        }
        let inbox = ExceptionInbox(window, names, visit)
        return .content("\(tabs(turns, visit))\(filters(names, visit))\(inbox.markup)")
    }

    /// How many are open for each role, and how many of them too long.
    private static func tabs(_ turns: [(role: OwnerRole, open: Int64, overdue: Int64)], _ visit: Visit) -> Markup {
        let texts = visit.texts
        let tiles = turns.map { turn in
            Tile(
                texts["owner_role.\(turn.role.rawValue)"], visit.format.count(turn.open),
                note: turn.overdue > 0 ? texts.count("cases.overdue_count", turn.overdue) : texts["cases.in_time"],
                tone: turn.overdue > 0 ? .bad : .plain, to: visit.address(["role": turn.role.rawValue, "after": nil, "trail": nil]))
        }
        return "<div id=\"turns\" data-live>\(tiles.isEmpty ? .blank : Tile.row(tiles))</div>"
    }

    private static func filters(_ names: Names, _ visit: Visit) -> Markup {
        let texts = visit.texts, any = Form.Option("", texts["orders.any"])
        let role: OwnerRole? = visit.scope.isMerchant ? .merchant : visit.scope.site == nil ? nil : .site
        let kinds = ExceptionCatalog.all.filter { role == nil || $0.role == role }
            .map { Form.Option($0.name, ExceptionWords.title($0.name, texts)) }.sorted { ($0.text, $0.value) < ($1.text, $1.value) }
        var fields: [Form.Field] = [
            .choice("kind", texts["cases.kind"], [any] + kinds),
            .choice("due", texts["cases.due"], [any, Form.Option("overdue", texts["cases.overdue"])]),
            .choice(
                "mine", texts["cases.assignee"],
                [any, Form.Option("me", texts["cases.me"]), Form.Option("nobody", texts["cases.nobody"])]),
        ]
        if scopeHasRoles(visit) {
            fields.insert(
                .choice(
                    "role", texts["cases.role"],
                    [any] + OwnerRole.allCases.map { Form.Option($0.rawValue, texts["owner_role.\($0.rawValue)"]) }), at: 0)
            fields.append(StockPages.siteChoice(names, visit))
        }
        return Filters(visit, fields).markup
    }

    private static func scopeHasRoles(_ visit: Visit) -> Bool { visit.scope == .network }
}

/// What an exception is called, and what its actions do.
enum ExceptionWords {
    static func title(_ kind: String, _ texts: Texts) -> String { texts.code("exception", kind.replacing(".", with: "_")) }

    /// What it means; the catalog's own words where there are none.
    static func about(_ kind: String, _ texts: Texts) -> String {
        let key = "exception_about.\(kind.replacing(".", with: "_"))"
        return texts.has(key) ? texts[key] : ExceptionCatalog.find(kind).explanation
    }

    static func assignee(_ text: String?, _ names: Names) -> String? { text.map { names.people[$0] ?? $0 } }
}

/// An inbox as a table with boxes to tick, and a form for what is ticked.
struct ExceptionInbox {
    let window: InboxWindow
    let names: Names
    let visit: Visit

    init(_ window: InboxWindow, _ names: Names, _ visit: Visit) { (self.window, self.names, self.visit) = (window, names, visit) }

    private var texts: Texts { visit.texts }
    private var canAct: Bool { ExceptionsPages.actors.contains(visit.role) && !window.exceptions.isEmpty }

    var markup: Markup {
        let columns = ["kind", "due", "age", "stake", "role", "assignee", "merchant", "site"]
        var heads = columns.map { Table.Column(texts["cases.\($0)"], number: $0 == "stake") }
        if canAct { heads.insert(.init(texts["cases.tick"]), at: 1) }
        let table = Table(
            texts["cases.title"], columns: heads, rows: window.exceptions.map(row),
            empty: window.next == nil
                ? .init(texts["cases.none"], texts["cases.none_hint"]) : .init(texts["orders.further"], texts["cases.further_hint"]),
            pager: Pager(visit, nextKey: window.next?.description))
        return "\(table.markup(visit.format))\(canAct ? batch : .blank)"
    }

    private func row(_ one: ExceptionView) -> Table.Row {
        let isLate = one.due < visit.format.now, title = ExceptionWords.title(one.kind, texts)
        var cells: [Cell] = [
            .markup("<b>\(title)</b><small class=\"quiet\">\(one.detail)</small>"), .due(one.due, isLate: isLate),
            .text(visit.format.span(visit.format.now - one.openedAt)), .optional(one.stake, Cell.money),
            .markup("\(texts["owner_role.\(one.role.rawValue)"])\(one.escalatedAt == nil ? .blank : escalated)"),
            .optional(ExceptionWords.assignee(one.assignee, names), Cell.text), .optional(one.merchant) { .text(names.merchant($0)) },
            .optional(one.site) { .text(names.site($0)) },
        ]
        if canAct {
            let label = texts("cases.tick_one", ["kind": title])
            cells.insert(
                .markup(
                    """
                    <input class="tickbox" type="checkbox" form="batch" name="\(one.id)" value="yes" aria-label="\(label)">
                    """), at: 1)
        }
        return Table.Row(cells, to: "/exceptions/\(one.id)", tone: isLate ? .bad : nil)
    }

    private var escalated: Markup { " \(Badge(texts["cases.escalated"], .bad).markup)" }

    /// What can be done to several at once. Written by hand: the boxes are in the table, outside it.
    private var batch: Markup {
        let acts = ["take", "give_up", "resolve", "retry_label", "cancel_order"]
        let options = acts.map { "<option value=\"\($0)\">\(texts["batch.\($0)"])</option>" as Markup }
        return """
            <form id="batch" method="post" action="/exceptions/batch" class="form inline batch" data-form>
            <input type="hidden" name="csrf" value="\(visit.formToken)">
            <div class="field"><label for="batch-act">\(texts["cases.ticked"])</label>\
            <select id="batch-act" name="act">\(options)</select></div>
            <div class="field wide"><label for="batch-note">\(texts["cases.note"])</label>\
            <input id="batch-note" name="note" aria-describedby="batch-note-error"><p class="error" id="batch-note-error" hidden></p></div>
            <div class="buttons"><button type="submit" class="button primary">\(texts["cases.do"])</button></div>
            <p class="refusal" role="alert" hidden></p>
            </form>
            """
    }
}
